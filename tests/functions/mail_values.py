"""Values of mails for tests: harmless ones, and texts that try injection; and a parser for what a recipient sees."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser

from functions.send_mail.rendering import MailText, render
from shared.domain.model.mails import MailKind

HELP = "https://console.example/help"
CONSOLE = "https://console.example/console"
RECOVERY = "https://console.example/console/recovery"
USERS = "https://console.example/console/users"
DECLINED = f"{USERS}?status=declined"
USER = "https://console.example/console/users/lee"
LINK = "https://console.example/invite#v1.ab123.lee.1.m.mac"
EXPIRES_AT = datetime(2026, 11, 28, 14, 5, tzinfo=UTC)
EXPIRY = "Saturday, 28 November 2026 at 14:05 UTC"
HARMLESS: Mapping[str, object] = {
    "product_name": "Usher",
    "account_id": "ab123",
    "account_name": "Northwind",
    "person_name": "Lee Sherron",
    "person_email": "lee@example.org",
    "help_url": HELP,
    "inviter_name": "Ann Admin",
    "reader_name": "Amy Other",
    "role": "administrator",
    "link": LINK,
    "expires_at": EXPIRES_AT,
    "access_until": EXPIRES_AT,
    "message": "Hello",
    "console_url": CONSOLE,
    "users_url": USERS,
    "declined_url": DECLINED,
    "user_url": USER,
    "quantity": "3",
    "happened": "declined",
    "count": "2",
    "people": [
        {"person_name": "Lee Sherron", "person_email": "lee@example.org", "role": "administrator"},
        {"person_name": "", "person_email": "lee@example.org", "role": "user"},
    ],
    "request_id": "0" * 26,
    "seat_kind": "purchase",
    "valid_minutes": "30",
    "recovery_url": RECOVERY,
}
# Values that people choose, and that are shown on one line.
NAMED = ["account_name", "inviter_name", "person_name", "product_name", "reader_name"]
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


class Seen(HTMLParser):
    """The tags of an HTML mail, and the text and links that its recipient sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.text = re.sub(r"[ \t\r\n\f]+", " ", "".join(self.texts)).strip()
        self.links = [value for tag, attributes in self.tags for name, value in attributes if name == "href"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] != "style":
            self.texts.append(data)
