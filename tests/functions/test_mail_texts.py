import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from functions.send_mail import rendering
from functions.send_mail.rendering import MailKind, render
from functions.send_mail.wording import languages
from shared.domain.users import Locale
from tests.functions.mail_values import EXPIRES_AT, EXPIRY, HARMLESS, HOSTILE, LINK, LINKABLE, a_mail

SENT_FROM = Path(rendering.__file__).parent
# What some mail program or other would make a link of.
AUTOLINKED = re.compile(r"[a-z]+:[\w/\\]|www\.\w|\w[.\u3002]\u200d?\w|@\w|\\\\\w", re.IGNORECASE)
FACTS = {
    MailKind.INVITATION: ["Ann Admin", "Northwind", "as an administrator", "Hello", LINK, EXPIRY, "did not expect"],
    MailKind.ACCOUNT_INFORMATION: ["Northwind", "ab123", "https://console.example/ab123", "lee@example.org"],
    MailKind.JOINED: ["Hello Ann Admin", "Lee Sherron", "lee@example.org", "joined Northwind"],
    MailKind.EXPIRED: ["Hello Ann Admin", "Lee Sherron", "Northwind", EXPIRY, "free again", "The Users page shows"],
    MailKind.BOUNCED: ["Hello Ann Admin", "Lee Sherron", "lee@example.org", "came back", "still holds its seat"],
    MailKind.DEACTIVATED: ["Hello Lee Sherron", "access to Northwind has ended", "other accounts", "not affected"],
    MailKind.NOTIFY: ["Lee Sherron has been invited to Northwind as an administrator", "Ann Admin", EXPIRY],
}


