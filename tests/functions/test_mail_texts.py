import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from pydantic import ValidationError

from functions.send_mail import rendering
from functions.send_mail.composing import compose
from functions.send_mail.rendering import MailKind, MailText, render, supported

SENT_FROM = Path(rendering.__file__).parent
LINK = "https://console.example/invite#v1.ab123.lee.1.m.mac"
EXPIRES_AT = datetime(2026, 11, 28, 14, 5, tzinfo=UTC)
EXPIRY = "Saturday, 28 November 2026 at 14:05 UTC"
HARMLESS: Mapping[str, object] = {
    "product_name": "Usher",
    "account_id": "ab123",
    "account_name": "Northwind",
    "person_name": "Lee Sherron",
    "person_email": "lee@example.org",
    "help_url": "https://console.example/help",
    "inviter_name": "Ann Admin",
    "role": "administrator",
    "link": LINK,
    "expires_at": EXPIRES_AT,
    "message": "Hello",
    "console_url": "https://console.example/ab123",
    "users_url": "https://console.example/ab123/users",
}
LINKABLE = [
    "https://evil.example/path",
    "HTTP://192.0.2.1/x",
    "www.evil.example",
    "evil.example/path?a=b",
    "lee@evil.example",
    "mailto:lee",
    "tel:0123456",
    r"\\evil\share",
    "https\uff1a//evil\u3002example",
    "https://ev\u200bil.\u200dexample",
    "<a href='https://evil.example'>here</a>",
    "[here](https://evil.example)",
]
HOSTILE = [
    *LINKABLE,
    "Lee\r\nBcc: victim@evil.example\r\n\r\n<script>alert(1)</script>",
    "Lee\u2028Bcc: victim\x85X: y\x0b\x00\x1b[31m",
    "=?utf-8?q?Lee=0D=0ABcc:_victim=40evil.example?=",
    "\u202eeeL\u202c \u2066\u2067\u200f\u200e\u061cLee\u00ad\ufeff\U000e0041",
    '" <victim@evil.example>, "Lee',
    "{link} {0} {account_name.__class__} {{ link }} {% raw %}",
    "--></style></title><!--[if mso]><img src=x onerror=alert(1)>",
    "\ud800Lee",
    "L" * 5000,
    "\u00c4, \u00d6; (\u6f22\u5b57) " * 200,
]
# What some mail program or other would make a link of.
AUTOLINKED = re.compile(r"[a-z]+:[\w/\\]|www\.\w|\w[.\u3002]\u200d?\w|@\w|\\\\\w", re.IGNORECASE)
FACTS = {
    MailKind.INVITATION: ["Ann Admin", "Northwind", "as an administrator", "Hello", LINK, EXPIRY, "did not expect"],
    MailKind.ACCOUNT_INFORMATION: ["Northwind", "ab123", "https://console.example/ab123", "lee@example.org"],
    MailKind.JOINED: ["Hello Ann Admin", "Lee Sherron", "lee@example.org", "joined Northwind"],
    MailKind.EXPIRED: ["Hello Ann Admin", "Lee Sherron", "Northwind", EXPIRY, "free again", "The Users page shows"],
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


def a_mail(kind: MailKind = MailKind.INVITATION, /, **changed: object) -> MailText:
    return render(kind, language="en", values={**HARMLESS, **changed})


def a_message(mail: MailText, **changed: Any) -> EmailMessage:
    addresses = {"sender": "no-reply@usher.example", "to": "lee@example.org", "mail_id": "mail#1"}
    message = message_from_bytes(compose(mail, **{**addresses, **changed}), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def addressees(message: EmailMessage, header: str) -> list[str]:
    value = message[header]
    assert isinstance(value, AddressHeader)
    return [address.addr_spec for address in value.addresses]


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

    assert {kind for kind, name in senders.items() if name == "Ann Admin via Usher"} == {"invitation", "notify"}
    assert set(senders.values()) == {"Ann Admin via Usher", "Usher"}


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
    assert set(files) == {name for name in files if supported(name)}
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
    (copied / "languages" / "de.toml").write_text(english.replace("November", "Nov\u00e4mber"), "utf-8")

    program = (
        "from functions.send_mail.rendering import render, supported\n"
        f"import datetime; values = {dict(HARMLESS)!r}\n"
        "mail = render('invitation', language='de', values=values)\n"
        "assert supported('de') and not supported('es') and not supported('../en')\n"
        "print(ascii(mail.text), '<html lang=\"de\"' in mail.html)\n"
    )
    printed = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True, text=True)

    assert "Nov\\xe4mber" in printed.stdout
    assert printed.stdout.endswith("True\n")


def test_the_message_carries_both_parts_and_says_that_a_machine_wrote_it() -> None:
    mail = a_mail(inviter_name="J\u00f6rg \u00c5dmin", message="Gr\u00fc\u00dfe \u6f22\u5b57")

    message = a_message(mail, to_name="Lee Sherron", reply_to="ann@example.org", headers={"X-Usher-Mail": "1"})

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert (body(message, "plain"), body(message, "html")) == (mail.text, mail.html)
    assert {**message, "Content-Type": "", "MIME-Version": ""} == {
        "From": "J\u00f6rg \u00c5dmin via Usher <no-reply@usher.example>",
        "To": "Lee Sherron <lee@example.org>",
        "Reply-To": "ann@example.org",
        "Subject": "J\u00f6rg \u00c5dmin has invited you to Northwind",
        "Message-ID": "<mail-1@usher.example>",
        "Content-Language": "en",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Entity-Ref-ID": "mail-1",
        "X-Usher-Mail": "1",
        "Content-Type": "",
        "MIME-Version": "",
    }


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_changes_the_headers(hostile: str) -> None:
    mail = a_mail(inviter_name=hostile, account_name=hostile)

    raw = compose(
        mail,
        sender="no-reply@usher.example",
        to="lee@example.org",
        mail_id=hostile,
        to_name=hostile,
        headers={"X-Usher-Account": hostile},
    )

    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert message.keys() == a_message(mail, headers={"X-Usher-Account": "Northwind"}).keys()
    assert addressees(message, "From") == ["no-reply@usher.example"]
    assert addressees(message, "To") == ["lee@example.org"]
    assert not any(header.defects for header in message.values())
    assert " ".join(message["Subject"].split()) == " ".join(mail.subject.replace("=?", "= ?").split())
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "address", ["lee@a.example\r\nBcc: v@b.example", "lee@a.example, v@b.example", "l\u00e9@a.example", "lee"]
)
def test_an_address_that_is_more_than_an_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not a plain e-mail address"):
        a_message(a_mail(), to=address)
