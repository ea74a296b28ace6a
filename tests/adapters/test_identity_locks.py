from typing import Any

import pytest

from shared.adapters.dynamodb.identity_locks import open_identity_locks
from shared.clock import utc_now
from shared.domain.model import errors
from shared.domain.model.identities import Identity
from shared.domain.model.users import DailyCount
from shared.storage_schema import IDENTITIES
from tests.domain_factories import an_identity, an_invited
from tests.table_edits import set_in


@pytest.mark.parametrize(
    ("read", "became"),
    [
        (None, {"sub": "sub-1", "proven": False}),
        (an_identity(proven=False), {"sub": "sub-2", "proven": False}),
        (an_identity(proven=False), {"sub": "sub-1", "proven": True}),
    ],
)
def test_an_identity_that_has_changed_since_it_was_read_is_not_locked(
    read: Identity | None, became: dict[str, Any]
) -> None:
    invited = an_invited(identity=read)
    set_in(IDENTITIES, {"pk": invited.identity_id}, **became)

    with pytest.raises(errors.StaleRead), open_identity_locks().held(invited):
        pytest.fail("nobody else may come in")


@pytest.mark.parametrize("read", [None, an_identity(proven=False)])
def test_an_identity_that_is_as_it_was_read_is_locked(read: Identity | None) -> None:
    invited = an_invited(identity=read)
    if read:
        set_in(IDENTITIES, {"pk": invited.identity_id}, sub=read.sub, proven=False)

    with open_identity_locks().held(invited) as locked:
        assert locked.identity_id == invited.identity_id


@pytest.mark.parametrize("became", [{"sub": "sub-2"}, {"proven": True}], ids=["another sign-in", "another holder"])
def test_no_password_is_changed_of_an_identity_that_has_another_holder_meanwhile(became: dict[str, Any]) -> None:
    read = an_identity(proven=False)
    set_in(IDENTITIES, {"pk": read.identity_id}, **({"sub": "sub-1", "proven": False} | became))

    locked = open_identity_locks().held_for_password(read, operation_id="operation-1", now=utc_now())
    with pytest.raises(errors.StaleRead), locked:
        pytest.fail("the password is someone else's")


def test_no_password_is_changed_of_an_identity_that_was_changed_meanwhile() -> None:
    read = an_identity()
    counted = DailyCount(day="2026-11-21", number=1).model_dump()
    set_in(IDENTITIES, {"pk": read.identity_id}, sub="sub-1", proven=True, password_changes=counted)

    locked = open_identity_locks().held_for_password(read, operation_id="operation-1", now=utc_now())
    with pytest.raises(errors.StaleRead), locked:
        pytest.fail("this change would be counted as the first one, too")
