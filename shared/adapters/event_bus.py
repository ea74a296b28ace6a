"""Journal entries as events on the EventBridge bus that the host product subscribes to."""

import functools
import json
from collections.abc import Sequence
from typing import Any

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.adapters.dynamodb.requests import Key, batch_get
from shared.adapters.dynamodb.user_items import user_key
from shared.settings import settings

_SOURCE = "usher"
_MAX_ENTRIES = 10  # Per request.
_PUBLISHED = ("entry_id", "at", "type", "account_id", "actor", "user_id", "identity_id", "version", "before", "after")


class EventBus:
    """The bus of this stage."""

    def __init__(self) -> None:
        self._name = settings().event_bus
        self._events = clients.client("events")
        self._directory = settings().tables.directory_table
        self._dynamodb = clients.client("dynamodb")

    def publish(self, entries: Sequence[dict[str, Any]]) -> list[str]:
        """Put entries, given as the journal's rows; return the ids of those that were not accepted.

        An event's `detail` is the entry without the row's keys, and the `reference` that the host product has given to
        the user (rule 38), as it is when the event is put. So are the user's `identity_id` and `version` where the
        entry has none, as that of a moved record. `entry_id` lets a subscriber tell a repeat. Raises Busy if the users
        cannot be read.
        """
        users = self._users(entries)
        refused: list[str] = []
        for start in range(0, len(entries), _MAX_ENTRIES):
            batch = entries[start : start + _MAX_ENTRIES]
            answer = self._events.put_events(
                Entries=[
                    {
                        "EventBusName": self._name,
                        "Source": _SOURCE,
                        "DetailType": entry["type"],
                        "Detail": json.dumps(_detail(entry, users.get(self._user(entry), {}))),
                    }
                    for entry in batch
                ]
            )
            results = zip(batch, answer["Entries"], strict=True)
            refused += [entry["entry_id"] for entry, result in results if "ErrorCode" in result]
        return refused

    def _users(self, entries: Sequence[dict[str, Any]]) -> dict[Key, dict[str, Any]]:
        """Return the users whom these entries are about, as they are stored."""
        items = batch_get(self._dynamodb, [self._user(entry) for entry in entries if entry.get("user_id")])
        return {key: from_item(item) for key, item in items.items()}

    def _user(self, entry: dict[str, Any]) -> Key:
        return self._directory, entry["account_id"], user_key(entry.get("user_id") or "")


def _detail(entry: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    """Return the detail of the event; the reference is the user's, since the journal keeps none."""
    known = {name: user[name] for name in ("identity_id", "version") if entry.get(name) is None and name in user}
    return {name: entry.get(name) for name in _PUBLISHED} | known | {"reference": user.get("reference")}


def require_publishable(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the entry; raises KeyError for one without the values that its event needs."""
    return entry | {name: entry[name] for name in ("entry_id", "type", "account_id")}


@functools.cache
def open_event_bus() -> EventBus:
    """Return the instance of this process, made on first use."""
    return EventBus()
