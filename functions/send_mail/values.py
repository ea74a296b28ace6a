"""What a mail is told about: one model for each kind, the only list of the names that a sentence may use.

Every value must be given, `None` where there is none, so that a mistyped name cannot go unnoticed. Other values
are ignored: the caller may hand over one and the same set for every kind.
"""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict

from functions.send_mail import disarming

_WEB_ADDRESS = re.compile(r"https?://[!#$%&()*+,\-./:;=?@A-Z\[\]_a-z~0-9]+")


class Role(StrEnum):
    """As what somebody is invited; a partner stays a partner, administrator or not."""

    USER = "user"
    ADMINISTRATOR = "administrator"
    PARTNER = "partner"


def _or_empty(value: object) -> object:
    return "" if value is None else value


def _require_web_address(value: str) -> str:
    if not _WEB_ADDRESS.fullmatch(value):
        raise ValueError("not a web address")
    return value


Name = Annotated[str, BeforeValidator(_or_empty), AfterValidator(disarming.name)]
Address = Annotated[str, AfterValidator(disarming.address)]
Message = Annotated[str, BeforeValidator(_or_empty), AfterValidator(disarming.message)]
WebAddress = Annotated[str, AfterValidator(_require_web_address)]


class MailValues(BaseModel):
    """What every mail knows. A nameless account is called by its id, a nameless person by their address."""

    model_config = ConfigDict(frozen=True)

    product_name: Name
    account_id: Name
    account_name: Name
    person_name: Name
    person_email: Address
    help_url: WebAddress

    @property
    def button_url(self) -> str | None:
        return None


class InvitationValues(MailValues):
    """To the invitee. `inviter_name` is `None` when an operator invites: the product is named instead."""

    inviter_name: Name
    role: Role
    link: WebAddress
    expires_at: AwareDatetime
    message: Message

    @property
    def button_url(self) -> str:
        return self.link


class ReminderValues(InvitationValues):
    """To the invitee, with the link of the invitation."""


class AccountInformationValues(MailValues):
    """To the person who has joined."""

    console_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.console_url


class ReactivatedValues(AccountInformationValues):
    """To the person who is back."""


class InviterValues(MailValues):
    """What each mail to the inviter knows."""

    inviter_name: Name
    role: Role


class JoinedValues(InviterValues):
    """To the inviter, with the way to all users."""

    users_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.users_url


class DeclinedValues(JoinedValues):
    """To the inviter, with the way to all users."""


class BouncedValues(InviterValues):
    """To the inviter, with the way to this user, where one click sends anew."""

    user_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.user_url


class ExpiredValues(BouncedValues):
    """To the inviter, with the way to this user."""

    expires_at: AwareDatetime


class NewLinkRequestedValues(ExpiredValues):
    """To the inviter, or to an administrator in their place: `reader_name` is whoever of them reads it."""

    reader_name: Name


class DeactivatedValues(MailValues):
    """To the person whose access has ended."""


class NotifyValues(MailValues):
    """To an address that the inviter named."""

    inviter_name: Name
    role: Role
    expires_at: AwareDatetime
