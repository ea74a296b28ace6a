from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    PREVIEW,
    a_user,
    accepted,
    an_operator,
    invited,
    joined,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.table_edits import expire_at, overdue, set_in, set_user


def test_a_link_shows_who_invites_whom_into_what_until_when() -> None:
    ann = an_account()
    user = invited(ann)

    with nothing_changes():
        answer = call(PREVIEW, body={"token": token_for(user)})

    assert (answer.status, answer.body) == (
        200,
        {
            "account": {"account_id": ACCOUNT, "name": "Account ab123"},
            "inviter": "Ann Admin",
            "email": "lee@example.org",
            "first_name": "Lee",
            "last_name": "Sherron",
            "locale": "en",
            "expires_at": user["invitation"]["expires_at"],
            "identity_exists": False,
            "password_policy": {
                "min_length": 7,
                "max_length": 256,
                "uppercase": True,
                "lowercase": True,
                "number": True,
                "no_outer_spaces": True,
            },
            "security_question": "ask",
            "terms": {"version": "2026-11-01", "url": "/terms/2026-11-01.txt"},
        },
    )


def test_an_operator_invites_in_the_products_name() -> None:
    an_account()
    body = {"first_name": "Bea", "last_name": "Boss", "email": "bea@example.org"}
    user = call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=body).body

    shown = call(PREVIEW, body={"token": token_for(user)}).body

    assert shown["inviter"] == "Usher"


def test_only_a_mailed_link_tells_whether_there_is_an_identity() -> None:
    ann, zoe = two_accounts()
    a_user(zoe, "known@example.org", account_id="zz999")
    users = [invited(ann, "known@example.org"), invited(ann, "new@example.org")]

    told = [
        call(PREVIEW, body={"token": token_for(user, channel=channel)}).body["identity_exists"]
        for user in users
        for channel in (Channel.MAILED, Channel.COPIED)
    ]

    assert told == [True, None, False, None]


def test_an_unproven_identity_is_none_to_someone_who_reads_the_mailbox() -> None:
    ann, zoe = two_accounts()
    accepted(token_for(invited(zoe, account_id="zz999"), channel=Channel.COPIED))

    shown = call(PREVIEW, body={"token": token_for(invited(ann))}).body

    assert shown["identity_exists"] is False


def test_opening_a_link_again_and_again_changes_nothing() -> None:
    user = invited(an_account())

    with nothing_changes():
        answers = {call(PREVIEW, body={"token": token_for(user)}).text for _ in range(20)}

    assert len(answers) == 1


# ---- links that are none ----


def test_every_forged_link_gets_the_same_answer() -> None:
    ann = an_account()
    user = invited(ann)
    token = token_for(user)
    head, _, mac = token.rpartition(".")
    forged = [
        "",
        "nonsense",
        token[:-1],
        token + "A",
        f"{head}.{mac[::-1]}",
        token[:-1] + chr(ord(token[-1]) + 1),
        token + 1_000 * "A",
        f"{head}.{'A' * 43}",
        token.replace(".1.mailed.", ".2.mailed."),
        token.replace(".mailed.", ".copied."),
        token.replace("v1.ab123", "v1.ab124"),
        token.replace("v1.ab123", "v2.ab123"),
        token_for(user, channel=Channel.COPIED).replace(".copied.", ".mailed."),
        token_for(user | {"user_id": "z" * 26}),
        token_for(user | {"account_id": "zz999"}),
    ]

    with nothing_changes():
        answers = [call(PREVIEW, body={"token": each}) for each in forged]

    assert [refused(answer) for answer in answers] == [(404, "invitation_not_found")] * len(forged)
    assert len({str(answer.body | {"request_id": 0}) for answer in answers}) == 1


# ---- links that are dead ----


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": "expired"}, "invitation_expired"),
        ({"status": "declined"}, "invitation_declined"),
        ({"status": "removed"}, "invitation_revoked"),
        ({"invitation__generation": 2}, "invitation_replaced"),
        ({"status": "active", "joined_at": "2026-11-01T00:00:00.000Z"}, "invitation_accepted"),
        ({"status": "inactive", "joined_at": "2026-11-01T00:00:00.000Z"}, "invitation_accepted"),
    ],
)
def test_a_dead_link_says_what_became_of_it(changes: dict[str, object], code: str) -> None:
    user = invited(an_account())
    set_user(user, **changes)

    answer = call(PREVIEW, body={"token": token_for(user)})

    assert refused(answer) == (410, code)


def test_an_expired_link_is_refused_before_any_sweep() -> None:
    user = overdue(invited(an_account()), by=timedelta(0))

    with nothing_changes():
        answers = [refused(call(PREVIEW, body={"token": token_for(user)})), refused(accepted(token_for(user)))]

    assert answers == [(410, "invitation_expired")] * 2


def test_a_link_is_open_to_its_last_moment() -> None:
    user = invited(an_account())
    expire_at(user, datetime.now(UTC) + timedelta(seconds=20))

    answer = call(PREVIEW, body={"token": token_for(user)})

    assert answer.status == 200


def test_a_link_is_dead_once_its_inviter_was_deactivated() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    user = invited(bea)
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bea.user_id, body={})

    with nothing_changes():
        answers = [refused(call(PREVIEW, body={"token": token_for(user)})), refused(accepted(token_for(user)))]

    assert answers == [(410, "invitation_revoked")] * 2


def test_a_link_is_dead_once_its_inviter_may_not_invite_any_more() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite"]})
    user = invited(bea)
    set_user({"account_id": ACCOUNT, "user_id": bea.user_id}, allow=[])

    answer = call(PREVIEW, body={"token": token_for(user)})

    assert refused(answer) == (410, "invitation_revoked")


def test_an_accepted_link_is_dead_to_someone_who_looks() -> None:
    ann = an_account()
    user = invited(ann)
    joined(ACCOUNT, user)

    answer = call(PREVIEW, body={"token": token_for(user)})

    assert refused(answer) == (410, "invitation_accepted")


def test_an_identity_in_the_making_is_none() -> None:
    user = invited(an_account())
    aws_fixture.dynamodb.put_item(
        TableName=aws_fixture.physical(IDENTITIES),
        Item={"pk": {"S": "x"}, "identity_id": {"S": "x"}, "address": {"S": user["email"]}},
    )
    set_in(IDENTITIES, {"pk": "x"}, sign_in_lock={"operation": "o", "until": "2026-11-21T00:00:00.000Z"})

    shown = call(PREVIEW, body={"token": token_for(user)}).body

    assert shown["identity_exists"] is False
