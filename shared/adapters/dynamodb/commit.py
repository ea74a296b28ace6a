"""The one way to save what a command has decided: one transaction, or several that a repeat finishes."""

import functools
from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel

from shared.adapters import clients
from shared.adapters.dynamodb.requests import transact
from shared.adapters.dynamodb.response_items import store_response
from shared.adapters.dynamodb.transaction_items import merged, of_changes
from shared.domain.model.counters import MailQuotaUse
from shared.domain.policy.changes import ChangeSet, IdentityChange
from shared.domain.policy.snapshot import CommitBasis, Snapshot
from shared.settings import settings

_RECORDS_PER_TRANSACTION = 24  # With the numbers of two owners, a mark or check each, and what they rest on.
_USERS_PER_TRANSACTION = 28  # With an entry and a mail each, 10 other mails, and what they rest on: 97 of 100 items.

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

        Raises Conflict if the basis has changed since it was read. Under an idempotency key the answer is stored in the
        same transaction; without `stores_answer` only that the request succeeded. More users than one transaction takes
        follow in further ones: if these do not come, a repeat of the request finds and finishes them.
        """
        basis = basis.basis if isinstance(basis, Snapshot) else basis
        for part, is_last in _parts(changes):
            writes = of_changes(self._tables, part, basis)
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
                transact(self._dynamodb, merged(writes), operation=basis.operation_id)
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
        return
    per_transaction = len(changes.users) if changes.teams else _USERS_PER_TRANSACTION  # A team has 90 people at most.
    starts = range(0, max(len(changes.users), 1), max(per_transaction, 1))
    changed = {change.after.user_id for change in changes.users}
    for start in starts:
        users = changes.users[start : start + _USERS_PER_TRANSACTION]
        is_last = start == starts[-1]
        if len(starts) == 1:
            yield changes, is_last
            continue
        about = {change.after.user_id for change in users}

        def belongs(user_id: str | None, *, otherwise: bool, about: set[str] = about) -> bool:
            return user_id in about or (otherwise and user_id not in changed)

        part = changes._replace(
            users=users,
            entries=tuple(entry for entry in changes.entries if belongs(entry.user_id, otherwise=start == 0)),
            mails=tuple(mail for mail in changes.mails if belongs(mail.user_id, otherwise=is_last)),
            mail_quota=_quota_of_part(changes, about, is_first=start == 0),
        )
        if start:
            identity = changes.identity
            kept = IdentityChange(identity.after, identity.after, identity.reason) if identity else None
            part = part._replace(account=None, identity=kept)
        yield part, is_last


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
    """Return the one of this process."""
    return Committer()
