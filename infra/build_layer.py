"""Build the folders of the layers: `python -m infra.build_layer local|arm64` makes build/{layer,pictures}-<target>.

All functions have the first layer; the function that rewrites logos also has the second, with Pillow.

Third-party code ships as its release: unused folders and data are left out, botocore's JSON is shortened, and no
source file is changed. Each `*.dist-info` stays, so that vulnerability scanners see the packages and the hashes in
RECORD describe what runs.
"""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from infra.byte_code import AWS_PYTHON, compile_for
from infra.paths import BUILD, ROOT

# The operations that the adapters call. A client parses its whole model at every cold start.
OPERATIONS_USED = {
    "cognito-idp": {
        "AdminAddUserToGroup",
        "AdminCreateUser",
        "AdminDeleteUser",
        "AdminDisableUser",
        "AdminEnableUser",
        "AdminGetUser",
        "AdminSetUserPassword",
        "AdminUpdateUserAttributes",
        "AdminUserGlobalSignOut",
        "InitiateAuth",
    },
    "dynamodb": {"BatchGetItem", "BatchWriteItem", "PutItem", "Query", "TransactWriteItems", "UpdateItem"},
    "events": {"PutEvents"},
    "kms": {"GenerateMac", "VerifyMac"},
    "s3": {"CreateBucket", "DeleteObject", "GetObject", "PutObject"},  # presigned forms resolve CreateBucket
    "sesv2": {"SendEmail"},
}
ENDPOINTS_USED = {"cognito-idp", "dynamodb", "email", "events", "kms", "s3", "sts"}
AMAZON_ROOTS = {
    "Amazon Root CA 1",
    "Amazon Root CA 2",
    "Amazon Root CA 3",
    "Amazon Root CA 4",
    "Starfield Services Root Certificate Authority - G2",
}
CA_BUNDLE = "amazon-roots.pem"
# Without it pydantic reads the entry points of every package at each cold start.
ENVIRONMENT = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
UNUSED = [  # patterns of whole files and folders
    "aws_lambda_powertools/event_handler",  # shared.api routes requests
    "aws_lambda_powertools/utilities/auth_alpha",
    "aws_lambda_powertools/utilities/circuit_breaker",
    "aws_lambda_powertools/utilities/data_masking",
    "aws_lambda_powertools/utilities/feature_flags",
    "aws_lambda_powertools/utilities/idempotency",
    "aws_lambda_powertools/utilities/kafka",
    "aws_lambda_powertools/utilities/parameters",
    "aws_lambda_powertools/utilities/streaming",
    "aws_lambda_powertools/utilities/validation",
    "bin",
    "boto3",  # the adapters use botocore's clients
    "botocore/cacert.pem",  # functions trust CA_BUNDLE instead
    "dateutil/zoneinfo",  # mails use tzdata
    "dns",  # email_validator's deliverability check, which is off
    "phonenumbers/carrierdata",
    "phonenumbers/geodata",
    "phonenumbers/shortdata/region_*.py",  # short numbers, such as 112, are not valid phone numbers of people
    "phonenumbers/tzdata",
    "pydantic/mypy.py",
    "pydantic/v1",
    "s3transfer",
    "urllib3/contrib/emscripten",
    "**/*.pyi",  # type stubs
    ".lock",  # left by the installer
]
UNCOMPILED = "phonenumbers/data/region_"  # a request imports one of these 254 files at most
# Lambda's image has glibc 2.34.
AWS_OPTIONS = ["--python-platform", "aarch64-manylinux_2_28", "--python-version", AWS_PYTHON]


def build(target: str) -> tuple[Path, Path]:
    """Build both layers for `local` or `arm64` from the hashed locks and return their folders."""
    return build_libraries(target), build_pictures(target)


def build_pictures(target: str) -> Path:
    """Build the layer with Pillow."""
    folder, packages = install("pictures", target=target, lock="pictures.txt")
    (packages / ".lock").unlink(missing_ok=True)
    compile_for(target, packages)
    return folder


def build_libraries(target: str) -> Path:
    """Build the layer of all functions."""
    folder, packages = install("layer", target=target, lock="runtime.txt")
    write_ca_bundle(packages)
    remove_unused(packages)
    for service, operations in OPERATIONS_USED.items():
        for model in (packages / "botocore" / "data" / service).glob("*/service-2.json.gz"):
            shorten_model(model, operations)
    shorten_endpoints(packages / "botocore" / "data" / "endpoints.json")
    compile_for(target, packages, leave_out=UNCOMPILED)
    return folder


