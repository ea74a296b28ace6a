"""A record that is stored while its owner leaves is handed over or marks its owner, whichever write is first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.clock import utc_now
from shared.domain.model.values import iso
from shared.storage_schema import DIRECTORY
from tests import invoke
from tests.command_cases.records import owners, put
from tests.factories import (
    ACCOUNT,
    DEACTIVATE,
    EDIT,
    LEAVE,
    PUT_RECORD,
    PUT_RECORDS,
    REMOVE,
    ActiveUser,
    a_partner,
    a_user,
    an_account,
)
from tests.functions.contract import comes_back, on_user
from tests.invoke import HOST, wake
from tests.proofs import movable_clock, snapshots
from tests.proofs.faults import Interruption, Strike, injected
from tests.proofs.invariants import assert_whole
from tests.proofs.promises import tried
from tests.proofs.snapshots import rows

Step = Callable[[ActiveUser, ActiveUser], Any]


def stores(_: ActiveUser, owner: ActiveUser) -> None:
    parts: dict[str, Any] = {"type": "contact", "record_id": "c-new", "body": {"owner_id": owner.user_id}}
    answer = invoke.call(PUT_RECORD, caller=HOST, account_id=ACCOUNT, **parts)
    assert answer.status == 200, answer.text


def stores_many(_: ActiveUser, owner: ActiveUser) -> None:
    records = [{"type": "contact", "record_id": f"c-{number}", "owner_id": owner.user_id} for number in range(60)]
    answer = invoke.call(PUT_RECORDS, caller=HOST, account_id=ACCOUNT, body={"records": records})
    assert answer.status == 200, answer.text
    assert {row["outcome"] for row in answer.body["results"]} == {"stored"}


def expires(_: ActiveUser, __: ActiveUser) -> None:
    wake("expire")
    wake("expire")  # What another write made wait.


def ends_soon(by: ActiveUser, person: ActiveUser) -> None:
    assert on_user(EDIT, by, person.user_id, access_until=iso(utc_now() + timedelta(hours=1))).status == 200
    movable_clock.forward(timedelta(hours=2))


def left_with_a_job(by: ActiveUser, person: ActiveUser) -> None:
    put(by, "contact", "c-old", person)
    assert on_user(DEACTIVATE, by, person.user_id, reassign_to=by.user_id).status == 200


LEAVING: dict[str, tuple[Callable[[ActiveUser], ActiveUser], Step, Step]] = {
    "deactivate": (a_user, lambda *_: None, lambda ann, kim: on_user(DEACTIVATE, ann, kim.user_id)),
    "hand over": (
        a_user,
        lambda ann, kim: put(ann, "task", "t-1", kim, "pending"),
        lambda ann, kim: on_user(DEACTIVATE, ann, kim.user_id, reassign_to={"task": ann.user_id}),
    ),
    "remove": (a_user, lambda *_: None, lambda ann, kim: on_user(REMOVE, ann, kim.user_id)),
    "leave": (a_partner, lambda *_: None, lambda _, pia: invoke.call(LEAVE, caller=pia.signed_in, account_id=ACCOUNT)),
    "end of access": (a_user, ends_soon, expires),
    "the job's last step": (a_user, left_with_a_job, lambda *_: wake("move_records")),
}


@pytest.mark.parametrize("how", LEAVING)
@pytest.mark.parametrize("storing", [stores, stores_many])
@pytest.mark.parametrize("leaving_first", [True, False], ids=["stored while leaving", "leaving while stored"])
def test_a_record_and_the_end_of_its_owner_know_of_each_other(how: str, storing: Step, *, leaving_first: bool) -> None:
    made, before, leaves = LEAVING[how]
    ann = an_account()
    person = made(ann)
    before(ann, person)
    commands = (lambda: leaves(ann, person)), (lambda: storing(ann, person))
    run, meanwhile = commands if leaving_first else reversed(commands)

    _with_each_call_of(run, meanwhile=meanwhile)


def test_a_target_who_leaves_while_the_job_moves_records_is_marked() -> None:
    ann = an_account()
    left, target = a_user(ann), a_user(ann, "kim@example.org")
    put(ann, "contact", "c-1", left)
    assert on_user(DEACTIVATE, ann, left.user_id, reassign_to=target.user_id).status == 200

    _with_each_call_of(lambda: wake("move_records"), meanwhile=lambda: on_user(DEACTIVATE, ann, target.user_id))


def test_someone_who_comes_back_while_a_record_is_stored_keeps_it_unmarked() -> None:
    ann = an_account()
    person = a_user(ann)
    assert on_user(DEACTIVATE, ann, person.user_id).status == 200

    def back() -> None:
        assert comes_back(ann, person, groups=["everyone"]).status == 200

    _with_each_call_of(lambda: stores(ann, person), meanwhile=back)
    assert not _user(person).get("has_records_waiting")
    assert owners()["c-new"] == person.user_id


def _with_each_call_of(run: Callable[[], Any], *, meanwhile: Callable[[], Any]) -> None:
    """Run it once for each of its AWS calls, before which something else happens, and check what is stored."""
    kept, recording = snapshots.keep(), Strike()
    with injected(recording):
        run()
    assert "TransactWriteItems" in recording.calls
    for position, operation in enumerate(recording.calls):
        snapshots.put_back(kept)
        interruption = Interruption(position, meanwhile)
        with injected(interruption):
            run()
        assert interruption.happened == operation
        assert_whole()
    tried("interleavings", len(recording.calls))


def _user(person: ActiveUser) -> dict[str, Any]:
    [user] = [row for row in rows(DIRECTORY) if row.get("user_id") == person.user_id and row["sk"].startswith("user#")]
    return user
