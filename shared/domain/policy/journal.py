"""The journal: who did what to whom, before and after, naming people by user_id alone (rules 25 and 34)."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from shared.domain.model.accounts import Account
from shared.domain.model.groups import Group
from shared.domain.model.ids import derived_id
from shared.domain.model.records import Record
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.teams import Team
from shared.domain.model.users import User
from shared.domain.model.values import Model, Moment, iso
from shared.domain.policy.snapshot import OperationContext

EntryType = Literal[
    "account.created",
    "account.suspended",
    "account.resumed",
    "user.invited",
    "invitation.resent",
    "invitation.link_copied",
    "invitation.reminded",
    "invitation.expired",
    "invitation.declined",
    "invitation.revoked",
    "invitation.new_link_requested",
    "invitation.delivery_changed",
    "user.joined",
    "user.edited",
    "user.deactivated",
    "user.reactivated",
    "user.blocked",
    "user.unblocked",
    "user.removed",
    "user.erased",
    "partner.left",
    "partner.certification_withdrawn",
    "group.created",
    "group.edited",
    "group.deleted",
    "team.created",
    "team.edited",
    "team.deleted",
    "records.moved",
    "record.removed",
    "settings.changed",
    "seats.requested",
    "seats.approved",
    "seats.denied",
    "seats.returned",
    "seats.set",
    "identity.blocked",
    "identity.unblocked",
    "identity.recovery_sent",
]


_MAX_ENTRIES = 90  # DynamoDB takes 100 items in a transaction.
Facts = dict[str, Any]
PERSONAL = ("first_name", "last_name", "phone", "locale")


class Entry(Model):
    """One change. `entry_id` sorts by time; `operation` is the id of the request or sweep that wrote it.

    `version` is the one that the user, group, team or settings have afterwards: events may arrive in another order.
    """

    entry_id: str
    at: Moment
    type: EntryType
    account_id: str
    actor: str
    user_id: str | None = None
    identity_id: str | None = None
    version: int | None = None
    before: Facts
    after: Facts
    operation: str | None = None


def user_entry(
    entry_type: EntryType, *, before: User | None, after: User, context: OperationContext, reason: str | None = None
) -> Entry:
    """Return the entry of a change to a user: only the facts that differ, with the reason, and no personal data."""
    known, changed = _differing(_facts(before) if before else {}, _facts(after))
    if reason:
        changed["reason"] = reason
    if before and before.teams and not after.teams:
        changed["left_teams"] = sorted(before.teams)  # Not known from the teams' own entries.
    return _about(after, entry_type, known, changed, context=context)


def delivery_entry(*, before: User, after: User, context: OperationContext) -> Entry:
    """Return the entry of a delivery status, for which the user gets no new version."""
    was, became = ({"delivery": user.invitation.delivery} for user in (before, after))
    return _about(after, "invitation.delivery_changed", was, became, context=context)


def invitation_entry(entry_type: EntryType, user: User, *, context: OperationContext) -> Entry:
    """Return the entry of something that happened to an invitation and changes none of its facts."""
    return _about(user, entry_type, {}, {"generation": user.invitation.generation}, context=context)


def withdrawal_entry(user: User, *, context: OperationContext) -> Entry:
    """Return the entry of a partner whose certification was withdrawn: their facts in the account stay (rule 6)."""
    return _about(user, "partner.certification_withdrawn", {}, {"status": user.status.value}, context=context)


def edit_entry(*, before: User, after: User, context: OperationContext) -> Entry:
    """Return the entry of an edit: changed rights before and after; other fields by name, since values are personal."""
    entry = user_entry("user.edited", before=before, after=after, context=context)
    fields = [name for name in (*PERSONAL, "reference") if getattr(before, name) != getattr(after, name)]
    return entry.model_copy(update={"after": entry.after | {"fields": fields}}) if fields else entry


def settings_entry(*, before: Account, after: Account, context: OperationContext) -> Entry:
    """Return the entry of changed settings, with their values before and after."""
    was, became = (account.settings.model_dump(mode="json") for account in (before, after))
    return _of_account(after, "settings.changed", *_differing(was, became), context=context)


def seats_entry(entry_type: EntryType, *, before: Account, after: Account, context: OperationContext) -> Entry:
    """Return the entry of changed seats: purchased and granted, before and after."""
    return _of_account(after, entry_type, _seats(before), _seats(after), context=context)


def seat_request_entry(
    entry_type: EntryType, request: SeatRequest, *, before: Account, after: Account, context: OperationContext
) -> Entry:
    """Return the entry of a request for seats, without its reason, which is a person's free text."""
    asked = {"request_id": request.request_id, "kind": request.kind, "quantity": request.quantity}
    return _of_account(after, entry_type, _seats(before), asked | _seats(after), context=context)


def _seats(account: Account) -> Facts:
    return {"purchased": account.seats_purchased, "granted": account.seats_granted}


def team_entry(*, before: Team | None, after: Team, context: OperationContext) -> Entry:
    """Return the entry of a team that was created, edited or deleted, with what differs; it names people by id."""
    was, became = (_team_facts(team) if team and not team.deleted_at else {} for team in (before, after))
    entry_type: EntryType = "team.created" if not was else "team.edited" if became else "team.deleted"
    known, changed = _differing(was, became)
    changed = {"team_id": after.team_id} | changed
    return _entry(entry_type, after.account_id, after.team_id, known, changed, context=context, version=after.version)


