"""Mails in the outbox: kind, subject, recipient and payload, and when a mail is retried."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from shared.domain.model.values import Model, Moment

MailState = Literal["queued", "claimed", "retry", "sent", "failed", "skipped", "suppressed"]

GRACE = timedelta(seconds=60)  # Time for the stream before the rescue sweep picks a mail up.
LEASE = timedelta(seconds=90)  # longer than the time-out of `send_mail`: a test compares them
RETENTION = timedelta(days=90)
MAX_ATTEMPTS = 13  # Over nearly three days, see `next_attempt_at`: no outage of SES has lasted as long.


class MailKind(StrEnum):
    """Every mail that the product sends.

    A new kind needs a line here, its condition in `send_conditions`, a model of its values in `send_mail`, and its
    sentences in each language file.
    """

    INVITATION = "invitation"
    REMINDER = "reminder"
    ACCOUNT_INFORMATION = "account_information"
    JOINED = "joined"
    DECLINED = "declined"
    EXPIRED = "expired"
    NEW_LINK_REQUESTED = "new_link_requested"
    BOUNCED = "bounced"
    DEACTIVATED = "deactivated"
    ACCESS_ENDED = "access_ended"
    ACCESS_ENDING = "access_ending"
    REACTIVATED = "reactivated"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    NOTIFY = "notify"
    NOTIFY_OF_MANY = "notify_of_many"
    STAFF_NOTICE = "staff_notice"
    SEATS_REQUESTED = "seats_requested"
    SEATS_BOUGHT = "seats_bought"
    SEATS_GIVEN_BACK = "seats_given_back"
    SEATS_APPROVED = "seats_approved"
    SEATS_DENIED = "seats_denied"
    SEATS_RETURNED = "seats_returned"
    RECOVERY = "recovery"
    RECOVERY_HELP = "recovery_help"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (the name of a mail)
    PARTNER_LEFT = "partner_left"
    CERTIFICATION_WITHDRAWN = "certification_withdrawn"


WITH_LINK = frozenset({MailKind.INVITATION, MailKind.REMINDER})
WITH_RECOVERY_LINK = frozenset({MailKind.RECOVERY, MailKind.RECOVERY_HELP})


class UserRef(Model):
    """Refers to a user of an account; `generation` is that of the invitation when the mail was queued."""

    type: Literal["user"] = "user"
    account_id: str
    user_id: str
    generation: int


class IdentityRef(Model):
    """Refers to a person's sign-in, over all accounts."""

    type: Literal["identity"] = "identity"
    identity_id: str


class AccountRef(Model):
    """Refers to an account as a whole."""

    type: Literal["account"] = "account"
    account_id: str


class UsersRef(Model):
    """Refers to users of an account who were invited together, in the order of the request."""

    type: Literal["users"] = "users"
    account_id: str
    user_ids: tuple[str, ...]


class UserRecipient(Model):
    """A user of the subject's account."""

    type: Literal["user"] = "user"
    to_user: str


class IdentityRecipient(Model):
    """A person, at the address of their sign-in."""

    type: Literal["identity"] = "identity"
    to_identity: str


class AddressRecipient(Model):
    """A bare address."""

    type: Literal["address"] = "address"
    to_address: str


class StaffRecipient(Model):
    """The staff of the host product, at the stage's address for them."""

    type: Literal["staff"] = "staff"
    to_staff: Literal[True] = True


Subject = UserRef | IdentityRef | AccountRef | UsersRef
Recipient = UserRecipient | IdentityRecipient | AddressRecipient | StaffRecipient


class Mail(Model):
    """One mail. Names, texts and links are read when it is sent; `payload` holds what cannot be read then.

    `operation_id` is the id of the request whose change queued the mail, which joins the logs of both.
    Its JSON form, the item of the outbox, is flat: the attributes of subject and recipient are the item's own.
    """

    mail_id: str
    kind: MailKind
    subject: Subject = Field(discriminator="type")
    recipient: Recipient = Field(discriminator="type")
    payload: Mapping[str, str] = {}
    operation_id: str | None = None
    state: MailState = "queued"
    attempts: int = 0
    queued_at: Moment

    @model_validator(mode="before")
    @classmethod
    def _from_item(cls, values: dict[str, Any]) -> dict[str, Any]:
        if "subject" in values:
            return values
        recipient_type = next(
            (name for name in ("user", "identity", "address", "staff") if f"to_{name}" in values), None
        )
        return values | {
            "subject": values | {"type": values.get("subject_type", "user")},
            "recipient": values | {"type": recipient_type},
        }

    @model_validator(mode="after")
    def _require_account(self) -> "Mail":
        if isinstance(self.recipient, UserRecipient) and self.account_id is None:
            raise ValueError("a user is the recipient of mails about their account only")
        return self

    @model_serializer(mode="wrap")
    def _to_item(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        values: dict[str, Any] = handler(self)
        subject, recipient = values.pop("subject"), values.pop("recipient")
        del recipient["type"]
        return {"subject_type": subject.pop("type"), **subject, **recipient, **values}

    @property
    def user_ref(self) -> UserRef:
        """Return the subject of a mail about a user; raises TypeError for any other mail."""
        if not isinstance(self.subject, UserRef):
            message = f"Mail {self.mail_id} is not about a user."
            raise TypeError(message)
        return self.subject

    @property
    def account_id(self) -> str | None:
        """Return the account that the mail is about, None if it is about a person over all accounts."""
        return None if isinstance(self.subject, IdentityRef) else self.subject.account_id

    @property
    def user_id(self) -> str | None:
        """Return the user that the mail is about, if it is about one."""
        return self.subject.user_id if isinstance(self.subject, UserRef) else None

    @property
    def generation(self) -> int:
        """Return the generation of the user's invitation when the mail was queued; raises TypeError like `user_ref`."""
        return self.user_ref.generation

    @property
    def to_user(self) -> str | None:
        """Return the recipient, if it is a user."""
        return self.recipient.to_user if isinstance(self.recipient, UserRecipient) else None

    @property
    def to_address(self) -> str | None:
        """Return the recipient, if it is a bare address."""
        return self.recipient.to_address if isinstance(self.recipient, AddressRecipient) else None

    @property
    def seat_request_id(self) -> str | None:
        """Return the request for seats, if the mail tells the staff of one."""
        return self.payload.get("request_id")

    @property
    def requester_id(self) -> str | None:
        """Return the administrator who asked for seats, if the mail tells the staff of it."""
        return self.payload.get("requester_id")

    @property
    def recovery_version(self) -> int:
        """Return the version of the password reset link that the mail has; raises KeyError for any other mail."""
        return int(self.payload["recovery_version"])

    @property
    def access_until(self) -> datetime | None:
        """Return the end of access that the mail tells of, if it does."""
        ends = self.payload.get("access_until")
        return datetime.fromisoformat(ends) if ends else None

    @property
    def inviter_id(self) -> str | None:
        """Return who invited the user; None for an operator."""
        return self.payload.get("inviter_id")


def is_exhausted(attempts: int) -> bool:
    """Return whether a mail that SES did not take is retried no more."""
    return attempts >= MAX_ATTEMPTS


def next_attempt_at(attempts: int, *, now: datetime) -> datetime:
    """Return when a mail that SES did not take is retried: after 1, 2, 4, ... minutes."""
    return now + timedelta(minutes=2 ** (attempts - 1))
