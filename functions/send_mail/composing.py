"""The MIME message of a mail: plain text and HTML, and headers that no name can change."""

import re
from collections.abc import Mapping
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from types import MappingProxyType

from functions.send_mail import disarming
from functions.send_mail.rendering import MailText

_LINE_END = SMTP.linesep
_HEADER_LENGTH = 500
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
    reply_to: str | None = None,
    headers: Mapping[str, str] = _NO_HEADERS,
) -> bytes:
    """The bytes for SES, which adds `Date` and puts its own `Message-ID` in the place of ours.

    Addresses are bare and their domains in A-label form; any other is refused with ValueError.
    """
    token = re.sub(r"[^A-Za-z0-9.-]", "-", mail_id)[:128]
    lines = [
        _mailbox("From", sender, name=mail.sender_name),
        _mailbox("To", to, name=disarming.name(to_name or "")),
        _mailbox("Reply-To", reply_to, name="") if reply_to else "",
        _header("Subject", mail.subject),
        f"Message-ID: <{token}@{sender.rpartition('@')[2]}>{_LINE_END}",
        _header("Content-Language", mail.language),
        # No answering machine may answer, and a second mail must not be folded away under the first.
        _header("Auto-Submitted", "auto-generated"),
        _header("X-Auto-Response-Suppress", "All"),
        f"X-Entity-Ref-ID: {token}{_LINE_END}",
        *[_header(name, value[:_HEADER_LENGTH]) for name, value in headers.items()],
    ]
    body = EmailMessage(policy=SMTP)
    body.set_content(mail.text, cte="quoted-printable")
    body.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return "".join(lines).encode("ascii") + body.as_bytes()


# EmailMessage loses blanks where it folds a header between encoded words, hence the older Header.
def _header(name: str, value: str) -> str:
    return _line(name, Header(_harmless(value), header_name=name, maxlinelen=_ENCODED_WORD))


def _mailbox(header: str, address: str, *, name: str) -> str:
    if not _PLAIN_ADDRESS.fullmatch(address):
        raise ValueError("not a plain e-mail address")
    shown = disarming.line(_DELIMITERS.sub(" ", _harmless(name)))
    if not shown:
        return _line(header, Header(address, header_name=header, maxlinelen=_ENCODED_WORD))
    mailbox = Header(f'"{shown}"' if shown.isascii() else shown, header_name=header, maxlinelen=_ENCODED_WORD)
    mailbox.append(f"<{address}>", "us-ascii")
    return _line(header, mailbox)


def _line(name: str, value: Header) -> str:
    return f"{name}: {value.encode(linesep=_LINE_END)}{_LINE_END}"


def _harmless(value: str) -> str:
    # What looks like an encoded word would be decoded on its way, line breaks and all.
    return disarming.line(value).replace("=?", "= ?")
