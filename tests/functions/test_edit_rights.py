from typing import Any

import pytest
import time_machine

from shared.clock import utc_now
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.factories import ACCESS, ACCOUNT, EDIT, PREVIEW, SETTINGS, ActiveUser, a_user, invited, token_for
from tests.functions import group_editing
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import meanwhile
from tests.invoke import Answer, wake
from tests.table_edits import set_user, user_row


def edit_rights(by: ActiveUser, user: dict[str, Any], **fields: Any) -> Answer:
    return call(EDIT, caller=by.signed_in, account_id=ACCOUNT, user_id=user["user_id"], body=fields)


def changing(by: ActiveUser, **settings: Any) -> Answer:
    return call(SETTINGS, caller=by.signed_in, account_id=ACCOUNT, body=settings)


def counters() -> dict[str, Any]:
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account" and row["pk"] == ACCOUNT]
    return account


def row_of(person: ActiveUser) -> dict[str, Any]:
    return {"user_id": person.user_id, "account_id": ACCOUNT}


def test_rights_change_with_the_next_request_and_are_counted() -> None:
    ann = an_account()
    lee = a_user(ann)

    answer = edit_rights(ann, row_of(lee), admin=True, reference="crm-7")

    access = call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).body
    assert (answer.status, answer.body["admin"], answer.body["reference"]) == (200, True, "crm-7")
    assert [group["group_id"] for group in answer.body["groups"]] == ["everyone", "administrators"]
    assert access["admin"] is True
    assert (counters()["admins"], counters()["group_users"]) == (2, {"administrators": 2, "everyone": 1})

    answer = edit_rights(lee, row_of(ann), groups=["everyone"], permissions={"allow": ["users.invite"], "deny": []})

    assert (answer.body["admin"], answer.body["permissions"]["allow"]) == (False, ["users.invite"])
    assert (counters()["admins"], counters()["group_users"]) == (1, {"administrators": 1, "everyone": 2})
    assert call(ACCESS, caller=ann.signed_in, account_id=ACCOUNT).body["admin"] is False


def test_the_last_administrator_stays_one() -> None:
    ann = an_account()

    with nothing_changes():
        answer = edit_rights(ann, row_of(ann), admin=False, groups=["everyone"])

    assert refused(answer) == (409, "last_admin")


def test_an_administrator_gets_no_individual_permissions() -> None:
    ann = an_account()
    lee = a_user(ann)

    with nothing_changes():
        answers = [
            edit_rights(ann, row_of(ann), permissions={"allow": ["users.view"]}),
            edit_rights(ann, row_of(lee), admin=True, permissions={"deny": ["users.view"]}),
        ]

    assert [refused(answer) for answer in answers] == [(422, "admin_has_all_permissions")] * 2


def test_an_editor_gives_what_they_hold_and_no_more() -> None:
    ann = an_account()
    eve = a_user(ann, "eve@example.org", permissions={"allow": ["users.edit", "journal.view"]})
    lee = a_user(ann)

    with nothing_changes():
        answers = [
            edit_rights(eve, row_of(lee), permissions={"allow": ["orders.view", "users.invite"]}),
            edit_rights(eve, row_of(lee), permissions={"deny": ["orders.view"]}),
            edit_rights(eve, row_of(lee), admin=True),
            edit_rights(eve, row_of(ann), reference="mine"),
        ]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 4
    assert edit_rights(eve, row_of(lee), permissions={"allow": ["journal.view"]}).status == 200
    assert edit_rights(eve, row_of(eve), permissions={"allow": ["users.edit"]}).status == 200


def test_a_permission_that_the_account_gave_once_is_given_back_only_by_who_holds_it() -> None:
    ann = an_account()
    eve = a_user(ann, "eve@example.org", permissions={"allow": ["users.edit", "users.invite"]})
    changing(ann, global_permissions=["contacts.export"])
    lee = invited(eve)
    kept = edit_rights(eve, lee, reference="crm-7", permissions={"allow": ["contacts.export", "users.edit"]})
    edit_rights(ann, lee, permissions={"allow": []})
    changing(ann, global_permissions=[])

    with nothing_changes():
        answers = [
            edit_rights(eve, lee, permissions={"allow": [each]}) for each in ("contacts.export", "contacts.delete")
        ]

    assert (kept.status, kept.body["invitation"]["invited_by"]) == (200, eve.user_id)
    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 2
    assert edit_rights(ann, lee, permissions={"allow": ["contacts.export"]}).status == 200


