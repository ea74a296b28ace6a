import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from functions.send_mail import rendering
from functions.send_mail.localization import format_moment, languages, localization
from shared.domain.model.mails import MailKind
from shared.domain.model.users import Locale
from tests.functions.mail_values import EXPIRY, HARMLESS, HELP, LINK, USER, USERS, Seen, a_mail

SENT_FROM = Path(rendering.__file__).parent
NAMES = {"Ann Admin", "Amy Other", "Lee Sherron", "Northwind", "ab123", "lee@example.org", LINK, HELP, USER, USERS}


def test_every_kind_of_mail_has_its_values() -> None:
    assert set(rendering.VALUES) == set(MailKind)


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("language", sorted(languages()))
def test_each_mail_names_the_help_page_and_the_junk_folder(kind: MailKind, language: str) -> None:
    mail, footer = a_mail(kind, language), localization(language).footer

    page = Seen(mail.html)

    assert f"{footer.junk}\n\n{footer.help}:\n{HELP}" in mail.text
    assert f"{footer.junk} {footer.help} " in f"{page.text} "
    assert page.links[-1] == HELP


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Friday, 1 January 2027", "Saturday, 2 January 2027"),
        ("fr", "vendredi 1er janvier 2027", "samedi 2 janvier 2027"),
    ],
)
def test_the_first_of_a_month_is_written_as_the_language_writes_it(language: str, first: str, second: str) -> None:
    written = [
        format_moment(datetime(2027, 1, day, 9, 30, tzinfo=UTC), dates=localization(language).dates) for day in (1, 2)
    ]

    assert [moment.startswith(day) for moment, day in zip(written, (first, second), strict=True)] == [True, True]


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize(
    ("language", "expiry"),
    [
        ("de", "Samstag, 28. November 2026, um 14:05 Uhr (UTC)"),
        ("es", "sábado 28 de noviembre de 2026 (14:05 UTC)"),
        ("fr", "samedi 28 novembre 2026 à 14:05 UTC"),
    ],
)
def test_each_translation_has_the_facts_and_links_of_the_english_mail(
    kind: MailKind, language: str, expiry: str
) -> None:
    english, mail = a_mail(kind), a_mail(kind, language)

    page = Seen(mail.html)

    facts = {name for name in NAMES if name in english.text} | ({expiry} if EXPIRY in english.text else set())
    assert {fact for fact in facts if fact not in mail.text} == set()
    assert set(page.links) == set(Seen(english.html).links)
    assert f'<html lang="{language}"' in mail.html
    assert mail.subject != english.subject
    assert "{" not in mail.subject + mail.text + mail.sender_name


def sentences(file: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Each key of a language file with the values that stand in its sentence or sentences."""
    for key, value in file.items():
        if isinstance(value, Mapping):
            yield from sentences(value, f"{path}/{key}")
        else:
            yield f"{path}/{key}", frozenset(field for _, field, *_ in Formatter().parse(str(value)) if field)


def test_every_language_has_the_same_keys_and_values() -> None:
    files = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in (SENT_FROM / "languages").iterdir()}

    expected = dict(sentences(files["en"]))

    assert {name for name, file in files.items() if dict(sentences(file)) != expected} == set()
    assert languages() == set(files) == set(get_args(Locale))
    assert set(files["en"]["mails"]) == set(MailKind)
    assert expected["/mails/notify/subject"] == {"person_name", "account_name"}


def test_french_keeps_its_punctuation_with_the_word_beside_it() -> None:
    french = (SENT_FROM / "languages" / "fr.toml").read_text("utf-8")

    assert re.findall(r".* [:;?!»].*|.*« .*", french) == []


@pytest.mark.parametrize("fault", [("sender =", "# "), ("{role}", "{rolle}"), (" of {person_name}", "")])
def test_an_incomplete_language_differs_from_the_english_file(fault: tuple[str, str]) -> None:
    english = (SENT_FROM / "languages" / "en.toml").read_text("utf-8")

    faulty = english.replace(*fault)

    assert dict(sentences(tomllib.loads(faulty))) != dict(sentences(tomllib.loads(english)))


def test_a_further_file_adds_a_language(tmp_path: Path) -> None:
    copied = shutil.copytree(SENT_FROM, tmp_path / "functions" / "send_mail")
    (copied.parent / "__init__.py").touch()
    english = (copied / "languages" / "en.toml").read_text("utf-8")
    (copied / "languages" / "it.toml").write_text(english.replace("November", "Nov\u00e4mber"), "utf-8")

    program = (
        "from functions.send_mail.rendering import render\n"
        "from functions.send_mail.localization import languages\n"
        f"import datetime; values = {dict(HARMLESS)!r}\n"
        "mail = render('invitation', language='it', values=values)\n"
        "assert 'it' in languages() and 'pt' not in languages()\n"
        "print(ascii(mail.text), '<html lang=\"it\"' in mail.html)\n"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
        capture_output=True,
        text=True,
    )

    assert "Nov\\xe4mber" in printed.stdout
    assert printed.stdout.endswith("True\n")
