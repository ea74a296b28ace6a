"""Fields that people fill in: names, phones, texts (rule 2)."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from shared.domain.model import addresses
from shared.domain.model.base import Model

_LIKE_A_URL = r"(?i)://|www\.|mailto:|\S[.\u3002][^\W\d_]{2,}"
_DIRECTION_MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or character in _DIRECTION_MARKS


def _plain_name(name: str) -> str:
    if any(map(_is_control, name)):
        message = "Control characters cannot be part of a name."
        raise ValueError(message)
    if re.search(_LIKE_A_URL, unicodedata.normalize("NFKC", name)):
        message = "This looks like a web address. Put a space after the dot."
        raise ValueError(message)
    if not any(map(str.isalnum, name)):
        message = "A name must contain a letter."
        raise ValueError(message)
    return name


def _plain_text(text: str) -> str:
    if any(_is_control(character) for character in text if character not in "\n\t"):
        message = "Control characters cannot be part of the text."
        raise ValueError(message)
    return text


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_plain_name)
]
Message = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_plain_text)
]
ShortText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_plain_text)
]
Label = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_plain_text)
]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(_plain_text)]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_plain_text)]
Signature = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000), AfterValidator(_plain_text)
]
Address = Annotated[str, StringConstraints(max_length=320), AfterValidator(addresses.canonical)]


class Phone(Model):
    """An E.164 number: `country_code` with its plus sign, `number` the national significant digits."""

    country_code: Annotated[str, Field(max_length=6)]
    number: Annotated[str, Field(max_length=32)]

    model_config = ConfigDict(extra="forbid")


def valid_phone(phone: Phone) -> Phone:
    """Return the phone in normal form; raises ValueError with a sentence for an impossible number."""
    import phonenumbers  # noqa: PLC0415 (loaded by the few requests that bring a phone)

    try:
        parsed = phonenumbers.parse(f"{phone.country_code} {phone.number}")
    except phonenumbers.NumberParseException as error:
        message = "This country code does not exist."
        raise ValueError(message) from error
    if phone.country_code != f"+{parsed.country_code}" or not phonenumbers.is_valid_number(parsed):
        message = "This is not a valid phone number in that country."
        raise ValueError(message)
    return Phone(country_code=phone.country_code, number=phonenumbers.national_significant_number(parsed))


GivenPhone = Annotated[Phone, AfterValidator(valid_phone)]


def full_name(first_name: str, last_name: str) -> str:
    """As it is shown."""
    return f"{first_name} {last_name}".strip()
