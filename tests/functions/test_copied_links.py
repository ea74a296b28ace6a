"""A copied link is worth no more than the one who copied it, and tells little of the address (rules 6, 8 and 15)."""

import pytest

from shared.domain.model.invitation_tokens import Channel
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    BLOCK,
    BLOCK_IDENTITY,
    COPY_LINK,
    DEACTIVATE,
    EDIT,
    INVITE,
    JOIN,
    REMOVE,
    TERMS,
    ActiveUser,
    a_user,
    acceptance,
    accepted,
    an_operator,
    certified,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import meanwhile
from tests.table_edits import sent_before

KIM, ZOE, PIA = "kim@example.org", "zoe@example.org", "pia@example.org"


def copied(by: ActiveUser, user_id: str) -> str:
    answer = call(COPY_LINK, caller=by.signed_in, account_id=ACCOUNT, user_id=user_id)
    assert answer.status == 200, answer.text
    return str(answer.body["url"]).partition("#")[2]


@pytest.mark.parametrize(
    ("route", "body"),
    [
        (DEACTIVATE, {}),
        (BLOCK, {"reason": "other"}),
        (REMOVE, {}),
        (EDIT, {"admin": False, "groups": ["everyone"]}),
    ],
)
def test_a_link_ends_with_the_rights_of_the_one_who_copied_it(route: str, body: dict[str, object]) -> None:
    ann = an_account()
    kim = a_user(ann, KIM, admin=True)
    lee = invited(ann)
    token = copied(kim, lee["user_id"])
    call(route, caller=ann.signed_in, account_id=ACCOUNT, user_id=kim.user_id, body=body)

    with nothing_changes():
        answer = accepted(token)

    assert refused(answer) == (410, "invitation_revoked")
    assert accepted(copied(ann, lee["user_id"])).status == 200


def test_who_loses_their_rights_while_the_link_is_used_has_no_one_in() -> None:
    ann = an_account()
    kim = a_user(ann, KIM, admin=True)
    token = copied(kim, invited(ann)["user_id"])

    with meanwhile(
        "dynamodb",
        "TransactWriteItems",
        lambda: call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=kim.user_id, body={}),
    ):
        answer = accepted(token)

    assert refused(answer) == (410, "invitation_revoked")


def test_a_try_without_an_answer_does_not_tell_whether_there_is_an_id() -> None:
    ann, zoe = two_accounts()
    a_user(zoe, KIM, account_id=SECOND)
    tried = {"security_question": None, "security_answer": None}

    answers = [
        call(ACCEPT, body=acceptance(copied(ann, invited(ann, address)["user_id"]), **tried))
        for address in (KIM, "lee@example.org")
    ]

    assert [answer.status for answer in answers] == [422, 422]
    assert answers[0].body["errors"] == answers[1].body["errors"]


def test_a_partner_without_a_proven_mailbox_does_not_join_by_a_copied_link_at_home() -> None:
    ann = an_account()
    certified(PIA)
    pia = invited(ann, PIA)
    assert accepted(copied(ann, pia["user_id"]), first_name="Pia").status == 200
    call(REMOVE, caller=ann.signed_in, account_id=ACCOUNT, user_id=pia["user_id"], body={})
    sent_before(pia)
    body = {"kind": "partner", "email": PIA, "groups": ["everyone"]}
    again = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body).body

    answers = [
        call(JOIN, caller=signed_in(PIA), body={"token": token, "terms_version": TERMS})
        for token in (copied(ann, again["user_id"]), token_for(again))
    ]

    assert refused(answers[0]) == (409, "mailbox_not_proven")
    assert answers[1].status == 200


@pytest.mark.parametrize("channel", Channel)
def test_a_block_of_who_gave_the_link_while_it_is_used_has_no_one_in(channel: Channel) -> None:
    ann = an_account()
    kim = a_user(ann, KIM, admin=True)
    lee = invited(kim)
    token = copied(kim, lee["user_id"]) if channel is Channel.COPIED else token_for(lee)

    with meanwhile(
        "dynamodb",
        "TransactWriteItems",
        lambda: call(BLOCK_IDENTITY, caller=an_operator(), email=KIM, body={}),
    ):
        answer = accepted(token)

    assert refused(answer) == (410, "invitation_revoked")


def test_a_copied_link_to_a_partner_does_not_tell_whether_there_is_an_id() -> None:
    ann, zoe = two_accounts()
    a_user(zoe, KIM, account_id=SECOND)
    answers = []
    for address in (KIM, PIA):
        certified(address)
        body = {"kind": "partner", "email": address, "groups": ["everyone"]}
        user = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body).body
        answers.append(refused(accepted(copied(ann, user["user_id"]))))

    assert answers == [(409, "mailbox_not_proven")] * 2
