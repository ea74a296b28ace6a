"""Composing of the MIME message: plain text and HTML, and headers that are safe from injection by names."""

import re
from collections.abc import Mapping
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from types import MappingProxyType

from functions.send_mail import sanitizing
from functions.send_mail.rendering import MailText

_LINE_END = SMTP.linesep
_HEADER_LENGTH = 500
_LINE_LENGTH = 998  # RFC 5322 allows no more octets
_ENCODED_WORD = 75  # RFC 2047 allows no more characters
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_DELIMITERS = re.compile(r'[<>()\[\]@\\:;,"]')
_PLAIN_ADDRESS = re.compile(r"[^\s<>()\[\]\\:;,\"@\x00-\x20\x7f-\U0010ffff]{1,64}@[A-Za-z0-9.-]{1,253}")


def compose(
    mail: MailText,
    *,
    sender: str,
    to: str,
    mail_id: str,
    to_name: str | None = None,
    headers: Mapping[str, str] = _NO_HEADERS,
) -> bytes:
    """Return the message for SES, which adds `Date` and replaces our `Message-ID` by its own.

    Raises ValueError for an address that is not bare, or whose domain is not in A-label form.
    """
    token = re.sub(r"[^A-Za-z0-9.-]", "-", mail_id)[:128]
    lines = [
        _mailbox("From", sender, name=mail.sender_name),
        _mailbox("To", to, name=sanitizing.name(to_name or "")),
        _header("Subject", mail.subject),
        f"Message-ID: <{token}@{sender.rpartition('@')[2]}>{_LINE_END}",
        _header("Content-Language", mail.language),
        # Vacation responders must not answer, and clients must not collapse a second mail under the first.
        _header("Auto-Submitted", "auto-generated"),
        _header("X-Auto-Response-Suppress", "All"),
        f"X-Entity-Ref-ID: {token}{_LINE_END}",
        *[_header(name, value[:_HEADER_LENGTH]) for name, value in headers.items()],
    ]
    body = EmailMessage(policy=SMTP)
    page = mail.html.encode("ascii", "xmlcharrefreplace").decode()
    body.set_content(mail.text, cte=_encoding(mail.text))
    body.add_alternative(page, subtype="html", cte=_encoding(page))
    return "".join(lines).encode("ascii") + body.as_bytes()


def _encoding(content: str) -> str:
    """Return an encoding that leaves links whole.

    Quoted-printable breaks lines of 76 characters, also within a link, and some clients take that break into the link.
    SES, as SMTP, takes 7 bits.
    """
    is_plain = content.isascii() and max(map(len, content.split("\n"))) <= _LINE_LENGTH
    return "7bit" if is_plain else "base64"


# EmailMessage loses spaces where it folds a header between encoded words; the older Header does not.
def _header(name: str, value: str) -> str:
    return _line(name, Header(_header_safe(value), header_name=name, maxlinelen=_ENCODED_WORD))


def _mailbox(header: str, address: str, *, name: str) -> str:
    if not _PLAIN_ADDRESS.fullmatch(address):
        raise ValueError("not a plain email address")
    display_name = sanitizing.line(_DELIMITERS.sub(" ", _header_safe(name)))
    if not display_name:
        return _line(header, Header(address, header_name=header, maxlinelen=_ENCODED_WORD))
    mailbox = Header(
        f'"{display_name}"' if display_name.isascii() else display_name, header_name=header, maxlinelen=_ENCODED_WORD
    )
    mailbox.append(f"<{address}>", "us-ascii")
    return _line(header, mailbox)


def _line(name: str, value: Header) -> str:
    return f"{name}: {value.encode(linesep=_LINE_END)}{_LINE_END}"


def _header_safe(value: str) -> str:
    # Text that looks like an encoded word would be decoded by the recipient's client, line breaks included.
    return sanitizing.line(value).replace("=?", "= ?")
