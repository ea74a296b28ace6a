"""The one way to save what a command has decided: one transaction, or several that a repeat finishes."""

import functools
from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel

from shared.adapters import clients
from shared.adapters.dynamodb.requests import transact
from shared.adapters.dynamodb.response_items import begin_response, store_response
from shared.adapters.dynamodb.transaction_items import merge_writes, of_changes
from shared.domain.model.counters import MailQuotaUse
from shared.domain.policy.changes import ChangeSet, IdentityChange
from shared.domain.policy.snapshot import CommitBasis, Snapshot
from shared.settings import settings

_RECORDS_PER_TRANSACTION = 24  # With the numbers of two owners, a mark or check each, and what they rest on.
USERS_PER_TRANSACTION = 28  # With an entry and a mail each, 10 other mails, and what they rest on: 97 of 100 items.

Answer = TypeVar("Answer", bound=BaseModel | None)


class Committer:
    """Writes change sets to the tables of this stage."""

    def __init__(self) -> None:
        self._tables = settings().tables
        self._dynamodb = clients.client("dynamodb")

    def commit(
        self, changes: ChangeSet, basis: Snapshot | CommitBasis, *, answer: Answer, stores_answer: bool = True
    ) -> Answer:
        """Commit what a command has decided, and return the answer.

        Raises StaleRead if the basis has changed since it was read. Under an idempotency key the answer is stored in
        the same transaction; without `stores_answer` only that the request succeeded. More users than one transaction
        takes follow in further ones: if these do not come, a repeat of the same request finds and finishes them.
        """
        basis = basis.basis if isinstance(basis, Snapshot) else basis
        for number, (part, is_last) in enumerate(_parts(changes)):
            writes = of_changes(self._tables, part, basis)
            if basis.idempotency_key and number == 0 and not is_last:
                writes.append(begin_response(self._tables.directory_table, basis.idempotency_key, now=basis.now))
            if basis.idempotency_key and is_last:
                response = answer.model_dump_json() if isinstance(answer, BaseModel) and stores_answer else None
                writes.append(
                    store_response(
                        self._tables.directory_table,
                        basis.idempotency_key,
                        response,
                        now=basis.now,
                        about=_identity_in(answer) if response else None,
                    )
                )
            if writes:
                transact(self._dynamodb, merge_writes(writes), operation_id=basis.operation_id)
        return answer


def _identity_in(answer: BaseModel | None) -> str | None:
    """Return the identity of the person that an answer tells of, if it tells of one."""
    told = getattr(answer, "user", answer)
    return getattr(told, "identity_id", None)


def _parts(changes: ChangeSet) -> Iterator[tuple[ChangeSet, bool]]:
    """Split changes of many users; each part holds the identity's condition and the mail quota of its own users.

    The first part holds all that is not a user's; the last one the mails about several, true once all is written.
    """
    if len(changes.records) > _RECORDS_PER_TRANSACTION and not changes.job:  # A job takes what a transaction holds.
        yield from _parts_of_records(changes)
    elif len(changes.users) > USERS_PER_TRANSACTION and not changes.teams:  # A team has 90 people at most.
        yield from _parts_of_users(changes)
    else:
        yield changes, True


def _parts_of_users(changes: ChangeSet) -> Iterator[tuple[ChangeSet, bool]]:
    starts = range(0, len(changes.users), USERS_PER_TRANSACTION)
    changed = {change.after.user_id for change in changes.users}
    for start in starts:
        is_first, is_last = start == 0, start == starts[-1]
        users = changes.users[start : start + USERS_PER_TRANSACTION]
        about = {change.after.user_id for change in users}
        of_first, of_last = (about | {None} if chosen else about for chosen in (is_first, is_last))
        part = changes._replace(
            users=users,
            entries=tuple(each for each in changes.entries if _among(changed, each.user_id) in of_first),
            mails=tuple(each for each in changes.mails if _among(changed, each.user_id) in of_last),
            mail_quota=_quota_of_part(changes, about, is_first=is_first),
        )
        yield part if is_first else _continued(part), is_last


def _among(changed: set[str], user_id: str | None) -> str | None:
    """Return the user's id if they are among those who change, else None, as for what is about nobody."""
    return user_id if user_id in changed else None


def _continued(part: ChangeSet) -> ChangeSet:
    """Return a further part: the account was written with the first, and the identity is only checked again."""
    identity = part.identity
    kept = IdentityChange(identity.after, identity.after, identity.reason) if identity else None
    return part._replace(account=None, identity=kept)


def _parts_of_records(changes: ChangeSet) -> Iterator[tuple[ChangeSet, bool]]:
    starts = range(0, len(changes.records), _RECORDS_PER_TRANSACTION)
    waiting = list(changes.users)  # An owner is marked once, with their first record; the others are checked each time.
    for start in starts:
        part = changes.records[start : start + _RECORDS_PER_TRANSACTION]
        owners = {change.after.owner_id for change in part if change.after}
        users = tuple(change for change in waiting if change.after.user_id in owners)
        waiting = [change for change in waiting if change.before == change.after or change not in users]
        yield changes._replace(records=part, users=users), start == starts[-1]


def _quota_of_part(changes: ChangeSet, about: set[str], *, is_first: bool) -> MailQuotaUse | None:
    """Return what the mails about these users use; the first part also counts the mails about several."""
    quota = changes.mail_quota
    if quota is None:
        return None
    mails = sum(mail.user_id in about for mail in changes.mails)
    if is_first:
        mails += quota.mails - sum(mail.user_id is not None for mail in changes.mails)
    return quota.of_part(mails, is_first=is_first and quota.is_first)


@functools.cache
def open_committer() -> Committer:
    """Return the instance of this process, made on first use."""
    return Committer()
