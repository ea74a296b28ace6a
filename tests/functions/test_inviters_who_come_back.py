"""Inviters who come back, or are invited again, before their invitations are revoked."""

import pytest
import time_machine

from shared.clock import utc_now
from tests.clock import INDEXES_KNOW
from tests.factories import ACCOUNT, PREVIEW, REMOVE, invited, joined, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, comes_back
from tests.functions.faults import meanwhile
from tests.functions.orphaning import an_inviter, let_go, statuses, sweep, waiting
from tests.invoke import wake
from tests.table_edits import sent_before, user_row


def test_someone_who_comes_back_keeps_what_is_pending() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    user = invited(bea)
    let_go(ann, bea)

    comes_back(ann, bea)
    sweep()

    assert statuses()["lee@example.org"] == "invited"
    assert call(PREVIEW, body={"token": token_for(user)}).status == 200


@pytest.mark.parametrize("before", ["BatchGetItem", "TransactWriteItems"], ids=["before the read", "before the write"])
def test_someone_who_comes_back_while_the_sweep_runs_keeps_what_is_still_pending(before: str) -> None:
    ann = an_account()
    bea = an_inviter(ann)
    invited(bea)
    let_go(ann, bea)

    with meanwhile("dynamodb", before, lambda: comes_back(ann, bea)):
        sweep()

    assert statuses()["lee@example.org"] == "invited"


def test_someone_who_has_gone_again_meanwhile_waits_for_the_index_again() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    invited(bea)
    let_go(ann, bea)

    def back_and_gone_again() -> None:
        comes_back(ann, bea)
        let_go(ann, bea)

    with meanwhile("dynamodb", "BatchGetItem", back_and_gone_again):
        sweep()
    between = statuses()["lee@example.org"]
    with time_machine.travel(utc_now() + 2 * INDEXES_KNOW):
        wake("revoke_orphaned_invitations")

    assert (between, statuses()["lee@example.org"]) == ("invited", "removed")


def test_someone_who_is_invited_again_has_nothing_pending_of_before() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    invited(bea)
    sent_before(user_row(bea.user_id))
    let_go(ann, bea, REMOVE)
    invited(ann, bea.address)

    sweep()
    sweep()

    again = user_row(bea.user_id)
    assert (statuses()["lee@example.org"], again["status"], again["due"]) == ("removed", "invited", "invitations")


def test_someone_who_has_joined_again_keeps_what_is_still_pending() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    invited(bea)
    sent_before(user_row(bea.user_id))
    let_go(ann, bea, REMOVE)

    joined(ACCOUNT, invited(ann, bea.address, admin=True))
    sweep()

    assert (statuses()["lee@example.org"], waiting()) == ("invited", [])
