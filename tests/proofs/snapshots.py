"""The state of the emulated AWS, kept and put back: a prepared state is made once, not once for each case."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from moto.cognitoidp.models import cognitoidp_backends
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.ses.models import ses_backends

from shared.adapters.dynamodb.codec import from_item
from shared.storage_schema import Table
from tests import aws_fixture
from tests.proofs import moto_patches, movable_clock

Row = dict[str, Any]


@dataclass(frozen=True)
class KeptState:
    """Tables, sign-ins, mailbox, bucket and clock at one moment."""

    tables: Any
    sign_ins: Any
    sent: list[Any]
    objects: dict[str, Any]
    ahead: timedelta


def keep() -> KeptState:
    """The state as it is now."""
    return KeptState(
        copy.deepcopy(_tables().tables),
        _copied(_pool().users),
        list(_mailbox().sent_messages),
        aws_fixture.kept_objects(),
        movable_clock.moved(),
    )


def put_back(state: KeptState) -> None:
    """Restore the state as it was then."""
    _tables().tables = copy.deepcopy(state.tables)
    _pool().users = _copied(state.sign_ins)
    _mailbox().sent_messages[:] = state.sent
    aws_fixture.forget_events()
    aws_fixture.put_objects_back(state.objects)
    movable_clock.put(state.ahead)


def rows(table: Table) -> Iterator[Row]:
    """Everything in a table, as JSON values; read where the emulator keeps it, since a scan takes its time.

    Under the speed patches an item is translated once, since none is ever changed in place.
    """
    for partition in _tables().tables[aws_fixture.physical(table)].items.values():
        for item in partition.values() if table.sort_key else [partition]:
            if not (moto_patches.is_active() and hasattr(item, "row")):
                item.row = from_item(item.to_json()["Attributes"])
            yield item.row


def password_of(address: str) -> str | None:
    """What signs the Cognito user of this address in."""
    return next((user.password for user in _pool().users.values() if user.username == address), None)


def sign_ins() -> dict[str, str]:
    """The Cognito users: `sub` by username."""
    found = {}
    for user in _pool().users.values():
        found[user.username] = next(one["Value"] for one in user.attributes if one["Name"] == "sub")
    return found


def _copied(users: Any) -> Any:
    """Copies of users, in the pool's own groups."""
    return copy.deepcopy(users, {id(group): group for group in _pool().groups.values()})


def _tables() -> Any:
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION]


def _pool() -> Any:
    return cognitoidp_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION].user_pools[aws_fixture.USER_POOL_ID]


def _mailbox() -> Any:
    return ses_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION]