def install(name: str, *, target: str, lock: str) -> tuple[Path, Path]:
    """Install locked packages into an empty folder of build/; return it and the folder of the packages in it."""
    folder = BUILD / f"{name}-{target}"
    packages = folder / "python"
    shutil.rmtree(folder, ignore_errors=True)
    # Copied, not linked: trimming must not reach into the installer's cache.
    how: list[str | Path] = [
        "--quiet",
        "--link-mode=copy",
        "--only-binary",
        ":all:",
        "--no-deps",
        "--require-hashes",
        *([] if target == "local" else AWS_OPTIONS),
    ]
    what: list[str | Path] = ["--requirements", ROOT / "requirements" / lock, "--target", packages]
    subprocess.run([Path(sys.prefix) / "bin" / "uv", "pip", "install", *how, *what], check=True)
    return folder, packages


def remove_unused(packages: Path) -> None:
    """Remove whole files and folders: unused modules, and botocore's models of services that are never called."""
    models = [path for path in (packages / "botocore" / "data").iterdir() if path.is_dir()]
    unused = [path for path in models if path.name not in OPERATIONS_USED]
    unused += packages.rglob("__pycache__")
    for pattern in UNUSED:
        unused += packages.glob(pattern)
    for path in unused:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def shorten_model(model: Path, operations: Collection[str]) -> None:
    """Keep the given operations and the shapes that they need, without documentation and uncompressed."""
    content = without_documentation(json.loads(gzip.decompress(model.read_bytes())))
    for parameter in content.get("clientContextParams", {}).values():
        parameter["documentation"] = ""  # botocore requires the key
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
    """Let attribute values pass unparsed, which saves a third of a warm request's CPU. Holds without binary attributes.

    botocore would test each attribute for ten types, and walk all of them for account-based endpoints.
    """
    for name, shape in dynamodb["shapes"].items():
        if name == "AttributeValue" or shape.get("value") == {"shape": "AttributeValue"}:
            dynamodb["shapes"][name] = {"type": "structure", "members": {}, "document": True}
    for operation in dynamodb["operations"].values():
        operation.pop("operationContextParams", None)


def without_documentation(value: Any) -> Any:
    """Return the JSON value without its documentation texts."""
    if isinstance(value, list):
        return [without_documentation(part) for part in value]
    if not isinstance(value, dict):
        return value
    # A shape may have a member named "documentation"; documentation itself is always text.
    texts = {name for name, part in value.items() if name == "documentation" and isinstance(part, str)}
    return {name: without_documentation(part) for name, part in value.items() if name not in texts}


def shapes_named_in(value: Any) -> set[str]:
    """Return the names of all shapes that the JSON value refers to."""
    if isinstance(value, list):
        return set().union(*map(shapes_named_in, value))
    if not isinstance(value, dict):
        return set()
    own = {value["shape"]} if isinstance(value.get("shape"), str) else set()
    return own.union(*map(shapes_named_in, value.values()))


def shorten_endpoints(endpoints: Path) -> None:
    """Keep the endpoints of the services used."""
    content = json.loads(endpoints.read_text())
    for partition in content["partitions"]:
        partition["services"] = {
            name: service for name, service in partition["services"].items() if name in ENDPOINTS_USED
        }
    endpoints.write_text(json.dumps(content, separators=(",", ":")))


def write_ca_bundle(packages: Path) -> None:
    """Write a CA bundle of Amazon's roots only. Raises SystemExit if botocore no longer ships one of them."""
    listed = (packages / "botocore" / "cacert.pem").read_text("utf-8").split("# Label: ")[1:]
    chosen = [one[one.index("-----BEGIN") :] for one in listed if one.partition("\n")[0].strip('"') in AMAZON_ROOTS]
    if len(chosen) != len(AMAZON_ROOTS):
        raise SystemExit("botocore no longer ships all of Amazon's root certificates.")
    (packages / CA_BUNDLE).write_text("".join(one.split("\n\n")[0].rstrip() + "\n" for one in chosen))


if __name__ == "__main__":
    print(*(folder.relative_to(ROOT) for folder in build(sys.argv[1])))
