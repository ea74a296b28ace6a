"""A partner leaves an account, which nobody else does by themselves."""

import pytest

from tests.command_cases.case import KEYED
from tests.factories import ACCESS, ACCOUNT, BLOCK_IDENTITY, LEAVE, USER, a_partner, a_user, an_operator, delivered
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, on_user, refused
from tests.functions.partners import times_journaled
from tests.table_edits import user_row


def test_a_partner_leaves_and_the_administrators_are_told() -> None:
    ann = an_account()
    pat = a_partner(ann, admin=True)
    assert "leave" in on_user(USER, pat, pat.user_id).body["allowed_actions"]
    assert "leave" not in on_user(USER, ann, pat.user_id).body["allowed_actions"]

    answer = call(LEAVE, caller=pat.signed_in, account_id=ACCOUNT, body={})

    assert (answer.status, answer.body["status"], user_row(pat.user_id)["status"]) == (200, "inactive", "inactive")
    assert answer.body["allowed_actions"] == []
    assert refused(call(ACCESS, caller=pat.signed_in, account_id=ACCOUNT)) == (404, "not_found")
    assert [mail["To"] for mail in delivered() if "has left" in mail["Subject"]] == ["Ann Admin <ann@example.org>"]
    assert times_journaled("partner.left") == 1


@pytest.mark.parametrize("admin", [True, False])
def test_only_a_partner_leaves(*, admin: bool) -> None:
    ann = an_account()
    lee = a_user(ann, admin=admin)
    with nothing_changes():
        assert refused(call(LEAVE, caller=lee.signed_in, account_id=ACCOUNT, body={})) == (403, "not_allowed")
    assert "leave" not in on_user(USER, lee, lee.user_id).body["allowed_actions"] if admin else True


def test_someone_blocked_everywhere_gets_no_answer_to_a_repeat() -> None:
    pat = a_partner(an_account())
    assert call(LEAVE, caller=pat.signed_in, account_id=ACCOUNT, body={}, headers=KEYED).status == 200
    assert call(BLOCK_IDENTITY, caller=an_operator(), email=pat.address, body={}).status == 200

    answer = call(LEAVE, caller=pat.signed_in, account_id=ACCOUNT, body={}, headers=KEYED)

    assert refused(answer) == (401, "unauthorized")
