import json
import re
import shutil
from pathlib import Path
from typing import Any

import botocore
import botocore.session
import time_machine
from botocore.config import Config
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from pydantic_core import core_schema

from infra.build_layer import (
    NEVER_READ,
    OPERATIONS_USED,
    PUT_INSTEAD,
    pass_attributes,
    shorten_model,
    simplify_types,
)
from infra.paths import ROOT

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


def test_attributes_are_sent_and_received_as_by_the_whole_botocore() -> None:
    whole, ours = dynamodb(shortened=False), dynamodb(shortened=True)
    update = {"TableName": "t", "Key": ATTRIBUTES, "UpdateExpression": "u", "ExpressionAttributeValues": ATTRIBUTES}
    requests: dict[str, dict[str, Any]] = {
        "BatchGetItem": {"RequestItems": {"t": {"Keys": [ATTRIBUTES], "ConsistentRead": True}}},
        "PutItem": {"TableName": "t", "Item": ATTRIBUTES},
        "Query": {"TableName": "t", "ExpressionAttributeValues": ATTRIBUTES},
        "TransactWriteItems": {"TransactItems": [{"Put": {"TableName": "t", "Item": ATTRIBUTES}}, {"Update": update}]},
        "UpdateItem": update,
    }
    answers: dict[str, dict[str, Any]] = {
        "BatchGetItem": {"Responses": {"t": [ATTRIBUTES]}, "UnprocessedKeys": requests["BatchGetItem"]["RequestItems"]},
        "PutItem": {},
        "Query": {"Items": [ATTRIBUTES], "LastEvaluatedKey": ATTRIBUTES},
        "TransactWriteItems": {},
        "UpdateItem": {"Attributes": ATTRIBUTES},
    }

    assert requests.keys() == OPERATIONS_USED["dynamodb"]
    for operation, request in requests.items():
        assert sent(ours, operation, request) == sent(whole, operation, request)
        assert received(ours, operation, answers[operation]) == received(whole, operation, answers[operation])


def test_a_form_is_signed_as_by_the_whole_botocore(tmp_path: Path) -> None:
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
    config = Config(signature_version="s3v4", s3={"us_east_1_regional_endpoint": "regional"})
    s3: Any = session.create_client("s3", config=config)
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        form: dict[str, Any] = s3.generate_presigned_post("logos", "uploads/x")
    return form


def test_what_is_put_into_the_layer_stands_for_a_file_that_is_there() -> None:
    assert [path for path in PUT_INSTEAD if not (PACKAGES / path).is_file()] == []


def test_the_layer_brings_the_time_zones_that_mails_are_told_in() -> None:
    locked = (ROOT / "requirements" / "runtime.txt").read_text("utf-8")

    assert re.search(r"^tzdata==", locked, re.MULTILINE)
    assert not [path for path in NEVER_READ if path.startswith("tzdata")]


def test_no_typed_dictionary_is_left_among_the_schemas(tmp_path: Path) -> None:
    schemas = tmp_path / "core_schema.py"
    schemas.write_text(Path(core_schema.__file__).read_text())

    simplify_types(schemas)

    plain = schemas.read_text()
    assert re.findall(r"^class \w+\(.*(?:TypedDict|total=).*$", plain, re.MULTILINE) == []
    compile(plain, schemas, "exec")
