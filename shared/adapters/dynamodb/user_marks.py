"""Marks on users that are no change of theirs: when they were here, and that an operator blocks them everywhere."""

import functools
from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.adapters import clients
from shared.adapters.dynamodb.requests import update
from shared.adapters.dynamodb.user_items import user_key
from shared.domain.model.base import iso
from shared.domain.model.users import Status, User
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
            update(
                self._dynamodb,
                TableName=self._directory,
                Key={"pk": {"S": user.account_id}, "sk": {"S": user_key(user.user_id)}},
                UpdateExpression="SET last_seen_at = :now",
                ConditionExpression="#status = :active",
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues={":now": {"S": iso(now)}, ":active": {"S": Status.ACTIVE}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return  # No longer active: there is no visit to note.

    def mark_identity_blocked(self, user_ids: Mapping[str, str], *, at: datetime | None) -> None:
        """Mark a person's users, by account, as those of a blocked identity, or take the mark off with None (rule 32).

        Repeating it has no effect; the users' versions stay.
        """
        for account_id, user_id in user_ids.items():
            try:
                update(
                    self._dynamodb,
                    TableName=self._directory,
                    Key={"pk": {"S": account_id}, "sk": {"S": user_key(user_id)}},
                    UpdateExpression="SET identity_blocked_at = if_not_exists(identity_blocked_at, :at)"
                    if at
                    else "REMOVE identity_blocked_at",
                    ConditionExpression="attribute_exists(pk)",
                    **({"ExpressionAttributeValues": {":at": {"S": iso(at)}}} if at else {}),
                )
            except self._dynamodb.exceptions.ConditionalCheckFailedException:
                continue  # Not a user of this account any more.


@functools.cache
def open_user_marks() -> UserMarks:
    """Return the one of this process."""
    return UserMarks()
