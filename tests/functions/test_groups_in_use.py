"""Groups that give rights to people, are counted, and go only when nobody needs them (rules 1 and 30)."""

import pytest
import time_machine

from shared.clock import utc_now
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.factories import ACCESS, ACCOUNT, EDIT, PREVIEW, SETTINGS, ActiveUser, a_user, invited, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import meanwhile
from tests.functions.group_editing import create_group, delete_group, edit_group, read_group
from tests.invoke import Answer, wake


def permissions_of(person: ActiveUser) -> list[str]:
    found: list[str] = call(ACCESS, caller=person.signed_in, account_id=ACCOUNT).body["permissions"]
    return found


def moving(by: ActiveUser, user_id: str, *group_ids: str) -> Answer:
    body = {"groups": list(group_ids)}
    return call(EDIT, caller=by.signed_in, account_id=ACCOUNT, user_id=user_id, body=body)


def test_a_change_holds_for_members_with_their_next_request_and_writes_to_none() -> None:
    ann = an_account()
    group_id = create_group(ann, permissions=["tasks.view"]).body["group_id"]
    lee = a_user(ann, groups=[group_id])
    before = [row for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")]

    had = permissions_of(lee)
    edit_group(ann, group_id, permissions=["orders.view", "orders.edit"])

    assert [row for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")] == before
    assert (had, permissions_of(lee)) == (["tasks.view"], ["orders.edit", "orders.view"])


def test_a_group_counts_its_users_and_goes_when_it_is_empty() -> None:
    ann = an_account()
    group_id = create_group(ann).body["group_id"]
    lee = a_user(ann, groups=[group_id])
    kim = invited(ann, "kim@example.org", groups=[group_id, "everyone"])["user_id"]

    with nothing_changes():
        answer = delete_group(ann, group_id)

    assert (refused(answer), answer.body["user_count"]) == ((409, "group_in_use"), 2)
    for user_id in (lee.user_id, kim):
        assert moving(ann, user_id, "everyone").status == 200
    assert read_group(ann, group_id).body["user_count"] == 0
    assert delete_group(ann, group_id).status == 200
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert group_id not in account["group_users"]


def test_nobody_comes_into_a_group_that_is_being_deleted() -> None:
    ann = an_account()
    lee, group_id = a_user(ann), create_group(ann).body["group_id"]

    with meanwhile("dynamodb", "TransactWriteItems", lambda: delete_group(ann, group_id)):
        moved = moving(ann, lee.user_id, group_id)

    assert wrong_fields(moved) == {"groups"}


def test_a_group_that_someone_comes_into_meanwhile_stays() -> None:
    ann = an_account()
    lee, group_id = a_user(ann), create_group(ann).body["group_id"]

    with meanwhile("dynamodb", "TransactWriteItems", lambda: moving(ann, lee.user_id, group_id)):
        answer = delete_group(ann, group_id)

    assert (refused(answer), answer.body["user_count"]) == ((409, "group_in_use"), 1)


def test_a_group_that_becomes_the_starting_group_meanwhile_stays() -> None:
    ann = an_account()
    group_id = create_group(ann).body["group_id"]
    body = {"default_group": group_id}

    def starts() -> None:
        assert call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body=body).status == 200

    with meanwhile("dynamodb", "TransactWriteItems", starts):
        answer = delete_group(ann, group_id)

    assert (refused(answer), answer.body["user_count"]) == ((409, "group_in_use"), 0)
    assert read_group(ann, group_id).status == 200


def test_the_last_administrator_group_is_not_deleted() -> None:
    ann = an_account()

    with nothing_changes():
        answers = [
            delete_group(ann, "administrators"),
            edit_group(ann, "administrators", permissions=["tasks.view"]),
        ]

    assert [refused(answer) for answer in answers] == [(409, "group_in_use"), (422, "admin_has_all_permissions")]
    assert edit_group(ann, "administrators", name="Owners").body["name"] == "Owners"


@pytest.mark.parametrize("inviter_holds_less", [True, False])
def test_invitations_that_a_change_of_groups_orphans_refuse_and_are_revoked(*, inviter_holds_less: bool) -> None:
    """Bea invites into a group, and then holds less than it gives: her own group shrinks, or that one grows."""
    ann = an_account()
    inviters = create_group(ann, permissions=["tasks.view", "users.view", "users.invite"]).body["group_id"]
    bea = a_user(ann, "bea@example.org", groups=[inviters])
    group_id = create_group(ann, name="Support", permissions=["tasks.view"]).body["group_id"]
    token = token_for(invited(bea, "lee@example.org", groups=[group_id]))

    if inviter_holds_less:
        edit_group(ann, inviters, permissions=["users.view", "users.invite"])
    else:
        edit_group(ann, group_id, permissions=["tasks.view", "orders.edit"])
    opened = call(PREVIEW, body={"token": token})
    with time_machine.travel(utc_now() + INDEXES_KNOW):
        wake("revoke_orphaned_invitations")

    statuses = {row["email"]: row["status"] for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")}
    assert refused(opened) == (410, "invitation_revoked")
    assert statuses["lee@example.org"] == "removed"
