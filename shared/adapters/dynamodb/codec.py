"""Codec between JSON values and DynamoDB attributes."""

from collections.abc import Mapping
from typing import Any

Item = dict[str, dict[str, Any]]


def to_item(values: Mapping[str, Any]) -> Item:
    """Return a JSON object as an item, without None values, so that `attribute_exists` can test for them."""
    return {name: to_attribute(value) for name, value in values.items() if value is not None}


def to_attribute(value: Any) -> dict[str, Any]:  # noqa: PLR0911 (any JSON value, and one line for each kind)
    """Return one JSON value as an attribute; numbers are integers, sets hold strings. Raises TypeError for others."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int():
            return {"N": str(value)}
        case set() | frozenset():
            return {"SS": sorted(value)}
        case list() | tuple():
            return {"L": [to_attribute(element) for element in value]}
        case Mapping():
            return {"M": to_item(value)}
    message = f"An item cannot hold a {type(value).__name__}."
    raise TypeError(message)


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item as a JSON object."""
    return {name: from_attribute(attribute) for name, attribute in item.items()}


def from_attribute(attribute: dict[str, Any]) -> Any:
    """Return the JSON value of one attribute."""
    [(kind, value)] = attribute.items()
    match kind:
        case "S":
            return value
        case "NULL":
            return None
        case "N":
            return int(value)
        case "L":
            return [from_attribute(element) for element in value]
        case "M":
            return from_item(value)
    return value
