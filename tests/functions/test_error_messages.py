"""Every 422 speaks our own words, whatever a field of any route is given."""

import importlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import BaseModel, Field, ValidationError
from pydantic_core import ErrorDetails

from infra.catalog import CATALOG
from shared.api import Body, Query, Route, parsing, validation_messages
from shared.domain.model import errors

WRONG: tuple[object, ...] = (
    None,
    True,
    "",
    " ",
    "text",
    "x" * 1_001,
    "1" * 5_000,
    "lee@",
    "https://",
    -1,
    1.5,
    10**9,
    [],
    ["x"] * 201,
    [7],
    {},
    {"allow": 7, "deny": ["nothing"]},
    {"country_code": 7, "number": "0", "more": 1},
    {"country_code": "+44", "number": "x" * 40},
    {"first_name": "", "email": "@"},
)
WRONG_IN_A_QUERY = ("", "text", "x" * 2_001, "-1", "101", "1.5", "9" * 5_000)


def routes() -> list[Route]:
    modules = [importlib.import_module(f"functions.{function.name}.handler") for function in CATALOG if function.routes]
    return [route for module in modules for route in module.api.routes.values()]


MODELS = sorted(
    {kind for route in routes() for kind in route.takes.values() if issubclass(kind, Body | Query)}, key=str
)


def inner_models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model, and those of its fields."""
    yield model
    for field in model.model_fields.values():
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from inner_models(kind)


@cache
def mistakes(model: type[BaseModel]) -> list[ErrorDetails]:
    """Every error of the validator, for each field given each wrong value, alone and beside a field too many."""
    found: list[ErrorDetails] = []
    for inner in inner_models(model):
        values = WRONG_IN_A_QUERY if issubclass(inner, Query) else WRONG
        bodies: list[dict[str, object]] = [{}, {"unknown": 1}]
        bodies += [{name: value} for name in inner.model_fields for value in values]
        for given in bodies:
            try:
                validate(inner, given)
            except ValidationError as error:
                found += error.errors(include_url=False)
    return found


def validate(model: type[BaseModel], given: dict[str, object]) -> BaseModel:
    """Validate as the edge does."""
    return model.model_validate(given) if issubclass(model, Query) else model.model_validate_json(json.dumps(given))


def told(model: type[Body], raw: str) -> list[str]:
    """The sentences with which a body is refused."""
    with pytest.raises(errors.InvalidRequest) as refused:
        parsing.body({"body": raw}, model)
    found: Any = refused.value.details["errors"]
    return [error["message"] for error in found]


def test_every_type_of_error_that_a_route_can_meet_has_a_message_of_ours() -> None:
    met = {error["type"] for model in MODELS for error in mistakes(model)}

    assert met == set(validation_messages.MESSAGES)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.__module__.split('.')[1]}.{model.__name__}")
def test_message_is_a_sentence_that_is_not_the_library_s(model: type[BaseModel]) -> None:
    for error in mistakes(model):
        message = validation_messages.message(error["type"], error.get("ctx", {}))

        assert message[0].isupper(), error
        assert message.endswith("."), error
        assert message != error["msg"], error
        for words in ("should", "permitted", "Input", "@-sign", "Extra inputs", "valid integer"):
            assert words not in message, error


def test_lengths_limits_and_choices_are_named() -> None:
    class Order(Body):
        name: Annotated[str, Field(min_length=3, max_length=5)] = "four"
        pieces: Annotated[int, Field(ge=2, le=9)] = 3
        colour: Literal["red", "green"] = "red"

    assert told(Order, '{"name": "ab", "pieces": 1, "colour": "blue"}') == [
        "Use at least 3 characters.",
        "Use 2 or more.",
        "Use one of these: red, green.",
    ]
    assert told(Order, '{"name": "abcdef", "pieces": 10}') == ["Use at most 5 characters.", "Use 9 or less."]
