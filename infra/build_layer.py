"""Builds the layer's folder: `python -m infra.build_layer local|arm64`."""

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from infra.byte_code import AWS_PYTHON, compile_for
from infra.paths import BUILD, ROOT

# What the adapters call; a client knows nothing else, and need not read it at every start.
OPERATIONS_USED = {
    "cognito-idp": {
        "AdminAddUserToGroup",
        "AdminCreateUser",
        "AdminDeleteUser",
        "AdminGetUser",
        "AdminSetUserPassword",
        "InitiateAuth",
    },
    "dynamodb": {"BatchGetItem", "PutItem", "Query", "TransactWriteItems", "UpdateItem"},
    "events": {"PutEvents"},
    "kms": {"GenerateMac", "VerifyMac"},
    "s3": {"CreateBucket", "DeleteObject", "GetObject", "PutObject"},  # The first is asked where a form goes to.
    "sesv2": {"SendEmail"},
}
ENDPOINTS_USED = {"cognito-idp", "dynamodb", "email", "events", "kms", "s3", "sts"}
AUTHORITIES = {
    "Amazon Root CA 1",
    "Amazon Root CA 2",
    "Amazon Root CA 3",
    "Amazon Root CA 4",
    "Starfield Services Root Certificate Authority - G2",
}
NEVER_READ = [
    "aws_lambda_powertools/event_handler",  # the edge is our own
    "aws_lambda_powertools/utilities/data_masking",
    "aws_lambda_powertools/utilities/feature_flags",
    "aws_lambda_powertools/utilities/idempotency",
    "aws_lambda_powertools/utilities/kafka",
    "aws_lambda_powertools/utilities/parameters",
    "aws_lambda_powertools/utilities/parser",
    "aws_lambda_powertools/utilities/streaming",
    "aws_lambda_powertools/utilities/validation",
    "boto3",  # botocore's clients are enough
    "dns",  # nobody asks whether a domain takes mail
    "phonenumbers/carrierdata",  # whose and where a number is, which nobody asks
    "phonenumbers/geodata",
    "phonenumbers/tzdata",
    "s3transfer",
]
# What libraries import at every start and never use here; the figures are instructions of a cold start's 1,150 million.
PUT_INSTEAD = {
    # Documentation for a prompt, with a parser of HTML: 35 million.
    "botocore/docs/__init__.py": "",
    "botocore/docs/docstring.py": """\
class ClientMethodDocstring(str):
    def __new__(cls, **_what):
        return super().__new__(cls)


PaginatorDocstring = WaiterDocstring = ClientMethodDocstring
""",
    # Both look through all installed packages, with zipfile and tempfile in tow: 60 million.
    "pydantic/plugin/_loader.py": "def get_plugins():\n    return ()\n",
    "urllib3/http2/__init__.py": "",
}
# Modules whose patterns are compiled at import and seldom used: 8 ms of a cold start, more where addresses are read.
LATE_PATTERNS = [
    "botocore/compat.py",
    "botocore/utils.py",
    "email_validator/rfc_constants.py",
    "urllib3/util/url.py",
]
A_LATE_PATTERN = """\
import re


class _Late:
    def __init__(self, *pattern, **flags):
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name):
        value = getattr(re.compile(*self._pattern, **self._flags), name)
        setattr(self, name, value)
        return value


"""
FOR_AWS = ["--python-platform", "aarch64-manylinux2014", "--python-version", AWS_PYTHON]


def build(target: str) -> Path:
    folder = BUILD / f"layer-{target}"
    packages = folder / "python"
    shutil.rmtree(folder, ignore_errors=True)
    install(packages, options=[] if target == "local" else FOR_AWS)
    leave_out_what_nobody_reads(packages)
    for service, operations in OPERATIONS_USED.items():
        for model in (packages / "botocore" / "data" / service).glob("*/service-2.json.gz"):
            shorten_model(model, operations)
    shorten_endpoints(packages / "botocore" / "data" / "endpoints.json")
    for path, content in PUT_INSTEAD.items():
        (packages / path).write_text(content)
    simplify_types(packages / "pydantic_core" / "core_schema.py")
    for path in LATE_PATTERNS:
        compile_patterns_late(packages / path)
    write_authorities(packages)
    compile_for(target, packages)
    return folder


def install(packages: Path, *, options: Sequence[str]) -> None:
    # Copied, not linked: trimming must not reach into the installer's cache.
    how: list[str | Path] = [
        "--quiet",
        "--link-mode=copy",
        "--only-binary",
        ":all:",
        "--no-deps",
        "--require-hashes",
        *options,
    ]
    what: list[str | Path] = ["--requirements", ROOT / "requirements" / "runtime.txt", "--target", packages]
    subprocess.run([Path(sys.prefix) / "bin" / "uv", "pip", "install", *how, *what], check=True)


