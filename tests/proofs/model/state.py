"""What is stored at one moment, and how two such states differ."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from shared.adapters.dynamodb.keys import Keys
from shared.clock import utc_now
from shared.settings import settings
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, TABLES
from tests.proofs.snapshots import password_of, rows, sign_ins

Row = dict[str, Any]
Key = tuple[str, str, str | None]  # table, pk, sk

# What is another value each time that the same command runs: ids made from the operation's, and salted hashes.
_RANDOM = re.compile(
    r"(?:\b|(?<=\\t))([a-z2-7]{26}|[0-9a-v]{26})\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=Z-)[a-z2-7]{10}|scrypt\$[^\"]+"
)
_SEAT_REQUEST = "seat_request#"
_MOMENTS = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\"forget_at\": \d+")


class State:
    """All items of all tables, and the passwords that sign in; rows are shared between states and never changed."""

    def __init__(self) -> None:
        self.now = utc_now()
        self.items: dict[Key, Row] = {
            (table.name, row["pk"], row.get("sk")): row for table in TABLES for row in rows(table)
        }
        self.passwords = {address: (sub, password_of(address)) for address, sub in sign_ins().items()}
        directory = [row for row in self.items.values() if "sk" in row]
        self.accounts: dict[str, Row] = {row["pk"]: row for row in directory if row["sk"] == "account"}
        self.users: dict[tuple[str, str], Row] = {
            (row["pk"], row["email"]): row for row in directory if row["sk"].startswith("user#")
        }
        self.identities: dict[str, Row] = {row["address"]: row for row in self._of(IDENTITIES.name)}
        self.mails: list[Row] = sorted(self._of(MAIL.name), key=lambda row: (row["queued_at"], row["pk"]))
        self.entries: list[Row] = list(self._of(JOURNAL.name))

    def _of(self, table: str) -> Iterator[Row]:
        return (row for (name, _, _), row in self.items.items() if name == table)

    def status(self, target: tuple[str, str] | None) -> str:
        """Return the status by the clock, `none`, or `overdue` for one that has expired and was not swept yet."""
        user = self.users.get(target) if target else None
        if user is None:
            return "none"
        if has_ended(user, self.now):
            return "inactive"
        is_overdue = user["status"] == "invited" and not is_open(user, self.now)
        return "overdue" if is_overdue else str(user["status"])

    def active(self, account_id: str) -> list[Row]:
        """Return the account's active users."""
        return [
            row
            for (account, email), row in self.users.items()
            if account == account_id and self.is_active(account, email)
        ]

    def group_id(self, account_id: str, name: str) -> str:
        """Return the id of a group of this name, also of one that was deleted; else one that does not exist."""
        row = self.items.get((DIRECTORY.name, account_id, "groups"), {})
        living = {group["name"]: group_id for group_id, group in row.get("groups", {}).items()}
        deleted = {gone["group"]["name"]: group_id for group_id, gone in row.get("deleted", {}).items()}
        return str({**deleted, **living}.get(name, "n" * 26))

    def team_id(self, account_id: str, name: str) -> str:
        """Return the id of a team of this name, also of one that was deleted; else one that does not exist."""
        teams = [
            row for row in self.items.values() if row["pk"] == account_id and row.get("sk", "").startswith("team#")
        ]
        named = sorted((row for row in teams if row["name"] == name), key=lambda row: "deleted_at" not in row)
        return str(named[-1]["team_id"]) if named else "n" * 26

    def seat_request_id(self, account_id: str, back: int) -> str:
        """Return the id of one of the account's requests for seats, 0 the latest; else one that does not exist."""
        ids = sorted(row["request_id"] for row in self.items.values() if row.get("sk", "").startswith(_SEAT_REQUEST))
        known = [one for one in ids if (DIRECTORY.name, account_id, _SEAT_REQUEST + one) in self.items]
        return str(known[-1 - back]) if back < len(known) else "n" * 26

    def is_active(self, account_id: str | None, address: str) -> bool:
        is_blocked = self.identities.get(address, {}).get("blocked", False)
        return not is_blocked and self.status((account_id or "", address)) == "active"

    def recovery(self, address: str) -> Row | None:
        """Return what is kept of the newest password reset link for this address."""
        return self.items.get((DIRECTORY.name, f"recovery#{identity_id_of(address)}", "recovery"))

    def is_certified(self, address: str) -> bool:
        """Return whether the registry of partners has this address."""
        certification = self.identities.get(address, {}).get("certification", {"withdrawn_at": ""})
        return "withdrawn_at" not in certification

    def remembers(self, key: Key) -> bool:
        """Return whether the answer under an Idempotency-Key is still kept."""
        return key in self.items and bool(self.items[key]["forget_at"] > self.now.timestamp())

    def normalized(self, *, moments: bool = True) -> list[str]:
        """Return all items as texts that are equal if the same happened, without `moments` at whatever time."""
        texts = [
            f"{table} {json.dumps(_without_order(row), sort_keys=True)}" for (table, _, _), row in self.items.items()
        ]
        texts += [f"sign-in {address} {password}" for address, (_, password) in self.passwords.items()]
        texts = [_RANDOM.sub("…", text) for text in texts]
        return sorted(texts if moments else [_MOMENTS.sub("…", text) for text in texts])


def _without_order(value: Any) -> Any:
    """Return a value in which no order depends on random ids: what stands under them becomes a sorted list."""
    if not isinstance(value, dict):
        return value
    named = {name: _without_order(one) for name, one in value.items()}
    if not any(_RANDOM.fullmatch(name) for name in named):
        return named
    return sorted(_RANDOM.sub("…", json.dumps([name, one], sort_keys=True)) for name, one in named.items())


def is_open(user: Row, now: datetime) -> bool:
    """Return whether the user has an invitation whose time has not come."""
    return user["status"] == "invited" and now < datetime.fromisoformat(user["invitation"]["expires_at"])


def has_ended(user: Row, now: datetime) -> bool:
    """Return whether the user's access has ended, be it written by now or not (rule 37)."""
    has_access = user["status"] in {"active", "blocked"}
    return has_access and "access_until" in user and now >= datetime.fromisoformat(user["access_until"])


def changes(before: State, after: State) -> dict[Key, tuple[Row | None, Row | None]]:
    """Return what is not the same, as it was and as it is."""
    return {
        key: (before.items.get(key), after.items.get(key))
        for key in {**before.items, **after.items}
        if before.items.get(key) is not after.items.get(key) and before.items.get(key) != after.items.get(key)
    }


def is_same(before: State, after: State) -> bool:
    """Return whether nothing has changed in between."""
    return not changes(before, after) and before.passwords == after.passwords


def user_id_of(account_id: str, address: str) -> str:
    """Return the id that this address has in this account, also before it is in it."""
    return Keys(settings()).ids.user_id(account_id, address)


def identity_id_of(address: str) -> str:
    """Return the id of the identity of this address, whether or not anyone has it."""
    return Keys(settings()).ids.identity_id(address)


MILLISECOND = timedelta(milliseconds=1)
