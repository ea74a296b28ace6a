"""Administrators of an account as staff see and invite them."""

from datetime import timedelta
from typing import Any

import pytest

from shared.clock import utc_now
from shared.domain.model.values import iso
from shared.jobs import EVERY_MINUTE
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    BLOCK_IDENTITY,
    GET_ANY_ACCOUNT,
    INVITE,
    PREVIEW,
    SETTINGS,
    UNBLOCK_IDENTITY,
    a_user,
    accepted,
    an_operator,
    invitation,
    invited,
    invited_partner,
    joined,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.group_editing import create_group, delete_group
from tests.functions.operating import ANN, invite_administrator, open_account
from tests.invoke import wake
from tests.table_edits import indexed, overdue, sent_before, set_in, set_user, user_row


def test_staff_see_the_administrators_of_an_account_and_what_became_of_their_mail() -> None:
    ann = an_account()
    invited(ann, email="user@example.org")
    bounced = invite_administrator("bea@example.org", first_name="Bea").body
    set_user(bounced, invitation__delivery="bounced")
    gone = a_user(ann, "zoe@example.org", admin=True)
    set_user({"account_id": ACCOUNT, "user_id": gone.user_id}, status="inactive")
    indexed()

    found = call(GET_ANY_ACCOUNT, caller=an_operator(), account_id=ACCOUNT).body["administrators"]

    assert [(each["email"], each["status"]) for each in found] == [
        ("ann@example.org", "active"),
        ("bea@example.org", "invited"),
    ]
    assert [each["invitation"] and each["invitation"]["delivery"] for each in found] == [None, "bounced"]


def test_a_further_administrator_is_invited() -> None:
    an_account()

    answer = invite_administrator("bea@example.org")

    assert (answer.status, answer.body["admin"], answer.body["invitation"]["generation"]) == (201, True, 1)
    assert answer.body["allowed_actions"] == []
    assert joined(ACCOUNT, answer.body).user_id == answer.body["user_id"]


def test_links_of_an_operator_whose_id_is_blocked_are_dead_until_it_is_unblocked() -> None:
    an_account()
    token = token_for(invite_administrator("bea@example.org").body)
    other = an_operator("olaf@usher.example")

    call(BLOCK_IDENTITY, caller=other, email="operator@usher.example", body={})
    refusals = [refused(call(PREVIEW, body={"token": token})), refused(accepted(token))]
    call(UNBLOCK_IDENTITY, caller=other, email="operator@usher.example", body={})

    assert refusals == [(410, "invitation_revoked")] * 2
    assert accepted(token).status == 200


def test_one_who_is_invited_already_gets_a_new_link_and_the_older_one_is_dead() -> None:
    first = sent_before(open_account().body["user"])

    again = invite_administrator().body

    mailed = [row for row in aws_fixture.items(MAIL) if row["kind"] == "invitation"]
    assert (again["user_id"], again["invitation"]["generation"]) == (first["user_id"], 2)
    assert again["invitation"]["sent_count"] == 2
    assert refused(call(PREVIEW, body={"token": token_for(first)})) == (410, "invitation_replaced")
    assert call(PREVIEW, body={"token": token_for(again)}).status == 200
    assert {row["generation"] for row in mailed} == {1, 2}
    assert [row["type"] for row in aws_fixture.items(JOURNAL)].count("invitation.resent") == 1


def test_sending_again_keeps_what_the_first_invitation_said() -> None:
    ann = an_account()
    phone = {"country_code": "+49", "number": "30 1234567"}
    until = iso(utc_now() + timedelta(days=30))
    said: dict[str, Any] = {
        "reference": "crm 4711",
        "phone": phone,
        "locale": "de",
        "access_until": until,
        "return_path": "/start",
    }
    first = sent_before(invited(ann, "bea@example.org", admin=True, groups=[], **said))
    before = user_row(first["user_id"])

    again = invite_administrator("bea@example.org").body

    after = user_row(first["user_id"])
    kept = ("reference", "phone", "locale", "access_until")
    assert again["admin"] is True
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert after["invitation"]["return_path"] == "/start"