class Seen(HTMLParser):
    """What a page is made of and what its reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.text = " ".join("".join(self.texts).split())
        self.links = [value for tag, attributes in self.tags for name, value in attributes if name == "href"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] != "style":
            self.texts.append(data)


@pytest.mark.parametrize("kind", MailKind)
def test_each_mail_tells_the_same_facts_in_text_and_in_html(kind: MailKind) -> None:
    mail = a_mail(kind)

    page = Seen(mail.html)

    told = [*FACTS[kind], "Northwind", "junk folder", "https://console.example/help"]
    assert "Northwind" in mail.subject
    assert [fact for fact in told if fact not in mail.text] == []
    assert [fact for fact in told if fact not in page.text and fact not in page.links] == []


def test_a_mail_that_speaks_for_the_inviter_names_them_as_its_sender() -> None:
    senders = {kind: a_mail(kind).sender_name for kind in MailKind}

    assert {kind for kind, name in senders.items() if name == "Ann Admin via Usher"} == {
        "invitation",
        "notify",
    }
    assert set(senders.values()) == {"Ann Admin via Usher", "Usher"}


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize(
    ("language", "expiry"),
    [
        ("de", "Samstag, 28. November 2026 um 14:05 UTC"),
        ("es", "sábado, 28 de noviembre de 2026, a las 14:05 UTC"),
        ("fr", "samedi 28 novembre 2026 à 14:05 UTC"),
    ],
)
def test_each_mail_speaks_the_readers_language_and_tells_what_the_english_one_tells(
    kind: MailKind, language: str, expiry: str
) -> None:
    english, mail = a_mail(kind), a_mail(kind, language)

    page = Seen(mail.html)

    names = {"Ann Admin", "Lee Sherron", "Northwind", "ab123", "lee@example.org", LINK, "https://console.example/help"}
    told = {name for name in names if name in english.text} | ({expiry} if EXPIRY in english.text else set())
    assert {fact for fact in told if fact not in mail.text} == set()
    assert set(page.links) == set(Seen(english.html).links)
    assert f'<html lang="{language}"' in mail.html
    assert mail.subject != english.subject
    assert "{" not in mail.subject + mail.text + mail.sender_name


@pytest.mark.parametrize(
    ("role", "phrase", "seat"),
    [
        ("user", "as a user", "free"),
        ("administrator", "as an administrator", "free"),
        ("partner", "as a partner", "none"),
    ],
)
def test_the_role_decides_what_is_said_about_the_seat(role: str, phrase: str, seat: str) -> None:
    mail = a_mail(MailKind.EXPIRED, role=role)

    assert phrase in mail.text
    assert f"{seat} again" in mail.text or f"{seat} was held" in mail.text


def test_the_invitation_shows_its_link_as_a_button_and_bare() -> None:
    page = Seen(a_mail().html)

    assert page.links == [LINK, LINK, "https://console.example/help"]
    assert LINK in page.text


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("name", ["account_name", "inviter_name", "person_name", "person_email", "product_name"])
def test_no_name_changes_the_page_around_it(kind: MailKind, name: str) -> None:
    harmless = Seen(a_mail(kind).html)

    for hostile in HOSTILE:
        mail = a_mail(kind, **{name: hostile})
        assert Seen(mail.html).tags == harmless.tags
        assert len(mail.text.splitlines()) == len(a_mail(kind).text.splitlines())
        assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800\x00\x1b]", mail.text + mail.html)
        assert len(mail.subject) < 250


@pytest.mark.parametrize("name", ["message", "account_name", "inviter_name", "person_name", "product_name"])
@pytest.mark.parametrize("typed", LINKABLE)
def test_nothing_that_people_type_becomes_a_link(typed: str, name: str) -> None:
    assert AUTOLINKED.search(typed)

    mail = a_mail(**{name: f"see {typed} now"})

    page = Seen(mail.html)
    shown = mail.subject + mail.text + page.text
    for genuine in (LINK, "https://console.example/help"):
        shown = shown.replace(genuine, "")
    assert not AUTOLINKED.search(shown)
    assert set(page.links) == {LINK, "https://console.example/help"}


def test_the_message_keeps_its_lines_and_cannot_pose_as_the_mail_itself() -> None:
    mail = a_mail(message="Hi Lee,\r\n\n\n\nmeet me at 14:05.\u2028Accept here:\x0bAnn")

    assert "Message from Ann Admin:\n\n> Hi Lee,\n>\n> meet me at 14:05.\n> Accept here:\n> Ann\n\n" in mail.text
    assert "Hi Lee,<br>\n<br>\nmeet me at 14:05.<br>\nAccept here:<br>\nAnn\n</blockquote>" in mail.html


def test_a_message_ends_after_500_characters() -> None:
    mail = a_mail(message="x" * 501)

    assert "> " + "x" * 499 + "\u2026\n" in mail.text


@pytest.mark.parametrize("typed", LINKABLE)
def test_an_address_can_be_copied_and_anything_in_its_place_is_no_link(typed: str) -> None:
    mail = a_mail(MailKind.JOINED, person_email=typed)

    shown = mail.text + Seen(mail.html).text
    links = {each.group() for each in AUTOLINKED.finditer(shown.replace("https://console.example/", ""))}
    assert links == ({"@e", "l.e"} if typed == "lee@evil.example" else set())


def test_without_a_message_nothing_is_quoted() -> None:
    mail = a_mail(message=None)

    assert "Message from" not in mail.text + mail.html
    assert "blockquote" not in mail.html


def test_whoever_has_no_name_is_called_by_what_is_known() -> None:
    mail = a_mail(account_name="\u202e", inviter_name=None, person_name="")

    assert "Usher has invited you to join ab123" in mail.text
    assert "lee@" in mail.text


@pytest.mark.parametrize(
    ("offset", "expiry"),
    [
        (timedelta(0), "Saturday, 28 November 2026 at 14:05 UTC."),
        (timedelta(hours=5, minutes=30), "Saturday, 28 November 2026 at 19:35 UTC+05:30."),
        (timedelta(hours=-9, minutes=-30), "Saturday, 28 November 2026 at 04:35 UTC-09:30."),
        (timedelta(hours=10), "Sunday, 29 November 2026 at 00:05 UTC+10:00."),
    ],
)
def test_an_expiry_is_a_date_with_its_time_zone(offset: timedelta, expiry: str) -> None:
    mail = a_mail(expires_at=EXPIRES_AT.astimezone(timezone(offset)))

    assert expiry in mail.text
    assert expiry in Seen(mail.html).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": datetime(2026, 11, 28, 14, 5)},  # noqa: DTZ001 - the missing zone is the point
        {"link": "javascript:alert(1)"},
        {"link": 'https://console.example/"onclick="alert(1)'},
        {"help_url": "https://console.example/\r\nhelp"},
        {"role": "owner"},
    ],
)
def test_a_value_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_mail(**wrong)


def test_a_forgotten_value_is_refused_even_where_there_may_be_none() -> None:
    values = {name: value for name, value in HARMLESS.items() if name != "message"}

    with pytest.raises(ValidationError, match="message"):
        render(MailKind.INVITATION, language="en", values=values)


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


@pytest.mark.parametrize("fault", [("sender =", "# "), ("{role}", "{rolle}"), (" of {person_name}", "")])
def test_an_incomplete_language_is_noticed(fault: tuple[str, str]) -> None:
    english = (SENT_FROM / "languages" / "en.toml").read_text("utf-8")

    faulty = english.replace(*fault)

    assert dict(sentences(tomllib.loads(faulty))) != dict(sentences(tomllib.loads(english)))


def test_one_more_file_is_one_more_language(tmp_path: Path) -> None:
    copied = shutil.copytree(SENT_FROM, tmp_path / "functions" / "send_mail")
    english = (copied / "languages" / "en.toml").read_text("utf-8")
    (copied / "languages" / "it.toml").write_text(english.replace("November", "Nov\u00e4mber"), "utf-8")

    program = (
        "from functions.send_mail.rendering import render\n"
        "from functions.send_mail.wording import languages\n"
        f"import datetime; values = {dict(HARMLESS)!r}\n"
        "mail = render('invitation', language='it', values=values)\n"
        "assert 'it' in languages() and 'pt' not in languages()\n"
        "print(ascii(mail.text), '<html lang=\"it\"' in mail.html)\n"
    )
    printed = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True, text=True)

    assert "Nov\\xe4mber" in printed.stdout
    assert printed.stdout.endswith("True\n")
