"""Marks on users that are no change of theirs: when they were here, and that an operator blocks them everywhere."""

import functools
from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.adapters import clients
from shared.adapters.dynamodb import user_items
from shared.adapters.dynamodb.requests import update
from shared.domain.model.users import User
from shared.settings import settings

_SEEN_AT_MOST_EVERY = timedelta(minutes=15)


class UserMarks:
    """Writes marks; the users' versions stay."""

    def __init__(self) -> None:
        self._directory = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def note_seen(self, user: User, *, now: datetime) -> None:
        """Store, at most every 15 minutes, that the user was here; the user's version stays."""
        if user.last_seen_at and now - user.last_seen_at < _SEEN_AT_MOST_EVERY:
            return
        try:
            update(self._dynamodb, **user_items.note_seen(self._directory, user, now=now))
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return  # No longer active: there is no visit to note.

    def mark_identity_blocked(self, user_ids: Mapping[str, str], *, at: datetime | None) -> None:
        """Mark a person's users, by account, as those of a blocked identity, or take the mark off with None (rule 20).

        Repeating it has no effect; the users' versions stay.
        """
        for account_id, user_id in user_ids.items():
            mark = user_items.mark_identity_blocked(self._directory, account_id, user_id, at=at)
            try:
                update(self._dynamodb, **mark)
            except self._dynamodb.exceptions.ConditionalCheckFailedException:
                continue  # Not a user of this account any more.


@functools.cache
def open_user_marks() -> UserMarks:
    """Return the instance of this process, made on first use."""
    return UserMarks()
