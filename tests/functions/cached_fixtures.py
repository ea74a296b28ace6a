"""Accounts that were opened before: made once by the product's own functions, then put back as they were then."""

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from moto.cognitoidp.models import cognitoidp_backends
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from tests import aws_fixture, factories
from tests.factories import ACCOUNT, Person

SECOND = "zz999"

_Made = TypeVar("_Made")
_stood: dict[object, tuple[Any, Any, Any, dict[str, Any]]] = {}


def an_account(account_id: str = ACCOUNT, *, seats: int = 10, admin: str = "ann@example.org") -> Person:
    """As `tests.factories` makes it; dear only the first time, if it is the first thing in the world."""
    return standing((account_id, seats, admin), lambda: factories.an_account(account_id, seats=seats, admin=admin))


def two_accounts() -> tuple[Person, Person]:
    """An account with its administrator Ann, and another one with Zoe."""
    return standing("two", lambda: (factories.an_account(), factories.an_account(SECOND, admin="zoe@example.org")))


def standing(name: object, make: Callable[[], _Made]) -> _Made:
    """What `make` makes in an empty world; the second time the world is put back as it was after the first."""
    tables: Any = dynamodb_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION]
    pool: Any = cognitoidp_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION].user_pools[aws_fixture.USER_POOL_ID]
    if pool.users or any(aws_fixture.everything().values()):
        return make()
    groups = {id(group): group for group in pool.groups.values()}
    if name not in _stood:
        made = make()
        users = copy.deepcopy(pool.users, dict(groups))
        _stood[name] = made, copy.deepcopy(tables.tables), users, aws_fixture.kept_objects()
        return made
    made, kept_tables, kept_users, kept_objects = _stood[name]
    tables.tables = copy.deepcopy(kept_tables)
    pool.users.update(copy.deepcopy(kept_users, dict(groups)))
    aws_fixture.put_objects_back(kept_objects)
    return made