def leave_out_what_nobody_reads(packages: Path) -> None:
    """Most of it is botocore's models of services that we never call."""
    models = [path for path in (packages / "botocore" / "data").iterdir() if path.is_dir()]
    waste = [path for path in models if path.name not in OPERATIONS_USED]
    waste += [*packages.glob("*.dist-info"), *packages.rglob("__pycache__"), packages / "bin"]
    waste += [packages / path for path in NEVER_READ]
    for path in waste:
        shutil.rmtree(path, ignore_errors=True)


def shorten_model(model: Path, operations: Collection[str]) -> None:
    """Leaves the operations that we use, the shapes that they need, and not a word about them."""
    content = without_documentation(json.loads(gzip.decompress(model.read_bytes())))
    for parameter in content.get("clientContextParams", {}).values():
        parameter["documentation"] = ""  # which is asked for
    content["operations"] = {name: content["operations"][name] for name in sorted(operations)}
    if "AttributeValue" in content["shapes"]:
        pass_attributes(content)
    needed: set[str] = set()
    found = shapes_named_in(content["operations"])
    while found - needed:
        needed |= found
        found = shapes_named_in([content["shapes"][name] for name in needed])
    content["shapes"] = {name: content["shapes"][name] for name in sorted(needed)}
    model.with_suffix("").write_text(json.dumps(content, separators=(",", ":")))
    model.unlink()


def pass_attributes(dynamodb: dict[str, Any]) -> None:
    """Items pass as they are, since we keep no binary attributes: a third of the work of a warm request.

    botocore would look for each of ten types in each attribute, and through all of them for the owner of a table.
    """
    for name, shape in dynamodb["shapes"].items():
        if name == "AttributeValue" or shape.get("value") == {"shape": "AttributeValue"}:
            dynamodb["shapes"][name] = {"type": "structure", "members": {}, "document": True}
    for operation in dynamodb["operations"].values():
        operation.pop("operationContextParams", None)


def without_documentation(value: Any) -> Any:
    if isinstance(value, list):
        return [without_documentation(part) for part in value]
    if not isinstance(value, dict):
        return value
    # A shape may have a member of that name; documentation itself is always text.
    told = {name for name, part in value.items() if name == "documentation" and isinstance(part, str)}
    return {name: without_documentation(part) for name, part in value.items() if name not in told}


def shapes_named_in(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(shapes_named_in, value))
    if not isinstance(value, dict):
        return set()
    own = {value["shape"]} if isinstance(value.get("shape"), str) else set()
    return own.union(*map(shapes_named_in, value.values()))


def shorten_endpoints(endpoints: Path) -> None:
    """Leaves where the services are that we use."""
    content = json.loads(endpoints.read_text())
    for partition in content["partitions"]:
        partition["services"] = {
            name: service for name, service in partition["services"].items() if name in ENDPOINTS_USED
        }
    endpoints.write_text(json.dumps(content, separators=(",", ":")))


def simplify_types(schemas: Path) -> None:
    """Plain dictionaries where only type checkers see more: typed ones compile every annotation, 50 million in all."""
    typed = re.compile(r"^(class \w+\()(\w+)(?:, total=\w+)?\):$", re.MULTILINE)
    plain = typed.sub(lambda head: f"{head[1]}{'dict' if head[2] == 'TypedDict' else head[2]}):", schemas.read_text())
    schemas.write_text(plain)


def compile_patterns_late(module: Path) -> None:
    """Each pattern that the module names is compiled when it is first used."""
    head, imported, rest = module.read_text("utf-8").partition("import re\n")
    if not imported:
        raise ValueError(f"{module.name} no longer imports re as we know it.")
    named = re.compile(r"^(_?[A-Z]\w* = )re\.compile\(", re.MULTILINE)
    module.write_text(head + A_LATE_PATTERN + named.sub(r"\1_Late(", rest), "utf-8")


def write_authorities(packages: Path) -> None:
    """AWS's endpoints are vouched for by Amazon's own authorities: others are neither read nor trusted."""
    listed = (packages / "botocore" / "cacert.pem").read_text("utf-8").split("# Label: ")[1:]
    chosen = [one[one.index("-----BEGIN") :] for one in listed if one.partition("\n")[0].strip('"') in AUTHORITIES]
    if len(chosen) != len(AUTHORITIES):
        raise SystemExit("botocore no longer brings all of Amazon's authorities.")
    (packages / "amazon-roots.pem").write_text("".join(one.split("\n\n")[0].rstrip() + "\n" for one in chosen))


if __name__ == "__main__":
    print(build(sys.argv[1]).relative_to(ROOT))
