"""The values that the sentences of a mail may use: a model for each kind, the only list of their names.

Every value must be given, `None` where there is none, so that a mistyped name is an error. Other values are ignored:
the caller may pass one and the same set for every kind.
"""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from functions.send_mail import sanitizing
from shared.domain.model.ids import REQUEST_ID

_WEB_ADDRESS = re.compile(r"https?://[!#$%&()*+,\-./:;=?@A-Z\[\]_a-z~0-9]+")


class Role(StrEnum):
    """The role in which a user is invited; a partner who administers is still a partner."""

    USER = "user"
    ADMINISTRATOR = "administrator"
    PARTNER = "partner"


class Happened(StrEnum):
    """What happened to an invitation, by the kind of mail that tells an inviter of it."""

    DECLINED = "declined"
    EXPIRED = "expired"
    BOUNCED = "bounced"
    NEW_LINK_REQUESTED = "new_link_requested"


class SeatKind(StrEnum):
    """What kind of seats is asked for; seats that are given back wait for no decision."""

    PURCHASE = "purchase"
    COMPLIMENTARY = "complimentary"


def _or_empty(value: object) -> object:
    return "" if value is None else value


def _require_web_address(value: str) -> str:
    if not _WEB_ADDRESS.fullmatch(value):
        raise ValueError("not a web address")
    return value


Name = Annotated[str, BeforeValidator(_or_empty), AfterValidator(sanitizing.name)]
Address = Annotated[str, AfterValidator(sanitizing.address)]
Message = Annotated[str, BeforeValidator(_or_empty), AfterValidator(sanitizing.message)]
Quantity = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}$")]
WebAddress = Annotated[str, AfterValidator(_require_web_address)]


class MailValues(BaseModel):
    """What every mail has, whatever it is about."""

    model_config = ConfigDict(frozen=True)

    product_name: Name
    help_url: WebAddress

    @property
    def button_url(self) -> str | None:
        """Return where the mail's button leads; None if it has none."""
        return None


class AccountMailValues(MailValues):
    """A mail about an account or one of its users. An account without a name is shown by its id."""

    account_id: Name
    account_name: Name


class UserMailValues(AccountMailValues):
    """A mail about a user of an account, or to them. A person without a name is shown by their address."""

    person_name: Name
    person_email: Address


class IdentityMailValues(MailValues):
    """A mail about a person over all accounts. A person without a name is shown by their address."""

    person_name: Name
    person_email: Address


class InvitationValues(UserMailValues):
    """To the invitee, also as a reminder. In an operator's `inviter_name` is `None`: the product is named instead."""

    inviter_name: Name
    role: Role
    link: WebAddress
    expires_at: AwareDatetime
    message: Message

    @property
    def button_url(self) -> str:
        return self.link


class AccountInformationValues(UserMailValues):
    """To the person who has joined, or has access again."""

    console_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.console_url


class InviterValues(UserMailValues):
    """The values of every mail to the inviter."""

    inviter_name: Name
    role: Role


class JoinedValues(InviterValues):
    """To the inviter, with a link to the Users page."""

    users_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.users_url


class DeclinedValues(InviterValues):
    """To the inviter, with a link to the Users page that lists those who have declined."""

    declined_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.declined_url


class BouncedValues(InviterValues):
    """To the inviter, with a link to this user, where one click sends the invitation again."""

    user_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.user_url


class ExpiredValues(BouncedValues):
    """To the inviter, with a link to this user."""

    expires_at: AwareDatetime


class NewLinkRequestedValues(ExpiredValues):
    """To the inviter, or to an administrator in their place: `reader_name` is the recipient's."""

    reader_name: Name


class AccessEndingValues(UserMailValues):
    """To an administrator: when the person's access ends, with a link to this user, where the end can be changed."""

    reader_name: Name
    access_until: AwareDatetime
    user_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.user_url


class NotifyValues(UserMailValues):
    """To an address that the inviter named."""

    inviter_name: Name
    role: Role
    expires_at: AwareDatetime


class InvitedPerson(BaseModel):
    """One of many who were invited. A person without a name is shown by their address."""

    model_config = ConfigDict(frozen=True)

    person_name: Name
    person_email: Address
    role: Role


class NotifyOfManyValues(AccountMailValues):
    """To an address that the inviter named, about all whom they invited at once."""

    inviter_name: Name
    count: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}$")]
    people: tuple[InvitedPerson, ...]


class PartnerValues(UserMailValues):
    """To an administrator, about a partner, with a link to this user."""

    reader_name: Name
    user_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.user_url


class StaffNoticeValues(UserMailValues):
    """To the staff, of an invitation that an operator sent: what the inviter would otherwise get a mail about."""

    role: Role
    happened: Happened


class SeatsValues(AccountMailValues):
    """To the administrator who asked for seats."""

    reader_name: Name
    quantity: Quantity


class StaffSeatsValues(UserMailValues):
    """To the staff; the person is the administrator who asked for seats, `message` their reason."""

    request_id: Annotated[str, StringConstraints(pattern=REQUEST_ID.pattern)]
    quantity: Quantity
    message: Message


class SeatsRequestedValues(StaffSeatsValues):
    """To the staff, who decide on the request."""

    seat_kind: SeatKind


class RecoveryValues(IdentityMailValues):
    """To the person who has forgotten their password; `valid_minutes` is how long the link works."""

    link: WebAddress
    valid_minutes: Quantity

    @property
    def button_url(self) -> str:
        return self.link


class PasswordChangedValues(IdentityMailValues):
    """To the person whose password was changed, with the page where they can choose another one."""

    recovery_url: WebAddress

    @property
    def button_url(self) -> str:
        return self.recovery_url