def test_nobody_moves_an_invited_user_back_into_the_former_starting_group_beyond_their_own_rights() -> None:
    ann = an_account()
    rights = ["users.edit", "users.invite", "users.view"]
    hr = group_editing.create_group(ann, name="HR", permissions=rights).body["group_id"]
    eve = a_user(ann, "eve@example.org", groups=[hr])
    mia = a_user(ann, "mia@example.org", groups=[hr], permissions={"deny": ["users.invite"]})
    lee = invited(ann)
    edit_rights(ann, lee, groups=[hr])
    changing(ann, default_group=hr)
    group_editing.edit_group(ann, "everyone", permissions=["contacts.delete", "users.view"])

    with nothing_changes():
        answers = [
            edit_rights(by, lee, groups=groups) for by in (eve, mia) for groups in (["everyone"], [hr, "everyone"])
        ]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 4


@pytest.mark.parametrize("status", ["expired", "declined", "inactive", "removed"])
def test_rights_are_edited_only_of_someone_who_is_invited_active_or_blocked(status: str) -> None:
    ann = an_account()
    user = invited(ann)
    set_user(user, status=status)

    with nothing_changes():
        answer = edit_rights(ann, user, permissions={"allow": ["users.view"]})

    assert refused(answer) == (409, "wrong_state")


def test_links_of_someone_who_loses_the_right_refuse_at_once_and_are_revoked() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite", "users.view"]})
    hers, anns = invited(bea), invited(ann, "kim@example.org")

    edit_rights(ann, row_of(bea), permissions={"allow": []})

    links = [call(PREVIEW, body={"token": token_for(user)}) for user in (hers, anns)]
    assert [(link.status, link.code) for link in links] == [(410, "invitation_revoked"), (200, None)]
    sweep()
    sweep()
    assert statuses() == {"lee@example.org": "removed", "kim@example.org": "invited"}
    assert user_row(bea.user_id)["has_invitations_to_revoke"] is False
    assert "due" not in user_row(bea.user_id)


def test_only_those_invitations_are_revoked_that_give_more_than_is_left() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite", "journal.view"]})
    invited(bea, "more@example.org", permissions={"allow": ["journal.view"]})
    invited(bea, "less@example.org")

    edit_rights(ann, row_of(bea), permissions={"allow": ["users.invite"]})
    sweep()
    sweep()

    assert statuses() == {"more@example.org": "removed", "less@example.org": "invited"}


def test_someone_who_gets_the_right_back_in_time_keeps_what_is_pending() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    user = invited(bea)
    edit_rights(ann, row_of(bea), admin=False, groups=["everyone"])

    edit_rights(ann, row_of(bea), permissions={"allow": ["users.invite"]})
    sweep()

    assert call(PREVIEW, body={"token": token_for(user)}).status == 200
    assert user_row(bea.user_id)["has_invitations_to_revoke"] is False


def test_a_right_that_comes_back_in_the_middle_keeps_what_is_pending() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    user = invited(bea)
    edit_rights(ann, row_of(bea), admin=False, groups=["everyone"])

    with meanwhile("dynamodb", "TransactWriteItems", lambda: edit_rights(ann, row_of(bea), admin=True)):
        sweep()

    assert call(PREVIEW, body={"token": token_for(user)}).status == 200


def test_a_link_that_gives_more_since_an_edit_is_answered_for_by_the_editor() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite"]})
    user = invited(bea)

    answer = edit_rights(ann, user, permissions={"allow": ["journal.view", "contacts.export"]})

    assert answer.body["invitation"]["invited_by"] == ann.user_id
    assert call(PREVIEW, body={"token": token_for(user)}).status == 200


def sweep() -> None:
    with time_machine.travel(utc_now() + INDEXES_KNOW):
        wake("revoke_orphaned_invitations")


def statuses() -> dict[str, str]:
    users = [row for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")]
    return {row["email"]: row["status"] for row in users if row["status"] != "active"}


def test_someone_who_gives_up_rights_is_answered_what_they_may_do_now() -> None:
    ann = an_account()
    lee = a_user(ann, admin=True)

    answer = edit_rights(lee, row_of(lee), admin=False)

    assert (answer.status, answer.body["allowed_actions"]) == (200, [])
