"""A user, and a page of them."""

from shared.domain.model.fields import Phone
from shared.domain.model.records import OwnedRecords
from shared.domain.model.users import HAS_LEFT, Delivery, Kind, Status, User, status_at
from shared.domain.model.values import Moment
from shared.domain.policy import state_machine
from shared.domain.policy.snapshot import Snapshot
from shared.views.view import GroupName, View


class IndividualPermissionsView(View):
    """What a user may or may not do apart from their groups."""

    allow: tuple[str, ...]
    deny: tuple[str, ...]


class InvitationView(View):
    generation: int
    sent_at: Moment
    expires_at: Moment
    sent_count: int
    delivery: Delivery
    invited_by: str


class UserView(View):
    """A user as those see them who may; `invitation` is null once they have joined.

    `last_job_id` is the newest job that hands over, or has handed over, records that they owned.
    """

    user_id: str
    identity_id: str
    account_id: str
    kind: Kind
    partner_type: str | None
    status: Status
    first_name: str
    last_name: str
    email: str
    phone: Phone | None
    admin: bool
    groups: list[GroupName]
    permissions: IndividualPermissionsView
    reference: str | None
    access_until: Moment | None
    records_waiting: int
    last_job_id: str | None
    invitation: InvitationView | None
    joined_at: Moment | None
    last_seen_at: Moment | None
    created_at: Moment
    updated_at: Moment
    version: int
    allowed_actions: list[str]

    @classmethod
    def of(cls, user: User, *, seen_by: Snapshot) -> "UserView":
        """Return the user as the one who acts sees them: expired and ended by the clock, with what they may do."""
        return cls(
            user_id=user.user_id,
            identity_id=user.identity_id,
            account_id=user.account_id,
            kind=user.kind,
            partner_type=user.partner_type,
            status=status_at(user, seen_by.now),
            first_name=user.first_name,
            last_name=user.last_name,
            email=user.email,
            phone=user.phone,
            admin=user.admin,
            groups=[GroupName.model_validate(group) for group in seen_by.groups.existing(user.groups)],
            permissions=IndividualPermissionsView(allow=user.allow, deny=user.deny),
            reference=user.reference,
            access_until=user.access_until,
            records_waiting=_records_waiting(user, seen_by),
            last_job_id=user.last_move_job_id,
            invitation=None if user.joined_at else InvitationView.model_validate(user.invitation),
            joined_at=user.joined_at,
            last_seen_at=user.last_seen_at,
            created_at=user.created_at,
            updated_at=user.updated_at,
            version=user.version,
            allowed_actions=state_machine.allowed_actions(user, snapshot=seen_by),
        )


class LeavingUserView(UserView):
    """A user who has left; `job_id` is the job that hands over their records, until it is done."""

    job_id: str | None

    @classmethod
    def of_leaving(cls, user: User, *, seen_by: Snapshot) -> "LeavingUserView":
        """Return the user as `UserView` shows them, with the job."""
        return cls(**dict(UserView.of(user, seen_by=seen_by)), job_id=user.move_job_id)


def _records_waiting(user: User, seen_by: Snapshot) -> int:
    has_left = user.status in HAS_LEFT
    return seen_by.owned.get(user.user_id, OwnedRecords()).waiting if has_left else 0


class UserPage(View):
    """`total` counts the users of these statuses; null with a search.

    With any other filter it is known where this page has them all, and null otherwise.
    """

    data: list[UserView]
    next_cursor: str | None
    total: int | None

    @classmethod
    def of(
        cls, data: list[UserView], next_cursor: str | None, *, counted: int | None, is_whole: bool, is_searched: bool
    ) -> "UserPage":
        """Return a page; `counted` is the number that the account keeps, `is_whole` that the list has no other page."""
        known = len(data) if is_whole and counted is None else counted
        return cls(data=data, next_cursor=next_cursor, total=None if is_searched else known)
