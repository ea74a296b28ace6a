import html
import re
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from functions.send_mail.composing import compose
from functions.send_mail.localization import languages
from functions.send_mail.rendering import MailText
from shared.domain.model.mails import MailKind
from tests.factories import text_of
from tests.functions.mail_values import HOSTILE, NAMED, a_mail

HEADERS = [
    "From",
    "To",
    "Subject",
    "Message-ID",
    "Content-Language",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "X-Entity-Ref-ID",
]
PARTS = ["multipart/alternative", "text/plain", "text/html"]


def a_message(mail: MailText, **changed: Any) -> EmailMessage:
    addresses = {"sender": "no-reply@usher.example", "to": "lee@example.org", "mail_id": "mail#1"}
    message = message_from_bytes(compose(mail, **{**addresses, **changed}), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def bodies(message: EmailMessage) -> tuple[str, str]:
    """Return text and page; the page's characters beyond ASCII are written as references."""
    return text_of(message, "plain"), html.unescape(text_of(message, "html"))


def addressees(message: EmailMessage, header: str) -> list[str]:
    value = message[header]
    assert isinstance(value, AddressHeader)
    return [address.addr_spec for address in value.addresses]


def test_a_message_has_both_parts_and_the_headers_of_an_automatic_mail() -> None:
    mail = a_mail(inviter_name="J\u00f6rg \u00c5dmin", message="Gr\u00fc\u00dfe \u6f22\u5b57")

    message = a_message(mail, to_name="Lee Sherron", headers={"X-Usher-Mail": "1"})

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert bodies(message) == (mail.text, html.unescape(mail.html))
    assert {**message, "Content-Type": "", "MIME-Version": ""} == {
        "From": "J\u00f6rg \u00c5dmin via Usher <no-reply@usher.example>",
        "To": "Lee Sherron <lee@example.org>",
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


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("language", sorted(languages()))
def test_names_cannot_inject_headers(kind: MailKind, language: str) -> None:
    for hostile in HOSTILE:
        mail = a_mail(kind, language, **dict.fromkeys([*NAMED, "person_email", "message"], hostile))

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
        assert message.keys() == [*HEADERS, "X-Usher-Account", "MIME-Version", "Content-Type"]
        assert addressees(message, "From") == ["no-reply@usher.example"]
        assert addressees(message, "To") == ["lee@example.org"]
        assert (message["Content-Language"], message["Auto-Submitted"]) == (language, "auto-generated")
        assert re.fullmatch(r"<[A-Za-z0-9.-]+@usher\.example>", message["Message-ID"])
        assert not any(header.defects for header in message.values())
        assert " ".join(message["Subject"].split()) == " ".join(mail.subject.replace("=?", "= ?").split())
        assert bodies(message) == (mail.text, html.unescape(mail.html))
        assert [part.get_content_type() for part in message.walk()] == PARTS
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "address", ["lee@a.example\r\nBcc: v@b.example", "lee@a.example, v@b.example", "l\u00e9@a.example", "lee"]
)
def test_an_address_that_is_not_bare_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not a plain email address"):
        a_message(a_mail(), to=address)


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("language", sorted(languages()))
def test_no_encoding_breaks_a_link(kind: MailKind, language: str) -> None:
    raw = compose(a_mail(kind, language), sender="no-reply@usher.example", to="lee@example.org", mail_id="1")

    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    encodings = {part["Content-Transfer-Encoding"] for part in message.iter_parts()}
    assert encodings <= {"7bit", "base64"}
    page = message.get_body(("html",))
    assert page is not None
    assert page["Content-Transfer-Encoding"] == "7bit"
    for link in re.findall(r'href="([^"]+)"', a_mail(kind, language).html):
        assert f'href="{link}"'.encode() in raw
    assert raw.isascii()


def test_a_long_line_is_encoded() -> None:
    mail = a_mail(message="\u6f22" * 500)

    raw = compose(mail, sender="no-reply@usher.example", to="lee@example.org", mail_id="1")

    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert bodies(message_from_bytes(raw, _class=EmailMessage, policy=default)) == (
        mail.text,
        html.unescape(mail.html),
    )
