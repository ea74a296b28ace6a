import base64
import csv
import hashlib
import importlib.util
import json
import re
import shutil
from pathlib import Path
from typing import Any

import botocore
import botocore.session
import pytest
import time_machine
from botocore.config import Config
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

from infra.build_layer import CA_BUNDLE, OPERATIONS_USED, UNUSED, pass_attributes, shorten_model
from infra.catalog import CATALOG, Function
from infra.paths import BUILD, ROOT

ADDED = {"layer": {CA_BUNDLE}, "pictures": set()}
LOCKS = {"layer": "runtime.txt", "pictures": "pictures.txt"}
EVERY_LAYER = pytest.mark.parametrize("layer", ["layer-local", "layer-arm64", "pictures-local", "pictures-arm64"])
SHORTENED = re.compile(r"botocore/data/(endpoints|[\w-]+/[\d-]+/service-2)\.json")
PACKAGES = Path(botocore.__file__).parents[1]
ATTRIBUTES = {
    "text": {"S": "é"},
    "number": {"N": "12"},
    "flag": {"BOOL": False},
    "nothing": {"NULL": True},
    "set": {"SS": ["a", "b"]},
    "list": {"L": [{"S": ""}, {"M": {"deep": {"L": []}}}]},
}


def dynamodb(*, shortened: bool) -> ServiceModel:
    content: dict[str, Any] = Loader().load_service_model("dynamodb", "service-2")
    content = json.loads(json.dumps(content))
    if shortened:
        pass_attributes(content)
    return ServiceModel(content, "dynamodb")


def sent(model: ServiceModel, operation: str, request: dict[str, Any]) -> Any:
    serializer = create_serializer("json", include_validation=False)
    return json.loads(serializer.serialize_to_request(request, model.operation_model(operation))["body"])


def received(model: ServiceModel, operation: str, answer: dict[str, Any]) -> Any:
    response = {"status_code": 200, "headers": {}, "body": json.dumps(answer).encode()}
    shape = model.operation_model(operation).output_shape
    assert shape
    return create_parser("json").parse(response, shape)


def test_shortened_model_serialises_as_the_full_one() -> None:
    whole, ours = dynamodb(shortened=False), dynamodb(shortened=True)
    update = {"TableName": "t", "Key": ATTRIBUTES, "UpdateExpression": "u", "ExpressionAttributeValues": ATTRIBUTES}
    requests: dict[str, dict[str, Any]] = {
        "BatchGetItem": {"RequestItems": {"t": {"Keys": [ATTRIBUTES], "ConsistentRead": True}}},
        "BatchWriteItem": {
            "RequestItems": {"t": [{"PutRequest": {"Item": ATTRIBUTES}}, {"DeleteRequest": {"Key": ATTRIBUTES}}]}
        },
        "PutItem": {"TableName": "t", "Item": ATTRIBUTES},
        "Query": {"TableName": "t", "ExpressionAttributeValues": ATTRIBUTES},
        "TransactWriteItems": {"TransactItems": [{"Put": {"TableName": "t", "Item": ATTRIBUTES}}, {"Update": update}]},
        "UpdateItem": update,
    }
    answers: dict[str, dict[str, Any]] = {
        "BatchGetItem": {"Responses": {"t": [ATTRIBUTES]}, "UnprocessedKeys": requests["BatchGetItem"]["RequestItems"]},
        "BatchWriteItem": {"UnprocessedItems": requests["BatchWriteItem"]["RequestItems"]},
        "PutItem": {},
        "Query": {"Items": [ATTRIBUTES], "LastEvaluatedKey": ATTRIBUTES},
        "TransactWriteItems": {},
        "UpdateItem": {"Attributes": ATTRIBUTES},
    }

    assert requests.keys() == OPERATIONS_USED["dynamodb"]
    for operation, request in requests.items():
        assert sent(ours, operation, request) == sent(whole, operation, request)
        assert received(ours, operation, answers[operation]) == received(whole, operation, answers[operation])


