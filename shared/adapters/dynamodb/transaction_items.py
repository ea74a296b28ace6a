"""The operations of a transaction: what a change set writes, and what must still hold."""

import re
from collections.abc import Iterable

from shared.adapters.dynamodb import (
    account_items,
    account_search_items,
    erasure_items,
    group_items,
    identity_items,
    job_items,
    journal_items,
    mail_items,
    record_items,
    recovery_items,
    seat_request_items,
    team_items,
    user_items,
    withdrawal_items,
)
from shared.adapters.dynamodb.codec import Item
from shared.adapters.dynamodb.requests import Arguments, Write, put_absent
from shared.domain.model.counters import CounterDelta
from shared.domain.model.groups import first_groups
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import CommitBasis
from shared.settings import Tables


def of_changes(tables: Tables, changes: ChangeSet, basis: CommitBasis) -> list[Write]:
    """Return everything that the changes amount to, and what must still hold; empty if nothing changes."""
    directory = tables.directory_table
    changed = [change for change in changes.users if change.before != change.after]
    writes = [
        user_items.write_user(directory, change.before, change.after, operation_id=basis.operation_id)
        for change in changed
    ]
    teams = [change for change in changes.teams if change.before != change.after]
    writes += [team_items.write_team(directory, change, operation_id=basis.operation_id) for change in teams]
    writes += team_items.take_out(directory, changed, but=[change.after.team_id for change in teams])
    if changes.groups and changes.groups.before != changes.groups.after:
        writes += group_items.write_groups(directory, changes.groups, operation_id=basis.operation_id)
    if changes.account and changes.account.before is None:
        writes += account_search_items.put_entries(tables.search_table, changes.account.after)
    writes += _account(directory, changes, basis, weighs_groups=bool(changed or teams))
    writes += _records(tables, changes, operation_id=basis.operation_id)
    if changes.job and changes.job.before != changes.job.after:
        writes.append(job_items.write_job(directory, changes.job, operation_id=basis.operation_id))
    if changes.seat_request and changes.seat_request.before != changes.seat_request.after:
        writes.append(seat_request_items.put_seat_request(directory, changes.seat_request))
    writes += _identity(tables, changes, basis)
    if changes.recovery:
        writes.append(recovery_items.put_recovery(directory, changes.recovery, operation_id=basis.operation_id))
    if changes.withdrawal:
        writes.append(withdrawal_items.put_withdrawal(directory, changes.withdrawal))
    if changes.delivery:
        writes.append(user_items.update_delivery(directory, changes.delivery))
    writes += [journal_items.put_entry(tables.journal_table, entry) for entry in changes.entries]
    writes += [mail_items.put_mail(tables.mail_table, mail) for mail in changes.mails]
    if not writes:
        return []
    recorded = [change.after for change in changes.users if change.before == change.after]
    writes += [user_items.check_new_owner(directory, user) for user in (changes.job.new_owners if changes.job else ())]
    return [*writes, *(user_items.check_unchanged(directory, user) for user in (*recorded, *basis.unchanged_users))]


def _records(tables: Tables, changes: ChangeSet, *, operation_id: str) -> list[Write]:
    changed = [change for change in changes.records if change.before != change.after]
    writes = [record_items.write_record(tables.records_table, each, operation_id=operation_id) for each in changed]
    writes += record_items.count_owned(tables.records_table, changed)
    if changes.owned is not None:
        writes.append(record_items.check_owned(tables.records_table, changes.user, changes.owned))
    return writes


def _identity(tables: Tables, changes: ChangeSet, basis: CommitBasis) -> list[Write]:
    if changes.erasure:
        return erasure_items.write_erasure(tables, changes.erasure)
    if changes.identity:
        table, operation_id = tables.identities_table, basis.operation_id
        return [identity_items.update_identity(table, changes.identity, operation_id=operation_id, now=basis.now)]
    return []


def _account(directory: str, changes: ChangeSet, basis: CommitBasis, *, weighs_groups: bool) -> list[Write]:
    if changes.account and changes.account.before is None:
        account = changes.account.after
        return [
            account_items.create(directory, account),
            put_absent(directory, group_items.groups_row(first_groups(account.account_id))),
        ]
    groups_version = basis.groups_version if weighs_groups or changes.account else None
    if changes.account:
        written = account_items.update_account(directory, changes.account, groups_version=groups_version)
        return [_while_active(written, basis)]
    account_ids = {each.after.account_id for each in changes.users} | {each.after.account_id for each in changes.teams}
    delta, quota = changes.counters, changes.mail_quota
    if delta.is_zero and not quota:
        checked = account_ids if groups_version is not None else set()
        return [_while_active(account_items.check_groups(directory, each, groups_version), basis) for each in checked]
    [account_id] = _accounts_that_count(changes) or account_ids
    moved = account_items.update_counters(
        directory,
        account_id,
        delta,
        quota,
        groups_version=groups_version,
        may_end_last_admin=basis.may_end_last_admin,
    )
    return [_while_active(moved, basis)]


def _accounts_that_count(changes: ChangeSet) -> set[str]:
    """Return the accounts whose counters move with the users: people whose names change elsewhere move none."""
    counted = (change for change in changes.users if not CounterDelta.between(change.before, change.after).is_zero)
    return {change.after.account_id for change in counted}


def _while_active(write: Write, basis: CommitBasis) -> Write:
    """Return the write of an account's item, under the condition that staff have not suspended the account."""
    return _with_condition(write, account_items.active_condition()) if basis.must_be_active else write


def merge_writes(writes: Iterable[Write]) -> list[Write]:
    """Return one operation for each item, as a transaction demands: a check joins the write of the same item.

    Someone who acts on themselves is checked and written at once. Raises ValueError for two writes of one item, which
    no command may make.
    """
    found: dict[tuple[str, str], Write] = {}
    for write in sorted(writes, key=lambda each: "ConditionCheck" in each):
        [(kind, request)] = write.items()
        place = (request["TableName"], repr(request.get("Key") or _key_of(request["Item"])))
        if place not in found:
            found[place] = write
        elif kind == "ConditionCheck":
            found[place] = _with_condition(found[place], request)
        else:
            message = f"Two writes of one item in {request['TableName']}."
            raise ValueError(message)
    return list(found.values())


def _key_of(item: Item) -> Item:
    return {name: item[name] for name in ("pk", "sk") if name in item}


def _with_condition(write: Write, check: Arguments) -> Write:
    """Return the write under its own condition and that of the check; both read the item before the write."""
    [(kind, request)] = write.items()
    condition, values = request["ConditionExpression"], request.get("ExpressionAttributeValues", {})
    added, names = check["ConditionExpression"], check.get("ExpressionAttributeValues", {})
    if added in condition and all(values.get(name) == value for name, value in names.items()):
        return write
    paths = {**request.get("ExpressionAttributeNames", {}), **check.get("ExpressionAttributeNames", {})}
    renamed = {f"{name}_checked": value for name, value in names.items()}
    added = re.sub(r":\w+", lambda found: f"{found[0]}_checked" if found[0] in names else found[0], added)
    return {
        kind: {
            **request,
            "ConditionExpression": f"({condition}) AND ({added})",
            "ExpressionAttributeValues": values | renamed,
            **({"ExpressionAttributeNames": paths} if paths else {}),
        }
    }
