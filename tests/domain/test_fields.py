from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.api.time_zones import TimeZone
from shared.domain.model import addresses
from shared.domain.model.fields import Address, GivenPhone, Message, Name, ShortText, Signature, full_name

NAME: TypeAdapter[str] = TypeAdapter(Name)
MESSAGE: TypeAdapter[str] = TypeAdapter(Message)
TEXT: TypeAdapter[str] = TypeAdapter(ShortText)
ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
PHONE: TypeAdapter[Any] = TypeAdapter(GivenPhone)
ZONE: TypeAdapter[str] = TypeAdapter(TimeZone)
SIGNATURE: TypeAdapter[str] = TypeAdapter(Signature)


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
        "see evil.com now",
        "Lee.Sherron",
        "\uff45\uff56\uff49\uff4c\uff0e\uff43\uff4f\uff4d",
        "evil\u2024com",
        "evil.\u0440\u0444",
    ],
)
def test_what_looks_like_a_web_address_is_no_name(given: str) -> None:
    with pytest.raises(ValidationError):
        NAME.validate_python(given)


CONTROLS = (
    "\0\n\r\t\x0b\x1b\x7f\x85\u2028\u2029\ue000\u0378"
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_neither_a_control_character_nor_a_direction_mark_is_part_of_a_name(control: str) -> None:
    with pytest.raises(ValidationError, match="Control characters"):
        NAME.validate_python(f"Lee{control}Sherron")


@pytest.mark.parametrize("control", CONTROLS.replace("\n", "").replace("\t", ""), ids=ascii)
def test_a_text_holds_no_control_characters_but_lines_and_tabs(control: str) -> None:
    with pytest.raises(ValidationError, match="Control characters"):
        TEXT.validate_python(f"one{control}two")

    assert TEXT.validate_python("one\n\ttwo") == "one\n\ttwo"


@pytest.mark.parametrize(("length", "is_kept"), [(0, False), (1, True), (500, True), (501, False)])
def test_a_message_has_up_to_500_characters(length: int, is_kept: object) -> None:
    kept = True

    try:
        MESSAGE.validate_python("x" * length)
    except ValidationError:
        kept = False

    assert kept is is_kept


def test_a_message_may_say_where_something_is() -> None:
    found = MESSAGE.validate_python("  See https://example.org\n")

    assert found == "See https://example.org"


def test_whoever_has_one_name_is_shown_without_a_gap() -> None:
    shown = [full_name("Lee", ""), full_name("Lee", "Sherron")]

    assert shown == ["Lee", "Lee Sherron"]


# ---- addresses ----


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("lee@example.org", "lee@example.org"),
        ("Lee.Sherron@Example.ORG", "lee.sherron@example.org"),
        ("L.E.E+Sales@example.org", "l.e.e+sales@example.org"),
        ("lee@b\u00fccher.example", "lee@xn--bcher-kva.example"),
        ("LEE@B\u00dcCHER.example", "lee@xn--bcher-kva.example"),
        ("lee@xn--bcher-kva.example", "lee@xn--bcher-kva.example"),
        ("lee@XN--BCHER-KVA.example", "lee@xn--bcher-kva.example"),
        ("lee@\uff45xample.org", "lee@example.org"),
        ("o'neil_99%x=y@mail.example.co.uk", "o'neil_99%x=y@mail.example.co.uk"),
        ("l" * 60 + "@" + "d" * 63 + ".org", "l" * 60 + "@" + "d" * 63 + ".org"),
    ],
)
def test_an_address_has_one_form(given: str, canonical: str) -> None:
    found = addresses.canonical(given)

    assert found == canonical
    assert addresses.canonical(found) == found


@pytest.mark.parametrize(
    "given",
    [
        "",
        "lee",
        "@example.org",
        "lee@",
        "lee@example",
        "lee@@example.org",
        "lee@example..org",
        ".lee@example.org",
        "lee.@example.org",
        "l..e@example.org",
        " lee@example.org",
        "lee@example.org ",
        "lee@example.org\n",
        "lee\r\nBcc: x@example.org",
        "lee@example.org,ann@example.org",
        "Lee <lee@example.org>",
        '"lee"@example.org',
        "lee@[192.0.2.1]",
        "lee@192.0.2.1",
        "l\u00e9e@example.org",
        "lee\u200b@example.org",
        "lee@exa mple.org",
        "lee@-example.org",
        "lee@example.org.",
        "lee@" + "d" * 64 + ".org",
        "l" * 61 + "@" + "d" * 63 + ".org",
        "lee@" + "\u00fc" * 62 + ".org",
        "l" * 400 + "@example.org",
    ],
)
def test_what_is_no_address_or_too_long_is_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        ADDRESS.validate_python(given)


# ---- phones ----


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("+44", "2079460000"), ("+44", "2079460000")),
        (("+44", "020 7946 0000"), ("+44", "2079460000")),
        (("+49", "(030) 1234567"), ("+49", "301234567")),
        (("+1", "212-555-2368"), ("+1", "2125552368")),
        (("+39", "06 698 81234"), ("+39", "0669881234")),
    ],
)
def test_a_phone_is_kept_as_its_national_digits(given: tuple[str, str], kept: tuple[str, str]) -> None:
    found = PHONE.validate_python({"country_code": given[0], "number": given[1]})

    assert (found.country_code, found.number) == kept


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"country_code": "+44"},
        {"number": "2079460000"},
        {"country_code": None, "number": "2079460000"},
        {"country_code": "+44", "number": ""},
        {"country_code": "", "number": "2079460000"},
        {"country_code": "44", "number": "2079460000"},
        {"country_code": "+44", "number": "1"},
        {"country_code": "+44", "number": "abc"},
        {"country_code": "+999", "number": "2079460000"},
        {"country_code": "+4", "number": "42079460000"},
        {"country_code": "+44", "number": "2" * 33},
        {"country_code": "+4444444", "number": "2079460000"},
    ],
)
def test_a_phone_is_a_whole_pair_that_can_be_dialled(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PHONE.validate_python(given)


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "America/Argentina/Ushuaia", "Asia/Calcutta", "Etc/GMT+5"])
def test_a_time_zone_has_a_name_of_the_list(name: str) -> None:
    assert ZONE.validate_python(name) == name


@pytest.mark.parametrize("name", ["", "Berlin", "europe/berlin", "Europe/Berlin ", "../etc/passwd", "Europe", "GMT+25"])
def test_no_other_name_is_a_time_zone(name: str) -> None:
    with pytest.raises(ValidationError, match="time zone does not exist"):
        ZONE.validate_python(name)


def test_a_signature_has_lines_and_up_to_a_thousand_characters() -> None:
    assert SIGNATURE.validate_python(" Lee\n\tSherron\n") == "Lee\n\tSherron"
    assert SIGNATURE.validate_python("x" * 1_000) == "x" * 1_000


@pytest.mark.parametrize("given", ["", " \n", "x" * 1_001, "a\0b", "a\rb", "\u202eevil"])
def test_a_signature_is_plain_text(given: str) -> None:
    with pytest.raises(ValidationError):
        SIGNATURE.validate_python(given)
