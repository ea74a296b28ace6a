from typing import Any

import pytest
import time_machine

from shared.clock import utc_now
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.factories import (
    ACCESS,
    ACCOUNT,
    BLOCK,
    GET_ACCOUNT,
    PREVIEW,
    REQUEST_NEW,
    UNBLOCK,
    ActiveUser,
    a_user,
    delivered,
    invited,
    joined,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, on_user, refused, wrong_fields
from tests.invoke import Answer, wake
from tests.table_edits import overdue, user_row


def blocking(by: ActiveUser, user_id: str, **body: Any) -> Answer:
    return on_user(BLOCK, by, user_id, **({"reason": "security"} | body))


def the_account_row() -> dict[str, Any]:
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account" and row["pk"] == ACCOUNT]
    return account


def test_access_ends_with_the_write_and_the_seat_is_kept() -> None:
    ann = an_account()
    lee = a_user(ann)

    answer = blocking(ann, lee.user_id)

    used = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body["seats"]["used"]
    assert (answer.status, answer.body["status"], used) == (200, "blocked", 2)
    assert refused(call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT)) == (404, "not_found")
    assert answer.body["allowed_actions"] == ["edit", "unblock", "deactivate", "remove"]


def test_a_blocked_user_keeps_their_access_to_other_accounts() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    joined("zz999", invited(zoe, lee.address, account_id="zz999"))

    blocking(ann, lee.user_id)

    assert call(ACCESS, caller=lee.signed_in, account_id="zz999").status == 200


def test_unblocking_gives_access_back() -> None:
    ann = an_account()
    lee = a_user(ann)
    blocking(ann, lee.user_id)

    answer = on_user(UNBLOCK, ann, lee.user_id)

    assert (answer.status, answer.body["status"]) == (200, "active")
    assert call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).status == 200


def test_the_person_gets_a_mail_each_time() -> None:
    ann = an_account()
    lee = a_user(ann)
    delivered()

    blocking(ann, lee.user_id)
    blocked = [(mail["To"], mail["Subject"]) for mail in delivered()][-1]
    on_user(UNBLOCK, ann, lee.user_id)
    unblocked = [(mail["To"], mail["Subject"]) for mail in delivered()][-1]

    assert "lee@example.org" in blocked[0]
    assert blocked[1] == f"Your access to Account {ACCOUNT} is blocked"
    assert "lee@example.org" in unblocked[0]
    assert unblocked[1] == f"Your access to Account {ACCOUNT} is no longer blocked"


@pytest.mark.parametrize("reason", ["security", "terms", "other"])
def test_the_journal_names_the_reason(reason: str) -> None:
    ann = an_account()
    lee = a_user(ann)

    blocking(ann, lee.user_id, reason=reason)

    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "user.blocked"]
    assert (entry["actor"], entry["user_id"], entry["after"]) == (
        ann.user_id,
        lee.user_id,
        {"status": "blocked", "reason": reason},
    )


@pytest.mark.parametrize("body", [{"reason": "rude"}, {"reason": None}, {"reason": ""}, {"reason": ["security"]}])
def test_only_a_known_reason_is_taken(body: dict[str, Any]) -> None:
    ann = an_account()
    lee = a_user(ann)

    with nothing_changes():
        answer = blocking(ann, lee.user_id, **body)

    assert wrong_fields(answer) == {"reason"}


def test_repeating_has_no_second_effect() -> None:
    ann = an_account()
    lee = a_user(ann)
    blocking(ann, lee.user_id)

    with nothing_changes():
        again = blocking(ann, lee.user_id, reason="terms")
    on_user(UNBLOCK, ann, lee.user_id)
    with nothing_changes():
        back_again = on_user(UNBLOCK, ann, lee.user_id)

    assert [(one.status, one.body["status"]) for one in (again, back_again)] == [(200, "blocked"), (200, "active")]


def test_nobody_blocks_themselves_nor_the_last_administrator() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)

    with nothing_changes():
        oneself = blocking(ann, ann.user_id)
    blocking(ann, bea.user_id)

    assert refused(oneself) == (409, "cannot_act_on_self")
    assert the_account_row()["admins"] == 1
    on_user(UNBLOCK, ann, bea.user_id)
    assert the_account_row()["admins"] == 2


def test_links_of_a_blocked_inviter_refuse_until_they_are_unblocked() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    link = {"token": token_for(invited(bea))}

    blocking(ann, bea.user_id)
    while_blocked = call(PREVIEW, body=link)
    with time_machine.travel(utc_now() + INDEXES_KNOW):
        wake("revoke_orphaned_invitations")
    on_user(UNBLOCK, ann, bea.user_id)

    assert refused(while_blocked) == (410, "invitation_revoked")
    assert call(PREVIEW, body=link).status == 200
    assert user_row(bea.user_id)["has_invitations_to_revoke"] is False


def test_a_request_for_a_new_link_of_a_blocked_inviter_reaches_the_administrators() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    user = overdue(invited(bea))
    blocking(ann, bea.user_id)

    answer = call(REQUEST_NEW, body={"token": token_for(user)})

    assert answer.status == 202
    assert [mail["To"] for mail in delivered() if "is asking for a new link" in mail["Subject"]] == [
        "Ann Admin <ann@example.org>"
    ]
