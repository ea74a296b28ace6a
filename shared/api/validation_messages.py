"""Our own sentences for what the validator refuses in bodies and queries."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

# Every type of error that the bodies and queries of our routes can meet; a test compares. A library's own words differ
# from release to release and are not written for people.
MESSAGES: Mapping[str, str | Callable[[Mapping[str, Any]], str]] = MappingProxyType(
    {
        "missing": "This field is required.",
        "extra_forbidden": "This field does not exist here.",
        "value_error": lambda context: str(context["error"]),  # Our own sentence: only our validators raise it.
        "string_type": "Use text.",
        "string_too_short": lambda context: _at_least(context["min_length"]),
        "string_too_long": lambda context: f"Use at most {context['max_length']} characters.",
        "bool_type": "Use true or false.",
        "int_type": "Use a whole number.",
        "int_parsing": "Use a whole number.",
        "int_parsing_size": "This number is too large.",
        "greater_than_equal": lambda context: f"Use {context['ge']} or more.",
        "less_than_equal": lambda context: f"Use {context['le']} or less.",
        "literal_error": lambda context: _one_of(context["expected"]),
        "enum": lambda context: _one_of(context["expected"]),
        "tuple_type": "Use a list.",
        "too_short": lambda context: f"Give at least {context['min_length']}.",
        "too_long": lambda context: f"Give at most {context['max_length']} entries.",
        "model_type": "Use an object.",
        "dict_type": "Use an object.",
    }
)
_OTHERWISE = "This value is not valid."


def _at_least(characters: int) -> str:
    return "This must not be empty." if characters == 1 else f"Use at least {characters} characters."


def _one_of(expected: str) -> str:
    names = re.findall("'([^']*)'", expected)
    return f"Use one of these: {', '.join(names)}."


def message(error_type: str, context: Mapping[str, Any]) -> str:
    """Return our sentence for an error of the validator, whose `context` has its limits and choices."""
    found = MESSAGES.get(error_type, _OTHERWISE)
    return found if isinstance(found, str) else found(context)
