"""Build the OpenAPI 3.1 document from the registered routes: `python -m infra.openapi` writes it.

What the fields hold is described in `api_fields.toml`; examples of bodies are those of the sample events.
"""

import importlib
import json
import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from infra.catalog import CATALOG, Function
from shared.api import Body, IfMatch, Query, Route
from shared.api.parsing import ADDRESS, ID_FORMS
from shared.api.problems import INTERNAL_ERROR, STATUS
from shared.settings import VARIABLES

DOCUMENT = Path(__file__).parents[1] / "functions" / "openapi" / "openapi.json"

TEXTS = Path(__file__).with_name("api_fields.toml")
_EVENTS = Path(__file__).parents[1] / "events"
_IDS = {name: f"^{form.pattern}$" for name, form in ID_FORMS.items()} | {ADDRESS: "@"}
_REF = "#/components/schemas/{model}"
_REFUSALS = {
    "401": (
        "Unauthorized",
        "The session has ended. API Gateway itself answers a token that is missing or has expired.",
    ),
    "404": ("NotFound", "There is nothing of this id that the caller may see."),
    "422": ("InvalidRequest", "Something in the request is not valid; `errors` names the fields."),
    "429": ("RateLimited", "Too many requests: repeat it after `retry_after` seconds."),
    "503": ("Busy", "AWS is busy: repeat it after `retry_after` seconds."),
    "default": ("Refused", "Any other refusal; `code` says which."),
}


def document() -> dict[str, Any]:
    """Return the document: every route with parameters, body, answers and problems."""
    os.environ.setdefault("PASSWORD_MIN_LENGTH", "7")
    for variable in VARIABLES:  # Handlers are imported for their routes alone.
        os.environ.setdefault(variable, "1=none")
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    routes = [(function, route) for function in CATALOG for route in _routes(function) if route.key != "$default"]
    models = _models(route for _, route in routes)
    names, schemas = models_json_schema(sorted(models, key=lambda model: model[0].__name__), ref_template=_REF)
    texts, samples = tomllib.loads(TEXTS.read_text("utf-8")), _sample_bodies()
    paths: dict[str, dict[str, Any]] = {}
    for function, route in routes:
        method, path = route.key.split(" ")
        paths.setdefault(path, {})[method.lower()] = _operation(function, route, names, texts=texts, samples=samples)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Usher",
            "version": "1",
            "description": texts["info"]["description"],
        },
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": _described(schemas["$defs"] | {"Problem": _problem()}, texts),
            "responses": {name: _refusal(description) for name, description in _REFUSALS.values()},
            "securitySchemes": {
                "access_token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": texts["security"]["access_token"],
                }
            },
        },
    }


def _routes(function: Function) -> list[Route]:
    if not function.routes:
        return []
    module = importlib.import_module(f"functions.{function.name}.handler")
    return list(module.api.routes.values())


def _models(routes: Iterable[Route]) -> set[tuple[type[BaseModel], JsonSchemaMode]]:
    found: set[tuple[type[BaseModel], JsonSchemaMode]] = set()
    for route in routes:
        found |= {(kind, "validation") for kind in route.takes.values() if issubclass(kind, Body)}
        if issubclass(route.answers, BaseModel):
            found.add((route.answers, "serialization"))
    return found