def _team_facts(team: Team) -> Facts:
    return {"name": team.name, "managers": sorted(team.managers), "users": sorted(team.users)}


def group_entry(*, before: Group | None, after: Group | None, account_id: str, context: OperationContext) -> Entry:
    """Return the entry of a group that was created (no `before`), edited or deleted (no `after`), with what differs.

    A description that differs is named alone, since people write it freely.
    """
    entry_type: EntryType = "group.created" if before is None else "group.edited" if after else "group.deleted"
    was, became = (_group_facts(group) if group else {} for group in (before, after))
    [group, *_] = [each for each in (after, before) if each]
    known, changed = _differing(was, became)
    if before and after and before.description != after.description:
        changed |= {"fields": ["description"]}
    changed = {"group_id": group.group_id} | changed
    version = group.version if after else group.version + 1
    return _entry(entry_type, account_id, group.group_id, known, changed, context=context, version=version)


def _group_facts(group: Group) -> Facts:
    return {"name": group.name, "permissions": sorted(group.permissions)}


def _differing(was: Facts, became: Facts) -> tuple[Facts, Facts]:
    """Return the facts that differ, before and after; all of those of something that is new, or gone."""
    differing = [name for name in (became or was) if was.get(name) != became.get(name)]
    known, changed = ({name: facts[name] for name in differing if name in facts} for facts in (was, became))
    return known, changed


def records_moved_entry(
    records: Sequence[Record], *, from_user: str, to: str, job_id: str, context: OperationContext
) -> Entry:
    """Return the entry of records that a job moved from one owner to another in one step; without their titles."""
    named = [{"type": record.type, "record_id": record.record_id} for record in records]
    facts = {"owner_id": to, "job_id": job_id, "records": named}
    account_id, subject, was = records[0].account_id, f"{from_user}\n{to}", {"owner_id": from_user}
    return _entry("records.moved", account_id, subject, was, facts, context=context, user_id=from_user)


def record_removed_entry(record: Record, *, job_id: str, context: OperationContext) -> Entry:
    """Return the entry of a record that is removed, since its owner has left; without its title."""
    named = {"type": record.type, "record_id": record.record_id, "job_id": job_id}
    subject, was = f"{record.type}\n{record.record_id}", {"owner_id": record.owner_id}
    owner_id = record.owner_id
    return _entry("record.removed", record.account_id, subject, was, named, context=context, user_id=owner_id)


def account_status_entry(entry_type: EntryType, *, before: Account, after: Account, context: OperationContext) -> Entry:
    """Return the entry of an account that was suspended or resumed."""
    return _of_account(after, entry_type, {"status": before.status}, {"status": after.status}, context=context)


def account_created_entry(account: Account, *, context: OperationContext) -> Entry:
    """Return the first entry of an account."""
    opened = {"name": account.name, "seats": account.seats.limit}
    return _of_account(account, "account.created", {}, opened, context=context)


def identity_entries(
    entry_type: EntryType, identity_id: str, *, user_ids: Mapping[str, str], context: OperationContext
) -> tuple[Entry, ...]:
    """Return an entry for each of a person's accounts of something that happened to them over all of these.

    `user_ids` are the person's, by account; there are entries for at most 90 accounts.
    """
    return tuple(
        _entry(entry_type, account_id, user_id, {}, {}, context=context, user_id=user_id, identity_id=identity_id)
        for account_id, user_id in sorted(user_ids.items())[:_MAX_ENTRIES]
    )


def _about(user: User, entry_type: EntryType, before: Facts, after: Facts, *, context: OperationContext) -> Entry:
    return _entry(
        entry_type,
        user.account_id,
        user.user_id,
        before,
        after,
        context=context,
        user_id=user.user_id,
        identity_id=user.identity_id,
        version=user.version,
    )


def _of_account(
    account: Account, entry_type: EntryType, before: Facts, after: Facts, *, context: OperationContext
) -> Entry:
    account_id, version = account.account_id, account.settings_version
    return _entry(entry_type, account_id, account_id, before, after, context=context, version=version)


def _entry(
    entry_type: EntryType,
    account_id: str,
    subject: str,
    before: Facts,
    after: Facts,
    *,
    context: OperationContext,
    user_id: str | None = None,
    identity_id: str | None = None,
    version: int | None = None,
) -> Entry:
    """Return the entry; its id derives from type and `subject`, which no other entry of the operation has together."""
    return Entry(
        entry_id=_entry_id(entry_type, subject, context=context),
        at=context.now,
        type=entry_type,
        account_id=account_id,
        actor=context.actor.actor_id,
        user_id=user_id,
        identity_id=identity_id,
        version=version,
        before=before,
        after=after,
        operation=context.operation_id,
    )


def _entry_id(*parts: str, context: OperationContext) -> str:
    return f"{iso(context.now)}-{derived_id(context.operation_id, *parts)[:10]}"


def _facts(user: User) -> Facts:
    return {
        "status": user.status.value,
        "kind": user.kind,
        "admin": user.admin,
        "groups": list(user.groups),
        "permissions": {"allow": list(user.allow), "deny": list(user.deny)},
        "access_until": iso(user.access_until) if user.access_until else None,
        "generation": user.invitation.generation,
        "expires_at": iso(user.invitation.expires_at),
        "invited_by": user.invitation.invited_by,
    }
