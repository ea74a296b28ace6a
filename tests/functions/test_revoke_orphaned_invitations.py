"""The job that revokes the invitations of inviters who are gone or may give less."""

import pytest

from shared.clock import utc_now
from shared.domain.model.permissions import ALL
from shared.domain.model.values import iso
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.bench.metering import metered
from tests.factories import (
    ACCOUNT,
    CREATE_GROUP,
    DEACTIVATE,
    EDIT,
    GET_ACCOUNT,
    PREVIEW,
    REMOVE,
    a_user,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, on_user, refused
from tests.functions.faults import losing_answers, meanwhile, refusing
from tests.functions.orphaning import an_inviter, let_go, statuses, sweep, waiting
from tests.invoke import wake
from tests.table_edits import overdue, set_in, set_user, user_row


def test_the_job_reads_no_invitations_of_others() -> None:
    ann = an_account(seats=20)
    bea = an_inviter(ann)
    invited(bea)
    for number in range(5):
        invited(ann, f"kim{number}@example.org")
    let_go(ann, bea)

    with metered() as calls:
        sweep()

    queries = [made.answered["ScannedCount"] for made in calls.made if made.operation == "Query"]
    assert queries == [1, 1]  # Bea, who is marked, and her one invitation.


@pytest.mark.parametrize("route", [DEACTIVATE, REMOVE])
def test_what_someone_had_pending_is_withdrawn_after_they_are_gone(route: str) -> None:
    ann = an_account()
    bea = an_inviter(ann)
    hers, anns = invited(bea), invited(ann, "kim@example.org")
    let_go(ann, bea, route)

    refusals = [call(PREVIEW, body={"token": token_for(user)}).status for user in (hers, anns)]
    sweep()

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.revoked"]
    assert refusals == [410, 200]
    assert (statuses()["lee@example.org"], statuses()["kim@example.org"]) == ("removed", "invited")
    assert (account["seats"]["used"], account["counts"]["invited"]) == (2, 1)
    assert (entry["actor"], entry["user_id"]) == ("clock", hers["user_id"])
    assert refused(call(PREVIEW, body={"token": token_for(hers)})) == (410, "invitation_revoked")


def test_a_run_that_finds_nothing_left_ends_the_work() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    invited(bea)
    let_go(ann, bea)

    before, version = waiting(), user_row(bea.user_id)["version"]
    sweep()
    between = waiting()
    sweep()

    row = user_row(bea.user_id)
    assert (before, between, waiting()) == ([bea.address], [bea.address], [])
    assert (row["has_invitations_to_revoke"], row["version"]) == (False, version)
    with nothing_changes():
        sweep()


def test_a_run_that_finds_nothing_while_the_inviter_is_let_go_leaves_the_work_to_do() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    invited(bea)
    rights = {"admin": False, "groups": ["everyone"], "permissions": {"allow": ["users.invite"], "deny": []}}
    assert on_user(EDIT, ann, bea.user_id, **rights).status == 200

    with meanwhile("dynamodb", "TransactWriteItems", sweep):
        let_go(ann, bea)

    assert waiting() == [bea.address]
    sweep()
    assert statuses()["lee@example.org"] == "removed"


def test_an_administrator_who_is_demoted_leaves_no_invited_administrator_behind() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    invited(bea, admin=True)
    body = {"name": "All", "permissions": list(ALL)}
    everything = call(CREATE_GROUP, caller=ann.signed_in, account_id=ACCOUNT, body=body)
    rights = {"admin": False, "groups": [everything.body["group_id"]]}

    assert on_user(EDIT, ann, bea.user_id, **rights).status == 200
    sweep()

    assert statuses()["lee@example.org"] == "removed"


def test_what_was_written_a_moment_ago_may_still_come_into_the_index() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    let_go(ann, bea)

    with nothing_changes():
        wake("revoke_orphaned_invitations")


def test_invitations_that_the_clock_has_taken_are_left_to_it() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    overdue(invited(bea))
    let_go(ann, bea)

    sweep()

    assert statuses()["lee@example.org"] == "invited"
    assert waiting() == []
    wake("expire")
    assert statuses()["lee@example.org"] == "expired"


def test_someone_who_is_invited_by_another_meanwhile_is_left_alone() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    user = invited(bea)
    let_go(ann, bea)

    with meanwhile(
        "dynamodb", "TransactWriteItems", lambda: set_user(user, invitation__invited_by=ann.user_id, version=2)
    ):
        sweep()

    assert statuses()["lee@example.org"] == "invited"
    sweep()
    assert waiting() == []


def test_one_that_cannot_be_written_holds_up_no_other_and_fails_the_run() -> None:
    ann = an_account()
    bea = an_inviter(ann)
    for number in range(3):
        invited(bea, f"u{number}@example.org")
    let_go(ann, bea)

    with (
        refusing("dynamodb", "TransactWriteItems", "ValidationException", times=1),
        pytest.raises(RuntimeError, match="could not be processed"),
    ):
        sweep()

    assert sorted(statuses()[f"u{number}@example.org"] for number in range(3)) == ["invited", "removed", "removed"]
    sweep()
    assert {statuses()[f"u{number}@example.org"] for number in range(3)} == {"removed"}


@pytest.mark.parametrize("operation", ["TransactWriteItems", "UpdateItem"])
def test_a_lost_answer_withdraws_once(operation: str) -> None:
    ann = an_account()
    bea = an_inviter(ann)
    invited(bea)
    let_go(ann, bea)

    with losing_answers("dynamodb", operation):
        sweep()
        sweep()

    assert (statuses()["lee@example.org"], waiting()) == ("removed", [])
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("invitation.revoked") == 1


def test_another_account_is_not_touched() -> None:
    ann, zoe = two_accounts()
    bea = an_inviter(ann)
    elsewhere = invited(zoe, "x@example.org", account_id="zz999")
    set_user(elsewhere, invitation__invited_by=bea.user_id)
    let_go(ann, bea)

    sweep()

    assert statuses()["x@example.org"] == "invited"


def test_any_other_event_is_refused() -> None:
    with nothing_changes(), pytest.raises(ValueError, match="not the event"):
        wake("revoke_orphaned_invitations", {"every": "hour"})


def test_what_groups_gave_and_give_no_more_is_withdrawn_for_all_their_members() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite", "journal.view"]})
    invited(bea, "more@example.org", permissions={"allow": ["journal.view"]})
    invited(bea, "less@example.org")
    invited(ann, "anns@example.org", permissions={"allow": ["journal.view"]})
    set_user({"account_id": ACCOUNT, "user_id": bea.user_id}, allow=["users.invite"])
    moment = iso(utc_now())
    key = {"pk": ACCOUNT, "sk": "groups"}
    set_in(DIRECTORY, key, rights_changed_at=moment, due="orphaned_invitations", due_at=f"{moment}\t{ACCOUNT}")

    sweep()
    left = {address: status for address, status in statuses().items() if status == "invited"}
    sweep()

    [groups] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "groups"]
    assert left == {"less@example.org": "invited", "anns@example.org": "invited"}
    assert not {"due", "due_at", "rights_changed_at"} & set(groups)
    with nothing_changes():
        sweep()
