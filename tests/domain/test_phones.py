"""Phone numbers are kept as country code and national digits."""

import re
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.domain.model.fields import GivenPhone

PHONE: TypeAdapter[Any] = TypeAdapter(GivenPhone)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("+44", "2079460000"), ("+44", "2079460000")),
        (("+44", "020 7946 0000"), ("+44", "2079460000")),
        (("+49", "(030) 1234567"), ("+49", "301234567")),
        (("+1", "212-555-2368"), ("+1", "2125552368")),
        (("+39", "06 698 81234"), ("+39", "0669881234")),
        (("+44", "\u202d2079460000\u202c"), ("+44", "2079460000")),
        (("\u202a+44 ", "7946\u2013000\u2012123"), ("+44", "7946000123")),
        (("+44", "+44 20 7946\u20110000"), ("+44", "2079460000")),
        (("+44", "0044 (0)20 7946 0000"), ("+44", "2079460000")),
        (("+ 49", "(+49) 30\u200a1234567"), ("+49", "301234567")),
        (("+49", "030/123.45.67"), ("+49", "301234567")),
        (("+20", "\u0661\u0660\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667"), ("+20", "1001234567")),
        (("+\u096f\u0967", "\u096f\u096e\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e"), ("+91", "9812345678")),
        (("\uff0b\uff18\uff11", "\uff10\uff13\uff0d1234\u22125678"), ("+81", "312345678")),
        (("+1", "555-0100"), ("+1", "5550100")),
        (("+1", "(999) 555-0199"), ("+1", "9995550199")),
        (("+52", "1 55 1234 5678"), ("+52", "5512345678")),
        (("+800", "1234 5678"), ("+800", "12345678")),
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
        {"country_code": "+44", "number": "2079460000" + "-" * 40},
        {"country_code": "+4444444", "number": "2079460000"},
    ],
)
def test_a_phone_is_a_whole_pair_that_can_be_dialled(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PHONE.validate_python(given)


@pytest.mark.parametrize(
    ("code", "number", "half", "sentence"),
    [
        ("+999", "2079460000", "country_code", "does not exist"),
        ("44", "2079460000", "country_code", "plus sign"),
        ("", "2079460000", "country_code", "does not exist"),
        ("+44", "+49 30 1234567", "number", "a country code other than +44"),
        ("+44", "0049 30 1234567", "number", "a country code other than +44"),
        ("+1", "202-555-0100 ext 5", "number", "Extensions are not supported"),
        ("+1", "202-555-0100x5", "number", "Extensions are not supported"),
        ("+1", "202-555-0100,5", "number", "Extensions are not supported"),
        ("+1", "202-555-0100#5", "number", "Extensions are not supported"),
        ("+49", "030 1234567 Durchwahl 5", "number", "Extensions are not supported"),
        ("+1", "2025550100;ext=5", "number", "Extensions are not supported"),
        ("+44", "12", "number", "not a valid phone number"),
        ("+44", "442079460000", "number", "not a valid phone number"),
        ("+44", " ", "number", "Use digits only"),
    ],
)
def test_the_wrong_half_of_a_phone_is_named(code: str, number: str, half: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(sentence)) as refused:
        PHONE.validate_python({"country_code": code, "number": number})

    assert [error["loc"] for error in refused.value.errors()] == [(half,)]
