"""What mails are told in tests: harmless values, and texts that must do no harm."""

from collections.abc import Mapping
from datetime import UTC, datetime

from functions.send_mail.rendering import MailKind, MailText, render

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


def a_mail(kind: MailKind = MailKind.INVITATION, language: str = "en", /, **changed: object) -> MailText:
    return render(kind, language=language, values={**HARMLESS, **changed})
