"""Partners in an account: invited by address alone, without a seat, and never above its administrators."""

from functools import partial
from typing import Any

import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.command_cases.partners import withdraw
from tests.factories import (
    ACCOUNT,
    BLOCK,
    DEACTIVATE,
    DECLINE,
    EDIT,
    GET_ACCOUNT,
    INVITE,
    INVITE_MANY,
    PREVIEW,
    RESEND,
    REVOKE,
    ActiveUser,
    a_partner,
    a_user,
    accepted,
    certified,
    delivered,
    invited,
    invited_partner,
    joined,
    text_of,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, comes_back, nothing_changes, on_user, refused
from tests.functions.partners import PAT
from tests.invoke import Answer
from tests.table_edits import sent_before, set_user


def invite_partner(by: ActiveUser, **fields: Any) -> Answer:
    body = {"kind": "partner", "email": PAT, "groups": ["everyone"]} | fields
    return call(INVITE, caller=by.signed_in, account_id=ACCOUNT, body=body)


def seats(by: ActiveUser) -> Any:
    return call(GET_ACCOUNT, caller=by.signed_in, account_id=ACCOUNT).body["seats"]


def test_a_partner_is_invited_by_address_alone_and_takes_no_seat() -> None:
    ann = an_account(seats=1)
    certified()

    answer = invite_partner(ann, admin=True, first_name="Other")

    shown = {name: answer.body[name] for name in ("kind", "partner_type", "first_name", "last_name", "admin", "status")}
    assert answer.status == 201, answer.text
    assert shown == {
        "kind": "partner",
        "partner_type": "certified_partner",
        "first_name": "Pat",
        "last_name": "Porter",
        "admin": True,
        "status": "invited",
    }
    assert seats(ann) == {"limit": 1, "used": 1, "available": 0}
    [mail] = [mail for mail in delivered() if PAT in mail["To"]]
    assert "as a partner" in text_of(mail)


def test_an_uncertified_address_is_refused_as_a_partner_without_a_mail() -> None:
    ann = an_account()
    certified()
    withdraw()
    for email in (PAT, "kim@example.org"):
        with nothing_changes():
            assert refused(invite_partner(ann, email=email)) == (422, "not_a_certified_partner")


def test_a_user_still_needs_a_first_name() -> None:
    ann = an_account()
    answer = invite_partner(ann, kind="user", last_name="Poe")
    assert refused(answer) == (422, "invalid_request")
    assert answer.body["errors"] == [{"field": "first_name", "message": "This field is required."}]


def test_rows_of_a_batch_may_be_partners() -> None:
    ann = an_account(seats=1)
    certified()
    rows = [
        {"kind": "partner", "email": PAT},
        {"kind": "partner", "email": "kim@example.org"},
        {"email": "x@example.org"},
    ]
    parts: dict[str, Any] = {"caller": ann.signed_in, "account_id": ACCOUNT}

    judged = call(INVITE_MANY, **parts, body={"users": rows, "dry_run": True})
    answer = call(INVITE_MANY, **parts, body={"users": rows})

    verdicts = [(each["outcome"], each["code"]) for each in answer.body["results"]]
    assert verdicts == [("invited", None), ("refused", "not_a_certified_partner"), ("refused", "invalid_request")]
    assert [each["outcome"] for each in judged.body["results"]] == ["ok", "refused", "refused"]
    assert seats(ann)["used"] == 1


@pytest.mark.parametrize("ending", [DECLINE, REVOKE])
def test_who_was_a_partner_and_is_invited_as_a_user_takes_a_seat(ending: str) -> None:
    ann = an_account()
    pat = invited_partner(ann)
    if ending == DECLINE:
        assert call(DECLINE, body={"token": token_for(pat)}).status == 200
    else:
        assert on_user(REVOKE, ann, pat["user_id"]).status == 200
    sent_before(pat)

    user = invited(ann, PAT, first_name="Lee")

    assert (user["kind"], user["partner_type"], user["first_name"], seats(ann)["used"]) == ("user", None, "Lee", 2)


def test_no_seat_is_taken_or_freed_over_a_partners_whole_life() -> None:
    ann = an_account(seats=1)
    pat = a_partner(ann, admin=True)
    used = [seats(ann)["used"]]
    leaves = partial(on_user, DEACTIVATE, ann, pat.user_id)
    steps = (partial(on_user, BLOCK, ann, pat.user_id, reason="other"), leaves, partial(comes_back, ann, pat), leaves)
    for step in steps:
        assert step().status == 200
        used.append(seats(ann)["used"])
    assert used == [1] * 5


def test_a_partner_acts_on_no_administrator_of_the_account_and_is_not_the_last() -> None:
    ann = an_account()
    pat = a_partner(ann, admin=True)
    bob = a_user(ann, "bob@example.org", admin=True)

    for route, body in ((DEACTIVATE, {}), (BLOCK, {"reason": "security"}), (EDIT, {"admin": False})):
        with nothing_changes():
            assert refused(on_user(route, pat, bob.user_id, **body)) == (403, "not_allowed")
    assert on_user(DEACTIVATE, ann, bob.user_id).status == 200
    assert refused(on_user(EDIT, ann, ann.user_id, admin=False, groups=["everyone"])) == (409, "last_admin")


def test_copied_link_creates_no_id_for_a_partner_who_joins_by_the_mailed_one() -> None:
    ann = an_account(seats=1)
    certified()
    pat = invite_partner(ann).body

    with nothing_changes():
        copied = refused(accepted(token_for(pat, channel=Channel.COPIED)))

    assert copied == (409, "mailbox_not_proven")
    assert accepted(token_for(pat)).status == 200


def test_a_partner_who_administers_makes_only_partners_administrators() -> None:
    ann = an_account()
    pat = a_partner(ann, admin=True)
    lee = a_user(ann)
    certified("kim@example.org")
    user = {"kind": "user", "email": "max@example.org", "first_name": "Max", "last_name": "Poe"}
    groups = ["everyone", "administrators"]

    with nothing_changes():
        answers = [
            invite_partner(pat, **user, admin=True),
            invite_partner(pat, **user | {"groups": groups}),
            on_user(EDIT, pat, lee.user_id, admin=True),
            on_user(EDIT, pat, lee.user_id, groups=groups),
        ]
        rows = [user | {"admin": True, "groups": []}]
        batch = call(INVITE_MANY, caller=pat.signed_in, account_id=ACCOUNT, body={"users": rows})

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 4
    assert {answer.body["detail"] for answer in answers} == {
        "A partner cannot make someone an administrator who is not a partner."
    }
    assert [each["code"] for each in batch.body["results"]] == ["not_allowed"]
    assert invite_partner(pat, email="kim@example.org", admin=True).status == 201
    assert invite_partner(pat, **user).status == 201


def test_a_link_by_which_a_partner_would_make_an_administrator_of_the_account_refuses() -> None:
    ann = an_account()
    pat = a_partner(ann, admin=True)
    user = sent_before(invited(pat))
    set_user(user, admin=True, groups=["administrators"])

    with nothing_changes():
        preview = call(PREVIEW, body={"token": token_for(user)})
        resent = on_user(RESEND, pat, user["user_id"])

    assert refused(preview) == (410, "invitation_revoked")
    assert refused(resent) == (403, "not_allowed")


def test_an_id_that_is_created_keeps_the_certification() -> None:
    ann = an_account()
    pat = invited_partner(ann)
    joined(ACCOUNT, pat)
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == PAT]
    assert identity["certification"]["partner_type"] == "certified_partner"


def test_the_type_of_a_partner_follows_the_registry_with_a_new_link_and_a_return() -> None:
    ann = an_account()
    pat = sent_before(invited_partner(ann))
    certified(partner_type="expert_coach")

    resent = on_user(RESEND, ann, pat["user_id"])
    person = joined(ACCOUNT, resent.body)
    certified()
    on_user(DEACTIVATE, ann, person.user_id)
    back = comes_back(ann, person)

    assert [answer.body["partner_type"] for answer in (resent, back)] == ["expert_coach", "certified_partner"]
