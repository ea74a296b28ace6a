"""Sending through SES, at most once per call: retries are the outbox's decision, not the client's."""

import functools

from botocore.exceptions import ClientError

from shared.adapters import clients
from shared.settings import settings


class MailRejected(Exception):
    """SES refused the mail permanently."""


class SesMailer:
    """Sends MIME messages to bare addresses."""

    def __init__(self) -> None:
        self.sender, self._configuration_set = settings().sender, settings().configuration_set
        # botocore's own retry after a lost response would send twice.
        self._ses = clients.client("sesv2", attempts=1)

    def send(self, message: bytes, *, to: str, mail_id: str) -> None:
        """Send a message; raises MailRejected if SES never will, and after any other error it may have been sent."""
        try:
            self._ses.send_email(
                FromEmailAddress=self.sender,
                Destination={"ToAddresses": [to]},
                Content={"Raw": {"Data": message}},
                ConfigurationSetName=self._configuration_set,
                EmailTags=[{"Name": "mail_id", "Value": mail_id}],
            )
        except ClientError as error:
            if _is_permanent(error):
                raise MailRejected from error
            raise


def _is_permanent(error: ClientError) -> bool:
    """Return whether the message itself is at fault.

    `MessageRejected` is also the answer of the sandbox and of an unverified sender, which an operator can mend.
    """
    code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    return code == "BadRequestException" or (code == "MessageRejected" and "virus" in message.lower())


@functools.cache
def open_mailer() -> SesMailer:
    """Return the instance of this process, made on first use."""
    return SesMailer()
