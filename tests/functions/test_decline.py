import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    DECLINE,
    GET_ACCOUNT,
    INVITE,
    PREVIEW,
    USER,
    accepted,
    an_operator,
    delivered,
    invitation,
    invited,
    text_of,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.table_edits import overdue, sent_before, set_in, set_user


@pytest.mark.parametrize("channel", Channel)
def test_declining_needs_only_the_link_and_frees_the_seat_and_tells_the_inviter(channel: Channel) -> None:
    ann = an_account()
    user = invited(ann)
    token = token_for(user, channel=channel)

    answer = call(DECLINE, body={"token": token})

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    shown = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.declined"]
    assert (answer.status, answer.body["status"]) == (200, "declined")
    assert answer.body["account"] == {"account_id": ACCOUNT, "name": f"Account {ACCOUNT}"}
    assert (shown["status"], account["seats"]["used"], account["counts"]["declined"]) == ("declined", 1, 1)
    assert entry["actor"] == user["user_id"]
    assert [mail["To"] for mail in delivered() if "declined" in mail["Subject"]] == ["Ann Admin <ann@example.org>"]
    assert refused(call(PREVIEW, body={"token": token})) == (410, "invitation_declined")
    assert refused(accepted(token)) == (410, "invitation_declined")


def test_declining_again_has_no_second_effect() -> None:
    user = invited(an_account())
    first = call(DECLINE, body={"token": token_for(user)})

    with nothing_changes():
        second = call(DECLINE, body={"token": token_for(user)})

    assert (second.status, second.body) == (200, first.body)


def test_someone_who_declined_can_be_invited_again_and_the_old_link_is_dead() -> None:
    ann = an_account()
    user = sent_before(invited(ann))
    call(DECLINE, body={"token": token_for(user)})
    body = invitation(user["email"])

    again = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body)

    assert (again.status, again.body["invitation"]["generation"]) == (201, 2)
    with nothing_changes():
        old = call(DECLINE, body={"token": token_for(user)})
    assert refused(old) == (410, "invitation_replaced")


def test_the_staff_hear_of_an_operators_invitation_that_is_declined() -> None:
    an_account()
    body = {"first_name": "Bea", "last_name": "Boss", "email": "bea@example.org"}
    user = call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=body).body

    answer = call(DECLINE, body={"token": token_for(user)})

    assert answer.status == 200
    [told] = [mail for mail in delivered() if mail["To"] == "staff@usher.example"]
    assert "The invitation was declined." in text_of(told)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("expired", "invitation_expired"),
        ("removed", "invitation_revoked"),
        ("active", "invitation_accepted"),
        ("inactive", "invitation_accepted"),
        ("blocked", "invitation_accepted"),
    ],
)
def test_a_dead_link_declines_nothing(status: str, code: str) -> None:
    user = invited(an_account())
    set_user(user, status=status)

    with nothing_changes():
        answer = call(DECLINE, body={"token": token_for(user)})

    assert refused(answer) == (410, code)


def test_an_expired_link_declines_nothing_before_any_sweep() -> None:
    user = overdue(invited(an_account(), locale="de"))

    with nothing_changes():
        answer = call(DECLINE, body={"token": token_for(user)})

    assert (refused(answer), answer.body["locale"]) == ((410, "invitation_expired"), "de")


def test_the_link_of_an_inviter_who_is_gone_declines_nothing() -> None:
    ann = an_account()
    user = invited(ann)
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": f"user#{ann.user_id}"}, status="inactive")

    with nothing_changes():
        answer = call(DECLINE, body={"token": token_for(user)})

    assert refused(answer) == (410, "invitation_revoked")


@pytest.mark.parametrize("body", [{}, {"token": None}, {"token": "x", "reason": "no"}])
def test_what_is_no_request_to_decline_is_named(body: dict[str, object]) -> None:
    with nothing_changes():
        answer = call(DECLINE, body=body)

    assert wrong_fields(answer) <= {"token", "reason"}


def test_a_forged_link_declines_nothing() -> None:
    user = invited(an_account())
    forged = token_for(user)[:-2] + "xx"

    with nothing_changes():
        answer = call(DECLINE, body={"token": forged})

    assert refused(answer) == (404, "invitation_not_found")
