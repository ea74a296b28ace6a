"""GET /v1/openapi.json, and the answer for every path and method that is not in it."""

from pathlib import Path

from shared.api import Api
from shared.domain.model import errors

api = Api()

_DOCUMENT = Path(__file__).with_name("openapi.json").read_text("utf-8")


@api.route("GET /v1/openapi.json")
def get_document() -> str:
    return _DOCUMENT


@api.route("$default")
def get_nothing() -> str:
    raise errors.NotFound


lambda_handler = api.handler
