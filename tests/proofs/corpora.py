"""Values that have broken programs before, and where to put them: every field, id, query and header of every route."""

from collections.abc import Iterator
from typing import Any

from tests.functions.contract import body_fields, parameters_of, with_field
from tests.proofs.route_states import Parts

_LONG = "x" * 5_000
TEXTS = (
    *("", " ", "\t", "\0", "\r\nBcc: victim@example.org", "a\nb", "\u2028", "\x7f\x80", "\ufeff", "\ufffd\uffff"),
    *(
        "\u202eevil",
        "\u200b",
        "e\u0301" * 50,
        "\u0130\u0131\ufb01\u1e9e",
        "\U0001f468\u200d\U0001f469" * 30,
        "\u0661\u0662",
    ),
    *("<script>alert(1)</script>", "{{7*7}}${7*7}%s%n", "'; DROP TABLE users; --", "..\\/..\\/etc/passwd", "%00%2e%2f"),
    *("null", "true", "-1", "1e999", "NaN", "__proto__", "ab123", "mailto:a@b.c", "http://evil.example/", "@", "a@b"),
    *(
        "a@" + "b" * 300 + ".org",
        '"a b"@example.org',
        "a@[127.0.0.1]",
        "\u00fc@b\u00fccher.example",
        "=cmd|' /C calc'!A0",
    ),
    _LONG,
)
OTHERS: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 1.5, 10**30, -(10**30), 1e308, [], {}, [[]], [None], ["x"], [1, "x", {}]),
    *(
        {"x": "y"},
        {"": None},
        {"__proto__": {"admin": True}},
        [["x"] * 50] * 50,
        {"a": {"b": {"c": [{}]}}},
        ["x"] * 5_000,
    ),
)
BODIES = (
    *("{", "}", "nonsense", '{"a":1,}', "{'a': 1}", '{"a":1}{"b":2}', "\ufeff{}", "\0", "\ud800", '"\\ud800"', "NaN"),
    *("null", "[]", "7", '"text"', "true", "[{}]", "", " ", "{}", '{"a":NaN}', '{"":1}', '{"a":1,"a":2}'),
    *("[" * 5_000, '{"a":' * 5_000, "[" * 32_000 + "]" * 32_000, '{"a":' + "9" * 5_000 + "}", "x" * 65_537),
)
KEYS = ("", " ", "\u00e4", "x" * 255, "x" * 256, "\0", "a b", "one")


def requests(route: str, good: Parts) -> Iterator[Parts]:
    """The good request with one of these values in each place, one place at a time."""
    for name in parameters_of(route, "path"):
        yield from (good | {name: text} for text in TEXTS)
    for name in [*parameters_of(route, "query"), "unknown", ""]:
        yield from (good | {"query": {name: text}} for text in TEXTS)
    for header in parameters_of(route, "header"):
        yield from (good | {"headers": {header.lower(): key}} for key in KEYS)
    for field in [*fields, "unknown"] if (fields := body_fields(route)) else []:
        yield from (good | {"body": with_field(good["body"], field, value)} for value in (*TEXTS, *OTHERS))
        yield from (good | {"body": with_field(good["body"], field, [value])} for value in TEXTS)
    yield from ({name: part for name, part in good.items() if name != "body"} | {"raw": raw} for raw in BODIES)