def _described(schemas: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas with a description of each field, and an example where there is one.

    Raises ValueError naming fields without a description, and descriptions and examples without a field.
    """
    descriptions, examples = texts["descriptions"], texts["examples"]
    without, used = [], set[str]()
    for model, schema in schemas.items():
        for name, field in schema.get("properties", {}).items():
            place = f"{model}.{name}" if f"{model}.{name}" in descriptions else name
            used.add(place)
            if "description" not in field and place not in descriptions:
                without.append(f"{model}.{name}")
            field.setdefault("description", descriptions.get(place))
            if name in examples and "string" in {one.get("type") for one in [field, *field.get("anyOf", [])]}:
                field["examples"] = [examples[name]]
    left = [*(descriptions.keys() - used), *(name for name in examples if name not in used)]
    if without or left:
        message = f"{TEXTS.name}: without a description {sorted(without)}, without a field {sorted(left)}"
        raise ValueError(message)
    return schemas


def _sample_bodies() -> dict[str, Any]:
    """Return the JSON bodies of the sample events, by route."""
    events = [json.loads(file.read_text("utf-8")) for file in sorted(_EVENTS.glob("*.json"))]
    return {event["routeKey"]: json.loads(event["body"]) for event in events if event.get("body")}


def _operation(
    function: Function, route: Route, names: Any, *, texts: dict[str, Any], samples: dict[str, Any]
) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.use_case.__name__,
        "summary": _summary(function, route),
        "tags": [function.name],
        "security": [] if function.public else [{"access_token": []}],
        "parameters": [
            {**parameter, "description": texts["parameters"][parameter["name"]]} for parameter in _parameters(route)
        ],
        "responses": {str(int(route.status)): _answer(route, names), **_refusals(function, route)},
    }
    body = next((kind for kind in route.takes.values() if issubclass(kind, Body)), None)
    if body:
        example = {"example": samples[route.key]} if route.key in samples else {}
        content = {"application/json": {"schema": names[body, "validation"], **example}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _refusals(function: Function, route: Route) -> dict[str, Any]:
    """Return the refusals that any request of this shape may get; `default` stands for those of the route's own."""
    takes = [kind for kind in route.takes.values() if issubclass(kind, (Body, Query))]
    left_out = {
        status for status, met in {"401": not function.public, "404": "{" in route.key, "422": takes}.items() if not met
    }
    return {
        status: {"$ref": f"#/components/responses/{name}"}
        for status, (name, _) in _REFUSALS.items()
        if status not in left_out
    }


def _refusal(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    return {"description": description, "content": content}


def _summary(function: Function, route: Route) -> str:
    """Return the first line of the use case's docstring, or what the only use case of the function is for."""
    documented = route.use_case.__doc__
    return documented.partition("\n")[0] if documented else function.description


def _answer(route: Route, names: Any) -> dict[str, Any]:
    schema = names[route.answers, "serialization"] if issubclass(route.answers, BaseModel) else {"type": "object"}
    return {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def _parameters(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": _IDS[name]}}
        for name in re.findall(r"{(\w+)}", route.key)
    ]
    for kind in route.takes.values():
        if issubclass(kind, Query):
            found += _query_parameters(kind)
        elif kind is IfMatch:
            schema = {"type": "string", "pattern": '^((W/)?"[!#-~]*"|[0-9]{1,15}|[*])$'}
            found.append({"name": "If-Match", "in": "header", "required": False, "schema": schema})
    if route.key.startswith("POST "):
        key_schema = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": False, "schema": key_schema})
    return found


def _query_parameters(query: type[Query]) -> list[dict[str, Any]]:
    schema = query.model_json_schema()
    definitions = schema.get("$defs", {})
    found = []
    for name, described in schema["properties"].items():
        own = {key: value for key, value in described.items() if key not in {"title", "default"}}
        plain = next((one for one in own.pop("anyOf", []) if one.get("type") != "null"), own)
        plain = definitions[plain["$ref"].rpartition("/")[2]] if "$ref" in plain else plain
        if plain.get("type") == "array":  # comma-separated
            plain = {"type": "string"}
        found.append({"name": name, "in": "query", "required": False, "schema": plain})
    return found


def _problem() -> dict[str, Any]:
    codes = sorted({code for _, code in STATUS.values()} | {INTERNAL_ERROR[1]})
    texts = {name: {"type": "string"} for name in ("type", "title", "detail", "request_id")}
    return {
        "type": "object",
        "description": "RFC 9457, with members of its own for some codes.",
        "required": ["type", "title", "status", "code", "detail", "request_id"],
        "properties": texts
        | {
            "status": {"type": "integer"},
            "code": {"type": "string", "enum": codes},
            "retry_after": {"type": "integer", "description": "Seconds; of `rate_limited` and `busy`."},
            "locale": {"type": "string", "description": "Of the invitation; of a dead link."},
            "attempts_left": {
                "type": "integer",
                "description": "How many answers the link still takes; of `wrong_answer`.",
            },
            "sent_at": {"type": "string", "description": "When the newer mail was sent; of `invitation_replaced`."},
            "user_id": {"type": "string", "description": "Who has the address, for callers who may view users."},
            "account_ids": {
                "type": "array",
                "items": {"type": "string"},
                "description": "The accounts that need another administrator first; of `last_admin` for operators.",
            },
            "hint": {"type": "string", "description": "What to do instead; of `user_inactive`: `reactivate`."},
            "seats": {
                "$ref": "#/components/schemas/SeatsView",
                "description": "The account's seats; of `no_seat_available`.",
            },
            "options": {
                "type": "array",
                "items": {"type": "string"},
                "description": "What would help; of `no_seat_available` and `reassign_target_required`.",
            },
            "counts": {
                "type": "object",
                "additionalProperties": {"type": "integer"},
                "description": "How many records of each type would move; of `reassign_target_required`.",
            },
            "user_count": {"type": "integer", "description": "How many users are in it; of `group_in_use`."},
            "user_status": {"type": "string", "description": "Of `wrong_state`, with `allowed_actions`."},
            "allowed_actions": {"type": "array", "items": {"type": "string"}},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["field", "message"],
                    "properties": {name: {"type": "string"} for name in ("field", "message", "reason")},
                },
            },
        },
    }


def rendered() -> str:
    """Return the document as it is checked in."""
    return json.dumps(document(), indent=1, sort_keys=False) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(rendered(), "utf-8")
