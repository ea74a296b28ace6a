from datetime import timedelta
from typing import Any

import pytest

from shared.domain import mails
from shared.domain.actors import Actor
from shared.domain.mails import Correspondence, MailKind
from shared.domain.users import Status, User
from tests.builders import ANN, LEE, NOW, a_command, a_mail, a_member, an_admin, the_account

BY_STATUS = {
    "invitation": {Status.INVITED},
    "notify": {Status.INVITED, Status.ACTIVE},
    "deactivated": {Status.INACTIVE},
}


def people(user: User, *, inviter: User | None = None, recipient: User | None = None) -> Correspondence:
    return Correspondence(account=the_account(), user=user, inviter=inviter, recipient=recipient)


@pytest.mark.parametrize("kind", BY_STATUS)
@pytest.mark.parametrize("status", Status)
def test_a_mail_goes_out_only_while_it_is_true(kind: MailKind, status: Status) -> None:
    user = a_member(status)

    wanted = mails.is_still_wanted(a_mail(kind=kind), people(user, inviter=an_admin(), recipient=user), now=NOW)

    assert wanted is (status in BY_STATUS[kind])


@pytest.mark.parametrize("kind", ["account_information", "joined", "expired"])
@pytest.mark.parametrize("status", Status)
def test_whoever_is_told_of_something_is_told_while_they_are_active(kind: MailKind, status: Status) -> None:
    recipient = an_admin(status=status)

    wanted = mails.is_still_wanted(a_mail(kind=kind), people(a_member(), recipient=recipient), now=NOW)

    assert wanted is (status is Status.ACTIVE)


def test_nobody_is_told_who_is_not_there() -> None:
    wanted = mails.is_still_wanted(a_mail(kind="joined"), people(a_member()), now=NOW)

    assert not wanted


@pytest.mark.parametrize(
    ("mail", "user", "inviter", "expected"),
    [
        ({}, {}, an_admin(), True),
        ({}, {"generation": 2}, an_admin(), False),
        ({"generation": 2}, {}, an_admin(), False),
        ({}, {"expires_at": NOW}, an_admin(), False),
        ({}, {}, an_admin(status=Status.INACTIVE), False),
        ({}, {}, None, False),
        ({"inviter_id": None}, {}, None, True),
    ],
)
def test_an_invitation_goes_out_while_its_link_would_be_alive(
    mail: dict[str, Any], user: dict[str, Any], inviter: User | None, expected: object
) -> None:
    invited = a_member(Status.INVITED, **user)

    wanted = mails.is_still_wanted(a_mail(**mail), people(invited, inviter=inviter, recipient=invited), now=NOW)

    assert wanted is expected


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16)])
def test_each_further_try_waits_twice_as_long(attempts: int, minutes: int) -> None:
    at = mails.next_try(attempts, now=NOW)

    assert at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(("attempts", "expected"), [(1, False), (5, False), (6, True), (7, True)])
def test_a_mail_is_given_up_after_its_sixth_try(attempts: int, expected: object) -> None:
    given_up = mails.is_given_up(attempts)

    assert given_up is expected


def test_a_mail_says_whom_it_is_about_and_bears_neither_name_nor_link() -> None:
    user = a_member(Status.INVITED, generation=3, message="Hello")

    mail = mails.mail("invitation", user, command=a_command(), to_user=LEE)

    assert mail.model_dump(exclude={"mail_id"}) == {
        "kind": "invitation",
        "account_id": "ab123",
        "user_id": LEE,
        "generation": 3,
        "inviter_id": ANN,
        "to_user": LEE,
        "to_address": None,
        "state": "queued",
        "attempts": 0,
        "queued_at": NOW,
    }


def test_an_operator_is_nobodys_inviter_in_a_mail() -> None:
    user = a_member(Status.INVITED, invited_by=Actor.operator("olga").actor_id)

    mail = mails.mail("invitation", user, command=a_command(), to_user=LEE)

    assert mail.inviter_id is None


def test_an_operation_tried_again_queues_the_same_mail() -> None:
    def mail_id(kind: MailKind = "notify", *, operation: str = "operation-1", **to: str) -> str:
        return mails.mail(kind, a_member(), command=a_command(operation=operation), **to).mail_id

    same = {mail_id(to_address="x@example.org"), mail_id(to_address="x@example.org")}
    others = {
        mail_id(to_address="y@example.org"),
        mail_id(to_address="x@example.org", operation="operation-2"),
        mail_id("joined", to_user=ANN),
        mail_id("joined", to_user=LEE),
    }

    assert len(same) == 1
    assert len(same | others) == 5