@pytest.mark.parametrize(("profile", "status"), [("simple", 201), ("full", 422)])
def test_a_last_name_is_needed_where_the_account_asks_for_one(profile: str, status: int) -> None:
    ann = an_account()
    call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body={"invite_profile": profile})
    body = {"first_name": "Bea", "email": "bea@example.org"}

    answer = call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=body)

    assert answer.status == status
    assert status == 201 or wrong_fields(answer) == {"last_name"}


def test_the_first_administrator_has_a_last_name() -> None:
    assert wrong_fields(open_account(admin={"first_name": "Ann", "email": "ann@example.org"})) == {"admin.last_name"}


def test_sending_again_leaves_a_partner_a_partner_without_a_seat() -> None:
    ann = an_account()
    first = sent_before(invited_partner(ann))

    again = invite_administrator(first["email"]).body

    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert (again["kind"], again["partner_type"], again["admin"]) == ("partner", first["partner_type"], True)
    assert account["seats_used"] == 1


def test_sending_again_keeps_the_groups_that_are_left() -> None:
    ann = an_account()
    kept, deleted = (create_group(ann, name=name).body["group_id"] for name in ("Sales", "Service"))
    overdue(sent_before(invited(ann, "bea@example.org", groups=[kept, deleted])))
    wake("expire", EVERY_MINUTE)
    assert delete_group(ann, deleted).status == 200

    again = invite_administrator("bea@example.org").body

    assert {group["group_id"] for group in again["groups"]} == {"administrators", kept}


def test_sending_again_without_a_last_name_keeps_the_one_that_is_known() -> None:
    ann = an_account()
    call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body={"invite_profile": "simple"})
    sent_before(invited(ann, "bea@example.org", last_name="Hill"))
    body = {"first_name": "Bea", "email": "bea@example.org"}

    again = call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=body)

    assert (again.status, again.body["last_name"]) == (201, "Hill")


def test_sending_again_takes_no_second_seat() -> None:
    sent_before(open_account(seats=1).body["user"])

    answer = invite_administrator()

    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert (answer.status, account["seats_used"], account["counts"]["invited"]) == (201, 1, 1)


def test_one_whose_invitation_expired_is_invited_again_whether_swept_or_not() -> None:
    ann = an_account()
    users = [sent_before(invited(ann, f"u{number}@example.org")) for number in range(2)]
    overdue(users[0])
    set_user(users[1], status="expired", holds_seat=False)
    counts = {"counts__expired": 1, "counts__invited": 1, "seats_used": 2, "seats_available": 8}
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, **counts)

    answers = [invite_administrator(user["email"]) for user in users]

    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert [(answer.status, answer.body["status"]) for answer in answers] == [(201, "invited")] * 2
    assert (account["seats_used"], account["counts"]["invited"], account["counts"]["expired"]) == (3, 2, 0)


def test_an_active_user_is_not_invited_anew_and_no_account_that_is_not_there() -> None:
    ann = an_account()
    a_user(ann)

    with nothing_changes():
        member = refused(invite_administrator("lee@example.org"))
    unknown = call(ADMINISTRATORS, caller=an_operator(), account_id="zz999", body=ANN)

    assert (member, refused(unknown)) == ((409, "already_member"), (404, "not_found"))


def test_without_a_seat_no_administrator_is_invited() -> None:
    an_account(seats=1)

    answer = invite_administrator("bea@example.org")

    assert refused(answer) == (409, "no_seat_available")


def test_what_administrators_have_set_keeps_no_operator_from_inviting_one() -> None:
    ann = an_account()
    call(SETTINGS, caller=ann.signed_in, account_id=ACCOUNT, body={"daily_mail_limit": 0})

    answer = invite_administrator("bea@example.org")

    assert answer.status == 201
    assert refused(call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=invitation())) == (429, "rate_limited")
