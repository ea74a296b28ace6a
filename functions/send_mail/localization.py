"""The sentences of a language, read from its file in `languages/`, and how that language writes dates."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_FILES = {file.stem: file for file in (Path(__file__).parent / "languages").glob("*.toml")}


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MailSentences(_Model):
    """The sentences of one kind of mail, from top to bottom; empty ones are left out.

    `person` is a line about each of many people.
    """

    sender: str
    subject: str
    preheader: str
    heading: str
    greeting: str = ""
    paragraphs: tuple[str, ...]
    person: str = ""
    quotation: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    button: str = ""
    bare_link: str = ""
    validity: str = ""
    notes: tuple[str, ...] = ()


class RolePhrases(_Model):
    """A role in a sentence, and two sentences about its seat: after the invitation has ended, and while it is open."""

    phrase: str
    seat: str
    held: str


class Footer(_Model):
    """The end of every mail; `origin` names the account, and is left out of a mail without one."""

    junk: str
    help: str
    origin: str


class DateFormat(_Model):
    """How a moment is written; weekdays begin with Monday. `first_day` is how the first of a month is written."""

    pattern: str
    first_day: str
    weekdays: tuple[str, str, str, str, str, str, str]
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]


class Localization(_Model):
    """The content of one language file."""

    dates: DateFormat
    roles: Mapping[str, RolePhrases]
    happened: Mapping[str, str]
    seat_kinds: Mapping[str, str]
    footer: Footer
    mails: Mapping[str, MailSentences]


def languages() -> frozenset[str]:
    """Return the languages that have a file."""
    return frozenset(_FILES)


@cache
def localization(language: str) -> Localization:
    """Read the file of a language; raises KeyError if it has none."""
    return Localization.model_validate(tomllib.loads(_FILES[language].read_text(encoding="utf-8")))


def format_moment(at: datetime, *, dates: DateFormat) -> str:
    """Format date, time and zone; the zone as its offset from UTC, since abbreviations are ambiguous."""
    return dates.pattern.format(
        weekday=dates.weekdays[at.weekday()],
        day=dates.first_day if at.day == 1 else at.day,
        month=dates.months[at.month - 1],
        year=at.year,
        time=f"{at:%H:%M}",
        zone=_zone(at.utcoffset() or timedelta()),
    )


def _zone(offset: timedelta) -> str:
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"UTC{sign}{hours:02}:{minutes:02}" if offset else "UTC"
