"""What a person is called and how they are reached: names, phones, texts that people write (rule 2)."""

import functools
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
        message = "This looks like a web address; put a space after a dot."
        raise ValueError(message)
    if not any(map(str.isalnum, name)):
        message = "A name needs a letter."
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
Signature = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000), AfterValidator(_plain_text)
]
Address = Annotated[str, StringConstraints(max_length=320), AfterValidator(addresses.canonical)]


class Phone(Model):
    """A number as E.164 keeps it: `country_code` with its plus sign, `number` the national significant digits."""

    country_code: Annotated[str, Field(max_length=6)]
    number: Annotated[str, Field(max_length=32)]

    model_config = ConfigDict(extra="forbid")


def valid_phone(phone: Phone) -> Phone:
    """The phone in its normal form; raises ValueError with a sentence if there can be no such number."""
    import phonenumbers  # noqa: PLC0415 (loaded by the few requests that bring a phone)

    try:
        parsed = phonenumbers.parse(f"{phone.country_code} {phone.number}")
    except phonenumbers.NumberParseException as error:
        message = "The country code is not known."
        raise ValueError(message) from error
    if phone.country_code != f"+{parsed.country_code}" or not phonenumbers.is_valid_number(parsed):
        message = "There is no such phone number in that country."
        raise ValueError(message)
    return Phone(country_code=phone.country_code, number=phonenumbers.national_significant_number(parsed))


GivenPhone = Annotated[Phone, AfterValidator(valid_phone)]


@functools.cache
def _time_zones() -> frozenset[str]:
    from importlib.resources import files  # noqa: PLC0415 (loaded by the few requests that bring a time zone)

    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


def _known_time_zone(name: str) -> str:
    if name not in _time_zones():
        message = "There is no such time zone; use a name such as Europe/Berlin."
        raise ValueError(message)
    return name


TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_time_zone)]


def full_name(first_name: str, last_name: str) -> str:
    """As it is shown."""
    return f"{first_name} {last_name}".strip()
