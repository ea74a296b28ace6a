"""The sentences of a language, as its file in `languages/` holds them, and how that language writes a moment."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_FILES = {file.stem: file for file in (Path(__file__).parent / "languages").glob("*.toml")}


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sentences(_Model):
    """One kind of mail, from top to bottom; what is empty is left out."""

    sender: str
    subject: str
    preheader: str
    heading: str
    greeting: str = ""
    paragraphs: tuple[str, ...]
    quotation: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    button: str = ""
    bare_link: str = ""
    validity: str = ""
    notes: tuple[str, ...] = ()


class Role(_Model):
    """How a role is spoken of, and its seat: what becomes of it when an invitation ends, and while one waits."""

    phrase: str
    seat: str
    held: str


class Footer(_Model):
    """What ends every mail."""

    junk: str
    help: str
    origin: str


class Dates(_Model):
    """How a moment is written; weekdays begin with Monday."""

    pattern: str
    weekdays: tuple[str, str, str, str, str, str, str]
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]


class Wording(_Model):
    """One file of sentences."""

    dates: Dates
    roles: Mapping[str, Role]
    footer: Footer
    mails: Mapping[str, Sentences]


def languages() -> frozenset[str]:
    return frozenset(_FILES)


@cache
def wording(language: str) -> Wording:
    """Raises KeyError for a language that has no file."""
    return Wording.model_validate(tomllib.loads(_FILES[language].read_text(encoding="utf-8")))


def moment(at: datetime, *, dates: Dates) -> str:
    """Date, time and zone; the zone as its distance from UTC, for abbreviations mean different zones."""
    return dates.pattern.format(
        weekday=dates.weekdays[at.weekday()],
        day=at.day,
        month=dates.months[at.month - 1],
        year=at.year,
        time=f"{at:%H:%M}",
        zone=_zone(at.utcoffset() or timedelta()),
    )


def _zone(offset: timedelta) -> str:
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"UTC{sign}{hours:02}:{minutes:02}" if offset else "UTC"
