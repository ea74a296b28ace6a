"""The mailbox of the stack, in which every mail to anybody arrives."""

import email
import email.policy
import json
import re
import urllib.request
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

from tests.factories import text_of
from tests.journeys.awaiting import SOON_SECONDS, awaited
from tests.journeys.stack import LocalStack

LINK = re.compile(r"https?://\S+/invite#(\S+)")


class Mailbox:
    """Reads mails as they arrived, byte for byte."""

    def __init__(self, stack: LocalStack) -> None:
        self._stack = stack

    def wait_for(self, address: str, subject: str = "", *, seconds: float = SOON_SECONDS) -> EmailMessage:
        """The newest mail to this address whose subject contains the words, as soon as there is one."""
        return awaited(
            lambda: next(iter(self.mails_to(address, subject)), None),
            what=f"a mail to {address} about {subject or 'anything'}",
            seconds=seconds,
        )

    def token_for(self, user: dict[str, Any]) -> str:
        """The token in the mail that invites this user."""
        return token_in(self.invitation_of(user))

    def invitation_of(self, user: dict[str, Any]) -> EmailMessage:
        """The mail with the link of the user's present generation."""
        link = f"/invite#v1.{user['account_id']}.{user['user_id']}.{user['invitation']['generation']}.mailed."
        return awaited(
            lambda: next((mail for mail in self.mails_to(user["email"]) if link in text_of(mail)), None),
            what=f"the invitation of {user['email']}",
        )

    def responds(self) -> bool:
        try:
            self._read("/healthz")
        except OSError:
            return False
        return True

    def mails_to(self, address: str, subject: str = "") -> list[EmailMessage]:
        """Newest first."""
        arrived = json.loads(self._read(f"/email?{urlencode({'to.address': address})}"))
        return [self._source(mail["id"]) for mail in reversed(arrived) if subject in mail["subject"]]

    def _source(self, mail_id: str) -> EmailMessage:
        raw = self._read(f"/email/{mail_id}/source")
        return email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)

    def _read(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self._stack.told['mailbox_url']}{path}", timeout=10) as answer:  # noqa: S310
            return bytes(answer.read())


def token_in(mail: EmailMessage) -> str:
    found = LINK.search(text_of(mail))
    assert found, "no link in the mail"
    return found[1]
