"""Fields that people fill in: names, phones, texts (rule 2)."""

import re
from datetime import datetime
from typing import Annotated, Never

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from shared.domain.model import addresses, characters, names, phones, web_addresses
from shared.domain.model.values import Model


def _one_line(text: object) -> object:
    return characters.one_line(text) if isinstance(text, str) else text


def _lines(text: object) -> object:
    return characters.lines(text) if isinstance(text, str) else text


def _plain_title(title: str) -> str:
    if any(map(characters.is_refused, title)):
        message = "Control characters cannot be part of a title."
        raise ValueError(message)
    return title


def _plain_label(label: str) -> str:
    if any(map(characters.is_refused, label)):
        message = "Control characters cannot be part of a name."
        raise ValueError(message)
    if not characters.is_visible(label):
        message = "A name must contain a letter or a number."
        raise ValueError(message)
    return label


def _plain_text(text: str) -> str:
    if any(characters.is_refused(character) for character in text if character not in "\n\t"):
        message = "Control characters cannot be part of the text."
        raise ValueError(message)
    return text


def _text(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


_Line = Annotated[str, StringConstraints(min_length=1, max_length=80), BeforeValidator(_one_line)]
Name = Annotated[_Line, AfterValidator(names.person_name)]
Label = Annotated[_Line, AfterValidator(_plain_label)]
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200),
    BeforeValidator(_one_line),
    AfterValidator(_plain_title),
]
Message = Annotated[str, _text(500), BeforeValidator(_lines), AfterValidator(_plain_text)]
ShortText = Annotated[str, _text(200), BeforeValidator(_lines), AfterValidator(_plain_text)]
Description = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=300),
    BeforeValidator(_lines),
    AfterValidator(_plain_text),
]
Signature = Annotated[str, _text(1_000), BeforeValidator(_lines), AfterValidator(_plain_text)]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_plain_text)]
ReturnPath = Annotated[str, StringConstraints(max_length=500), AfterValidator(web_addresses.return_path)]


def _given(text: object) -> object:
    """Return None for an empty text, as a form sends a field that nobody filled in."""
    return None if text == "" else text


def _given_lines(text: object) -> object:
    return _given(characters.lines(text).strip()) if isinstance(text, str) else text


def _optional(longest: int) -> object:
    return Annotated[str, Field(max_length=longest)] | None


OptionalMessage = Annotated[Message | None, BeforeValidator(_given_lines, json_schema_input_type=_optional(500))]
OptionalSignature = Annotated[Signature | None, BeforeValidator(_given_lines, json_schema_input_type=_optional(1_000))]
OptionalReference = Annotated[Reference | None, BeforeValidator(_given, json_schema_input_type=_optional(200))]
OptionalReturnPath = Annotated[ReturnPath | None, BeforeValidator(_given, json_schema_input_type=_optional(500))]
GivenUserId = Annotated[str, Field(max_length=100)]  # Of any form: one that is no id is unknown.
Address = Annotated[str, StringConstraints(max_length=addresses.MAX_GIVEN_LENGTH), AfterValidator(addresses.canonical)]


def _moment(text: object) -> datetime:
    """Return the moment in milliseconds; further digits of a second are cut off."""
    match = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    try:
        return datetime.fromisoformat(f"{match[1]}Z") if match else _refused_moment()
    except ValueError:
        return _refused_moment()


def _refused_moment() -> Never:
    raise ValueError("Use a moment in UTC, such as 2031-05-01T12:00:00Z.")


_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?)(?:(?<=\.[0-9]{3})[0-9]{1,6})?Z"
)
GivenMoment = Annotated[
    datetime, PlainValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"}, mode="validation")
]


class Phone(Model):
    """An E.164 number: `country_code` with its plus sign, `number` the national significant digits."""

    country_code: Annotated[str, Field(max_length=16)]
    number: Annotated[str, Field(max_length=40)]

    model_config = ConfigDict(extra="forbid")


class _Dialled(Phone):
    """What is wrong with a phone is said of the half that is wrong."""

    @field_validator("country_code")
    @classmethod
    def _known(cls, text: str) -> str:
        return phones.calling_code(text)

    @field_validator("number")
    @classmethod
    def _possible(cls, text: str, info: ValidationInfo) -> str:
        code = info.data.get("country_code")
        return phones.national_number(text, country_code=code) if code else text


def _normal_phone(phone: Phone) -> Phone:
    return Phone(**_Dialled(**phone.model_dump()).model_dump())


GivenPhone = Annotated[Phone, AfterValidator(_normal_phone)]


def full_name(first_name: str, last_name: str) -> str:
    """Return the full name as it is shown."""
    return f"{first_name} {last_name}".strip()
