"""Mails handed to SES, once: whether to try again is the outbox's decision, never the client's."""

import functools

from botocore.exceptions import ClientError

from shared.adapters import clients
from shared.settings import settings

_FINAL = {"MessageRejected", "BadRequestException"}


class MailRejected(Exception):
    """SES will never take this mail."""


class SesMailer:
    """Sends whole MIME messages to bare addresses."""

    def __init__(self) -> None:
        # A repeat after a lost answer would send twice.
        self._ses = clients.client("sesv2", attempts=1)

    def send(self, message: bytes, *, to: str, mail_id: str) -> None:
        """Raises MailRejected for good; any other error may pass, and the mail may even have been taken."""
        try:
            self._ses.send_email(
                FromEmailAddress=settings().sender,
                Destination={"ToAddresses": [to]},
                Content={"Raw": {"Data": message}},
                ConfigurationSetName=settings().configuration_set,
                EmailTags=[{"Name": "mail_id", "Value": mail_id}],
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _FINAL:
                raise MailRejected from error
            raise


@functools.cache
def open_mailer() -> SesMailer:
    """Return the one of this process."""
    return SesMailer()
