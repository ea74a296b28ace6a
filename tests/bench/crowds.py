"""Many users at once, written by the product's own row builder past the emulator's slow front door."""

import copy
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import moto.dynamodb.models as emulator
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Table as EmulatedTable

from shared.adapters.items import to_item
from shared.adapters.keys import Keys
from shared.adapters.rows import user_key, user_row
from shared.domain.users import Status, User
from shared.settings import settings
from shared.tables import DIRECTORY
from tests import people, world

_FIRST = ("Ada", "Bo", "Cleo", "Dán", "Eve", "Finn", "Gus", "Hana", "Ines", "Jo")
_LAST = ("Abel", "Brandt", "Castro", "Dúbois", "Eklund", "Fischer", "García", "Holm", "Ito", "Jansen", "Klein")
_OF_A_HUNDRED = (
    *[Status.ACTIVE] * 75,
    *[Status.INVITED] * 6,
    *[Status.EXPIRED] * 3,
    *[Status.INACTIVE] * 12,
    *[Status.BLOCKED] * 1,
    *[Status.DECLINED] * 1,
    *[Status.REMOVED] * 2,
)


def an_invited_user() -> User:
    """One who was really invited, to make others after."""
    admin = people.an_account(seats=1_000_000)
    user = people.invited(admin, "model@example.org")
    rows = [row for row in world.items(DIRECTORY) if row["sk"] == user_key(user["user_id"])]
    return User.model_validate(rows[0])


def waiting(model: User, number: int, *, from_number: int = 0, expired_for: timedelta | None = None) -> list[User]:
    """Invited users after a model; with `expired_for`, the sweep is due."""
    invitation = model.invitation
    if expired_for:
        invitation = invitation.model_copy(update={"expires_at": model.created_at - expired_for})
    return [_after(model, i, status=Status.INVITED, invitation=invitation) for i in range(from_number, from_number + number)]


def a_company(model: User, number: int) -> Iterator[User]:
    """Users of every status, most of them active."""
    for i in range(number):
        status = _OF_A_HUNDRED[i * 37 % 100]
        joined = status in {Status.ACTIVE, Status.INACTIVE, Status.BLOCKED}
        yield _after(
            model,
            i,
            status=status,
            holds_seat=status in {Status.ACTIVE, Status.INVITED, Status.BLOCKED},
            joined_at=model.created_at - timedelta(minutes=i * 7919 % 1_000_000) if joined else None,
        )


def _after(model: User, i: int, **changes: Any) -> User:
    address = f"user{i:05}@example.org"
    names = {"first_name": _FIRST[i % len(_FIRST)], "last_name": f"{_LAST[i * 7 % len(_LAST)]} {i:05}"}
    user_id = Keys(settings()).ids.user_id(model.account_id, address)
    return model.model_copy(update={"user_id": user_id, "email": address, **names, **changes})


def write(users: Iterable[User]) -> None:
    """Puts the users into the directory; the account's counters are left to whoever needs them."""
    table = dynamodb_backends[DEFAULT_ACCOUNT_ID][world.REGION].get_table(world.physical(DIRECTORY))
    for user in users:
        row = user_row(user) | {"pk": user.account_id, "sk": user_key(user.user_id)}
        table.put_item(to_item(row), overwrite=True)


@contextmanager
def without_backups() -> Iterator[None]:
    """The emulator copies whole tables before each transaction; where none fails, that is only slow."""

    def deep_copy(thing: Any) -> Any:
        return thing if isinstance(thing, EmulatedTable) else copy.deepcopy(thing)

    usual = emulator.copy
    emulator.copy = SimpleNamespace(deepcopy=deep_copy)  # type: ignore[assignment]
    try:
        yield
    finally:
        emulator.copy = usual


