"""Delivery of the emulator's mails to the mailbox: unchanged, before SES answers, and none twice after a crash."""

import asyncio
import base64
import email
import email.policy
import logging
import smtplib
from collections.abc import Collection
from pathlib import Path
from typing import Any

REFERENCE = "X-Entity-Ref-ID"  # the same in every attempt to send a mail
# Shorter than the mailer waits for SES, so that a mailbox that hangs is a refusal and no doubt.
SMTP_SECONDS = 3

logger = logging.getLogger(__name__)


class RelayLog:
    """The references of mails that the saved state may not know as sent, in a file that outlives a crash.

    `lost` are those of an emulator that ended without saving. Its outbox offers them again.
    """

    def __init__(self, file: Path, *, after_crash: bool) -> None:
        self._file = file
        self.lost = frozenset(file.read_text().split()) if after_crash and file.exists() else frozenset()
        self._recent: list[str] = sorted(self.lost)
        self._before_last_save: frozenset[str] = frozenset()
        self._write()

    @property
    def recent(self) -> Collection[str]:
        return tuple(self._recent)

    def add(self, reference: str) -> None:
        """Note a mail before it is handed over."""
        self._recent.append(reference)
        with self._file.open("a") as file:
            file.write(f"{reference}\n")

    def remove(self, reference: str) -> None:
        """Note that a mail was not delivered after all."""
        self._recent = [known for known in self._recent if known != reference]
        self._write()

    def saved(self, references: Collection[str]) -> None:
        """Forget what was there before the last save, since its mails are settled in this one.

        `references` are those that were there before this save: some of them may still be claimed in it.
        """
        self._recent = [known for known in self._recent if known not in self._before_last_save]
        self._before_last_save = frozenset(references)
        self._write()

    def _write(self) -> None:
        draft = self._file.with_suffix(".draft")
        draft.write_text("".join(f"{reference}\n" for reference in self._recent))
        draft.replace(self._file)


def deliver_before_answering(relayed: RelayLog) -> None:
    """Let SES refuse a mail that the mailbox did not take. MiniStack delivers in the background and says `sent`."""
    from ministack.services import ses, ses_v2

    host, port = ses._parse_smtp_host()
    handle = ses_v2.handle_request
    outgoing: list[tuple[str, list[str], str]] = []

    async def handle_and_deliver(*request: Any) -> Any:
        answer = await handle(*request)  # suspends nowhere: what is outgoing now is this request's
        mails, outgoing[:] = outgoing[:], []
        for sender, recipients, mail in mails:
            reference = email.message_from_string(mail)[REFERENCE] or ""
            if reference and reference in relayed.lost:
                logger.info("Not delivered a second time: %s", reference)
                continue
            relayed.add(reference)
            try:
                await asyncio.to_thread(_hand_over, sender, recipients, mail, host=host, port=port)
            except OSError as error:
                relayed.remove(reference)
                logger.warning("The mailbox did not take a mail: %s", error)
                return ses_v2._json_err("ServiceUnavailable", "The mailbox does not take mails.", 503)
        return answer

    ses_v2._smtp_relay = lambda *mail: outgoing.append(mail)
    ses_v2.handle_request = handle_and_deliver


def relay_raw_mails() -> None:
    """Relay raw mails unchanged, with SES's message id. MiniStack rebuilds them from subject and bodies."""
    from ministack.services import ses_v2

    parse, build = ses_v2._parse_raw_mime, ses_v2._build_mime_message
    written: list[bytes] = []

    def keep_and_parse(raw: str) -> Any:
        written[:] = [base64.b64decode(raw)]
        return parse(raw)

    def build_or_keep(*parts: Any) -> str:
        if not written:
            return str(build(*parts))
        mail = email.message_from_bytes(written.pop(), policy=email.policy.SMTP)
        del mail["Message-ID"]
        mail["Message-ID"] = f"<{parts[-1]}>"
        return mail.as_string()

    ses_v2._parse_raw_mime, ses_v2._build_mime_message = keep_and_parse, build_or_keep


def _hand_over(sender: str, recipients: list[str], mail: str, *, host: str, port: int) -> None:
    """Raises OSError, of which SMTPException is a kind, if the mailbox does not confirm the mail."""
    with smtplib.SMTP(host, port, timeout=SMTP_SECONDS) as connection:
        connection.sendmail(sender, recipients, mail)
