"""Names, labels, messages and signatures: what is kept of a text that someone types, and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from shared.domain.commands.hand_over import ReassignTo
from shared.domain.model.fields import (
    GivenMoment,
    Label,
    Message,
    Name,
    OptionalMessage,
    OptionalReference,
    OptionalReturnPath,
    ShortText,
    Signature,
    full_name,
)
from shared.domain.model.permissions import Permissions

NAME: TypeAdapter[str] = TypeAdapter(Name)
MESSAGE: TypeAdapter[str] = TypeAdapter(Message)
LABEL: TypeAdapter[str] = TypeAdapter(Label)
TEXT: TypeAdapter[str] = TypeAdapter(ShortText)
SIGNATURE: TypeAdapter[str] = TypeAdapter(Signature)
MOMENT: TypeAdapter[datetime] = TypeAdapter(GivenMoment)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Lee", "Lee"),
        ("  Lee  ", "Lee"),
        ("J.R. R. Tolkien", "J.R. R. Tolkien"),
        ("O'Neil, Jr.", "O'Neil, Jr."),
        ("M.A.", "M.A."),
        ("Anne-Marie d\u2019Arc", "Anne-Marie d\u2019Arc"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("\u674e\u5c0f\u9f99", "\u674e\u5c0f\u9f99"),
        ("\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0dc1\u0dca\u200d\u0dbb\u0dd3"),
        ("x" * 80, "x" * 80),
        ("St.Clair", "St.Clair"),
        ("P.Nguyen", "P.Nguyen"),
        ("H.G.Wells", "H.G.Wells"),
        ("Dr.Mae", "Dr.Mae"),
        ("Jean.Marie", "Jean.Marie"),
        ("Ada, B.Sc.", "Ada, B.Sc."),
        ("J.Kim", "J.Kim"),  # .kim, .sc, .med and .ing are top-level domains
        ("Ada B.Sc", "Ada B.Sc"),
        ("Dr.med. Ott", "Dr.med. Ott"),
        ("Dipl.Ing. Ott", "Dipl.Ing. Ott"),
        ("Lee \U0001fae9", "Lee \U0001fae9"),  # of Unicode 16
        ("Lee \U0001faea", "Lee \U0001faea"),  # of a later one
        ("Mary\u00a0\u3000 Lou", "Mary Lou"),
        ("\u200b\ufeffMary\u2060 Lou\u00ad", "Mary Lou"),
        ("\u202aMary\u202c \u200fLou\u2069", "Mary Lou"),
        ("Mary\u3164Lou\U000e0041", "Mary Lou"),
        ("Jose\u0301", "Jos\u00e9"),
        ("Jose\ufeff\u0301", "Jos\u00e9"),
        ("\u845b\U000e0100", "\u845b\U000e0100"),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u200c\u0634\u0648\u062f"),
    ],
)
def test_people_are_called_many_ways(given: str, kept: str) -> None:
    found = NAME.validate_python(given)

    assert found == kept


@pytest.mark.parametrize(
    "given",
    [
        "",
        "   ",
        "x" * 81,
        "https://evil.example",
        "HTTPS://x",
        "www.evil",
        "WWW.x",
        "evil.com",
        "evil.co.uk",
        "see evil.com now",
        "(evil.com)",
        "\u201cevil.com\u201d",
        "evil.com.",
        "evil.com/Lee",
        "x.com",
        "evil.\u200bcom",
        "mailto:lee",
        "tel:110",
        "lee@evil.org",
        "\uff45\uff56\uff49\uff4c\uff0e\uff43\uff4f\uff4d",
        "evil\u2024com",
        "evil.\u0440\u0444",
        "evil.\u092d\u093e\u0930\u0924",
        "evil\u3002\u4e2d\u56fd",
        "Dr.com",
        "Dr.com/login",
        "X.Com",
        "A.B.Com",
        "192.168.0.1/login",
        "http:/evil",
    ],
)
def test_what_looks_like_a_web_address_is_no_name(given: str) -> None:
    with pytest.raises(ValidationError):
        NAME.validate_python(given)


@pytest.mark.parametrize(
    "given",
    [
        "\u3164",
        "\u2800\u2800",
        "\u115f\u1160",
        "\u200b",
        "\u200d",
        "\u034f",
        "\u0301\u0302",
        "\U000e0061",
        "-",
        "\ufe0f",
    ],
)
def test_a_name_that_nobody_sees_is_none(given: str) -> None:
    for field in (NAME, LABEL) if given != "-" else (NAME,):
        with pytest.raises(ValidationError):
            field.validate_python(given)


CONTROLS = "\0\n\r\t\x0b\x1b\x7f\x85\u2028\u2029\ue000\ufdd0\ufffe\uffff\U0010ffff\u202e"


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
@pytest.mark.parametrize("field", ["name", "label"])
def test_control_characters_and_noncharacters_are_part_of_no_name(field: str, control: str) -> None:
    with pytest.raises(ValidationError, match="Control characters"):
        {"name": NAME, "label": LABEL}[field].validate_python(f"Lee{control}Sherron")


@pytest.mark.parametrize("control", CONTROLS.translate(dict.fromkeys(map(ord, "\n\t\r\u2028\u2029"))), ids=ascii)
def test_a_text_holds_no_control_characters_but_lines_and_tabs(control: str) -> None:
    with pytest.raises(ValidationError, match="Control characters"):
        TEXT.validate_python(f"one{control}two")

    assert TEXT.validate_python("one\n\ttwo") == "one\n\ttwo"


@pytest.mark.parametrize("field", ["message", "signature", "text"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"], ids=ascii)
def test_every_line_break_becomes_the_same(field: str, end: str) -> None:
    adapter = {"message": MESSAGE, "signature": SIGNATURE, "text": TEXT}[field]

    found = adapter.validate_python(f"{end}one{end}{end}two{end}")

    assert found == "one\n\ntwo"


def test_lines_are_counted_as_they_are_kept() -> None:
    assert MESSAGE.validate_python("a\r\n" * 249 + "bc") == "a\n" * 249 + "bc"


def test_a_text_keeps_new_emoji_and_drops_direction_marks() -> None:
    assert SIGNATURE.validate_python("\u202dLee \U0001fae8\U0001faea\u2069") == "Lee \U0001fae8\U0001faea"


@pytest.mark.parametrize(
    "name", ["E.ON SE", "Dr.Oetker", "Node.js GmbH", "Booking.com", "www.shop", "\U0001f680", "Usher Support"]
)
def test_an_account_is_called_what_it_is_called(name: str) -> None:
    assert LABEL.validate_python(f" {name}\u200b ") == name


@given(st.sampled_from([NAME, LABEL, MESSAGE, SIGNATURE]), st.text(min_size=1, max_size=30))
def test_a_text_that_was_taken_is_taken_again_as_it_is(field: TypeAdapter[str], typed: str) -> None:
    try:
        kept = field.validate_python(typed)
    except ValidationError:
        return

    assert field.validate_python(kept) == kept


@pytest.mark.parametrize(("length", "is_kept"), [(0, False), (1, True), (500, True), (501, False)])
def test_a_message_has_up_to_500_characters(length: int, is_kept: bool) -> None:
    kept = True

    try:
        MESSAGE.validate_python("x" * length)
    except ValidationError:
        kept = False

    assert kept is is_kept


def test_a_message_may_say_where_something_is() -> None:
    found = MESSAGE.validate_python("  See https://example.org\n")

    assert found == "See https://example.org"


def test_someone_who_has_one_name_is_shown_without_a_gap() -> None:
    shown = [full_name("Lee", ""), full_name("Lee", "Sherron")]

    assert shown == ["Lee", "Lee Sherron"]


def test_a_signature_has_lines_and_up_to_a_thousand_characters() -> None:
    assert SIGNATURE.validate_python(" Lee\n\tSherron\n") == "Lee\n\tSherron"
    assert SIGNATURE.validate_python("x" * 1_000) == "x" * 1_000


@pytest.mark.parametrize("given", ["", " \n", "x" * 1_001, "a\0b", "a\x0bb", "a\ufffeb", "\u202eevil"])
def test_a_signature_is_plain_text(given: str) -> None:
    with pytest.raises(ValidationError):
        SIGNATURE.validate_python(given)


@pytest.mark.parametrize("character", ["\n", "\r\n", "\t", "\x0b", "\x1f", "\x85", "\u2028"])
@pytest.mark.parametrize("field", [NAME, LABEL])
def test_control_characters_are_refused_at_either_end_of_a_name(field: TypeAdapter[str], character: str) -> None:
    for name in (f"{character}Lee", f"Lee{character}", f"Lee {character}"):
        with pytest.raises(ValidationError):
            field.validate_python(name)


@pytest.mark.parametrize(
    ("given", "milliseconds"),
    [
        ("2031-05-01T12:00Z", 0),
        ("2031-05-01T12:00:00Z", 0),
        ("2031-05-01T12:00:00.5Z", 500),
        ("2031-05-01T12:00:00.123Z", 123),
        ("2031-05-01T12:00:00.123999Z", 123),
        ("2031-05-01T12:00:00.123999999Z", 123),
    ],
)
def test_a_moment_has_milliseconds_and_further_digits_are_cut_off(given: str, milliseconds: int) -> None:
    assert MOMENT.validate_python(given) == datetime(2031, 5, 1, 12, microsecond=milliseconds * 1_000, tzinfo=UTC)


@pytest.mark.parametrize(
    "given", ["2031-05-01T12:0000Z", "2031-05-01T12:00:000Z", "2031-05-01T12:00:00.1239999999Z", "2031-05-01T12:00:00"]
)
def test_what_is_no_moment_in_utc_is_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(given)


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        (OptionalMessage, "", None),
        (OptionalMessage, " \r\n ", None),
        (OptionalMessage, None, None),
        (OptionalMessage, " Welcome\r\n", "Welcome"),
        (OptionalReference, "", None),
        (OptionalReference, " R-7", " R-7"),
        (OptionalReturnPath, "", None),
        (OptionalReturnPath, "/boards", "/boards"),
    ],
)
def test_an_optional_text_that_is_empty_is_not_given(field: Any, given: str | None, kept: str | None) -> None:
    assert TypeAdapter(field).validate_python(given, strict=True) == kept


@pytest.mark.parametrize("field", [OptionalMessage, OptionalReference, OptionalReturnPath])
@pytest.mark.parametrize("given", [7, "x" * 501, "\x00"])
def test_an_optional_text_is_refused_as_any_other(field: Any, given: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(field).validate_python(given, strict=True)


def test_permissions_are_kept_once_each_in_their_order() -> None:
    given = ("tasks.view", "contacts.view", "tasks.view")

    assert TypeAdapter(Permissions).validate_python(given) == ("tasks.view", "contacts.view")


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({"contact": "a", "zebra": "b"}, {("for each type", "zebra", "[key]")}),
        ({"contact": 7}, {("for each type", "contact")}),
        ({}, {("for each type",)}),
        (7, {("for all",)}),
        ("x" * 101, {("for all",)}),
    ],
)
def test_who_gets_the_records_is_judged_in_the_form_that_is_given(given: object, places: set[tuple[str, ...]]) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(ReassignTo).validate_python(given, strict=True)

    assert {error["loc"] for error in refused.value.errors()} == places
