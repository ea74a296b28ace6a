"""Journal entries as events on the EventBridge bus that the host product subscribes to."""

import functools
import json
from collections.abc import Sequence
from typing import Any

from shared.adapters import clients
from shared.settings import settings

_SOURCE = "usher"
_MAX_ENTRIES = 10  # Per request.
_PUBLISHED = ("entry_id", "at", "type", "account_id", "actor", "user_id", "identity_id", "version", "before", "after")


class EventBus:
    """The bus of this stage."""

    def __init__(self) -> None:
        self._name = settings().event_bus
        self._events = clients.client("events")

    def publish(self, entries: Sequence[dict[str, Any]]) -> list[str]:
        """Put entries, given as the journal's rows; return the ids of those that were not accepted.

        An event's `detail` is the entry without the row's keys; its `entry_id` lets a subscriber tell a repeat.
        """
        refused: list[str] = []
        for start in range(0, len(entries), _MAX_ENTRIES):
            batch = entries[start : start + _MAX_ENTRIES]
            answer = self._events.put_events(
                Entries=[
                    {
                        "EventBusName": self._name,
                        "Source": _SOURCE,
                        "DetailType": entry["type"],
                        "Detail": json.dumps({name: entry.get(name) for name in _PUBLISHED}),
                    }
                    for entry in batch
                ]
            )
            results = zip(batch, answer["Entries"], strict=True)
            refused += [entry["entry_id"] for entry, result in results if "ErrorCode" in result]
        return refused


def require_publishable(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the entry; raises KeyError for one without the values that its event needs."""
    return entry | {name: entry[name] for name in ("entry_id", "type")}


@functools.cache
def open_event_bus() -> EventBus:
    """Return the one of this process."""
    return EventBus()