def test_shortened_model_signs_forms_as_the_full_one(tmp_path: Path) -> None:
    model = tmp_path / "s3" / "2006-03-01"
    shutil.copytree(PACKAGES / "botocore" / "data" / "s3" / "2006-03-01", model)
    shorten_model(model / "service-2.json.gz", OPERATIONS_USED["s3"])

    whole, ours = forms_signed_with(None), forms_signed_with(tmp_path)

    assert ours == whole
    assert ours["url"] == "https://logos.s3.us-east-1.amazonaws.com/"


def forms_signed_with(data: Path | None) -> dict[str, Any]:
    session = botocore.session.get_session()
    if data:
        session.get_component("data_loader").search_paths.insert(0, str(data))
    config = Config(
        signature_version="s3v4", s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"}
    )
    s3: Any = session.create_client("s3", config=config)
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        form: dict[str, Any] = s3.generate_presigned_post("logos", "uploads/x")
    return form


@EVERY_LAYER
def test_layer_ships_third_party_files_as_released(layer: str) -> None:
    packages = built(layer)
    recorded = recorded_hashes(packages)

    changed = {
        path
        for path, file in files_of(packages).items()
        if file.suffix != ".pyc" and not path.endswith(".dist-info/RECORD") and digest(file) != recorded.get(path)
    }

    unexpected = {path for path in changed if path.endswith(".py") or not SHORTENED.fullmatch(path)}
    assert unexpected == ADDED[layer.partition("-")[0]]


def test_local_layer_runs_the_released_sources() -> None:
    packages = built("layer-local")
    compiled = {path: file for path, file in files_of(packages).items() if is_unchecked(file)}

    stale = {path for path, file in compiled.items() if not is_compiled_from_its_source(file)}

    assert compiled
    assert stale == set()


@EVERY_LAYER
def test_layer_keeps_the_metadata_of_every_locked_package(layer: str) -> None:
    lock = ROOT / "requirements" / LOCKS[layer.partition("-")[0]]
    locked = re.findall(r"^([\w-]+)==([\w.]+)", lock.read_text("utf-8"), re.MULTILINE)

    shipped = {folder.name for folder in built(layer).glob("*.dist-info")}

    assert shipped == {f"{name.replace('-', '_')}-{version}.dist-info" for name, version in locked}


def test_layer_ships_the_time_zone_data_that_mails_use() -> None:
    locked = (ROOT / "requirements" / "runtime.txt").read_text("utf-8")

    assert re.search(r"^tzdata==", locked, re.MULTILINE)
    assert not [path for path in UNUSED if path.startswith("tzdata")]


def built(layer: str) -> Path:
    """The packages of a layer that `make` has built."""
    packages = BUILD / layer / "python"
    assert packages.is_dir(), f"run make build/{layer.replace('pictures', 'layer')}/.built"
    return packages


def files_of(packages: Path) -> dict[str, Path]:
    return {file.relative_to(packages).as_posix(): file for file in packages.rglob("*") if file.is_file()}


def recorded_hashes(packages: Path) -> dict[str, str]:
    """Return hash by path, as the wheels' RECORD files state it."""
    rows = [
        row
        for record in packages.glob("*.dist-info/RECORD")
        for row in csv.reader(record.read_text("utf-8").splitlines())
    ]
    return {path: hashed for path, hashed, _ in rows}


def digest(file: Path) -> str:
    """Hash a file in the notation of RECORD."""
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).rstrip(b"=").decode()


def is_unchecked(file: Path) -> bool:
    """Return whether this is byte code that Python runs without a look at its source (PEP 552).

    The local stack adds byte code that Python checks by itself.
    """
    return file.suffix == ".pyc" and file.read_bytes()[4:8] == b"\1\0\0\0"


def is_compiled_from_its_source(compiled: Path) -> bool:
    """Compare the source hash in unchecked byte code with that of its source."""
    source = Path(importlib.util.source_from_cache(str(compiled)))
    return compiled.read_bytes()[8:16] == importlib.util.source_hash(source.read_bytes())


@pytest.mark.parametrize("row", [row for row in CATALOG if row.user_pool], ids=lambda row: row.name)
def test_layer_keeps_the_operations_of_the_user_pool_that_a_function_may_use(row: Function) -> None:
    assert set(row.user_pool) <= OPERATIONS_USED["cognito-idp"]
