"""Accounts that were opened before: made once by the product's own functions, then put back as they were then."""

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from tests import aws_fixture, clock, factories
from tests.factories import ACCOUNT, ActiveUser
from tests.proofs import moto_patches, snapshots
from tests.proofs.snapshots import KeptState

SECOND = "zz999"

_Made = TypeVar("_Made")
_made: dict[object, tuple[float, Any, KeptState]] = {}
_KEPT_SECONDS = 300  # Far below the 15 minutes after which a read notes that a user was seen again.


def an_account(account_id: str = ACCOUNT, *, seats: int = 10, admin: str = "ann@example.org") -> ActiveUser:
    """Open the account of `tests.factories`; slow only the first time, if nothing was stored before."""
    return cached((account_id, seats, admin), lambda: factories.an_account(account_id, seats=seats, admin=admin))


def two_accounts() -> tuple[ActiveUser, ActiveUser]:
    """An account with its administrator Ann, and another one with Zoe."""
    return cached("two", lambda: (factories.an_account(), factories.an_account(SECOND, admin="zoe@example.org")))


def cached(name: object, make: Callable[[], _Made]) -> _Made:
    """Return what `make` makes in an empty AWS; put that state back instead if it was made a short while ago.

    What is made while a test has moved the clock is not kept: to the next test it would be of another day.
    """
    if clock.is_travelling() or snapshots.sign_ins() or any(aws_fixture.everything().values()):
        return make()
    key = name, moto_patches.is_active()  # A snapshot under the patches shares its items.
    if key in _made and time.monotonic() - _made[key][0] < _KEPT_SECONDS:
        _, made, kept = _made[key]
        snapshots.put_back(kept)
    else:
        made = make()
        _made[key] = time.monotonic(), made, snapshots.keep()
    return cast(_Made, made)
