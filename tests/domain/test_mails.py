from datetime import timedelta
from typing import Any, get_args

import pytest

from shared.domain.model.users import Status, User
from shared.domain.policy import mails
from shared.domain.policy.authorization import Actor
from shared.domain.policy.mails import MailContext, MailKind
from tests.domain_factories import ANN, LEE, NOW, a_context, a_mail, a_member, an_admin, the_account

BY_STATUS = {
    "notify": {Status.INVITED, Status.ACTIVE},
    "deactivated": {Status.INACTIVE, Status.REMOVED},
    "reactivated": {Status.ACTIVE},
}
OF_ONE_LINK = {
    "invitation": {Status.INVITED},
    "reminder": {Status.INVITED},
    "declined": {Status.DECLINED},
    "expired": {Status.EXPIRED},
    "new_link_requested": {Status.EXPIRED},
    "bounced": {Status.INVITED, Status.EXPIRED},
}
NEWS = ["account_information", "joined"]


def people(user: User, *, inviter: User | None = None, recipient: User | None = None) -> MailContext:
    return MailContext(account=the_account(), user=user, inviter=inviter, recipient=recipient)


@pytest.mark.parametrize("kind", [*BY_STATUS, *OF_ONE_LINK])
@pytest.mark.parametrize("status", Status)
def test_a_mail_goes_out_only_while_it_is_true(kind: MailKind, status: Status) -> None:
    user, ann = a_member(status), an_admin()

    wanted = mails.should_send(a_mail(kind=kind), people(user, inviter=ann, recipient=ann), now=NOW)

    assert wanted is (status in (BY_STATUS | OF_ONE_LINK)[kind])


@pytest.mark.parametrize("kind", BY_STATUS)
@pytest.mark.parametrize("generation", [1, 2])
def test_what_tells_of_a_person_asks_neither_for_their_link_nor_for_anybody_else(
    kind: MailKind, generation: int
) -> None:
    [status, *_] = BY_STATUS[kind]
    user = a_member(status, generation=generation)

    wanted = mails.should_send(a_mail(kind=kind), people(user), now=NOW)

    assert wanted


@pytest.mark.parametrize("kind", OF_ONE_LINK)
@pytest.mark.parametrize(("of_mail", "of_user"), [(1, 2), (2, 1)])
def test_what_tells_of_a_link_is_not_told_of_another(kind: MailKind, of_mail: int, of_user: int) -> None:
    [status, *_] = OF_ONE_LINK[kind]
    user, ann = a_member(status, generation=of_user), an_admin()
    mail = a_mail(kind=kind, generation=of_mail)

    wanted = mails.should_send(mail, people(user, inviter=ann, recipient=ann), now=NOW)

    assert not wanted


@pytest.mark.parametrize("kind", NEWS)
@pytest.mark.parametrize("status", Status)
def test_news_are_told_whatever_has_become_of_the_person(kind: MailKind, status: Status) -> None:
    user = a_member(status, generation=2)

    wanted = mails.should_send(a_mail(kind=kind), people(user, recipient=an_admin()), now=NOW)

    assert wanted


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        *((kind, Status.ACTIVE) for kind in NEWS),
        ("declined", Status.DECLINED),
        ("expired", Status.EXPIRED),
        ("new_link_requested", Status.EXPIRED),
        ("bounced", Status.INVITED),
    ],
)
@pytest.mark.parametrize("status", Status)
def test_whoever_is_told_of_something_is_told_while_they_are_active(kind: MailKind, of: Status, status: Status) -> None:
    recipient = an_admin(status=status)

    wanted = mails.should_send(a_mail(kind=kind), people(a_member(of), recipient=recipient), now=NOW)

    assert wanted is (status is Status.ACTIVE)


def test_a_new_link_is_asked_for_as_soon_as_the_clock_has_decided() -> None:
    user = a_member(Status.INVITED, expires_at=NOW)

    wanted = mails.should_send(a_mail(kind="new_link_requested"), people(user, recipient=an_admin()), now=NOW)

    assert wanted


def test_every_kind_of_mail_has_its_truth() -> None:
    assert {*BY_STATUS, *OF_ONE_LINK, *NEWS} == {*get_args(MailKind)}


def test_nobody_is_told_who_is_not_there() -> None:
    wanted = mails.should_send(a_mail(kind="joined"), people(a_member()), now=NOW)

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
@pytest.mark.parametrize("kind", ["invitation", "reminder"])
def test_an_invitation_goes_out_while_its_link_would_be_alive(
    kind: MailKind, mail: dict[str, Any], user: dict[str, Any], inviter: User | None, expected: object
) -> None:
    invited = a_member(Status.INVITED, **user)

    wanted = mails.should_send(a_mail(kind=kind, **mail), people(invited, inviter=inviter, recipient=invited), now=NOW)

    assert wanted is expected


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (12, 2048)])
def test_each_further_try_waits_twice_as_long(attempts: int, minutes: int) -> None:
    at = mails.next_attempt_at(attempts, now=NOW)

    assert at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(("attempts", "expected"), [(1, False), (12, False), (13, True), (14, True)])
def test_a_mail_is_given_up_after_its_thirteenth_try(attempts: int, expected: object) -> None:
    given_up = mails.is_exhausted(attempts)

    assert given_up is expected


def test_a_mail_says_whom_it_is_about_and_bears_neither_name_nor_link() -> None:
    user = a_member(Status.INVITED, generation=3, message="Hello")

    mail = mails.mail("invitation", user, context=a_context(), to_user=LEE)

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

    mail = mails.mail("invitation", user, context=a_context(), to_user=LEE)

    assert mail.inviter_id is None


def test_an_operation_tried_again_queues_the_same_mail() -> None:
    def mail_id(kind: MailKind = "notify", *, operation: str = "operation-1", **to: str) -> str:
        return mails.mail(kind, a_member(), context=a_context(operation=operation), **to).mail_id

    same = {mail_id(to_address="x@example.org"), mail_id(to_address="x@example.org")}
    others = {
        mail_id(to_address="y@example.org"),
        mail_id(to_address="x@example.org", operation="operation-2"),
        mail_id("joined", to_user=ANN),
        mail_id("joined", to_user=LEE),
    }

    assert len(same) == 1
    assert len(same | others) == 5
