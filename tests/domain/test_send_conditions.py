from typing import Any

import pytest

from shared.domain.model.identities import Identity
from shared.domain.model.mails import MailKind
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.users import Status, User
from shared.domain.model.values import iso
from shared.domain.policy.send_conditions import (
    SEND_CONDITIONS,
    MailContext,
    SendCondition,
    is_paused,
    of_true_subject,
    should_send,
)
from tests.domain.mail_contexts import context_of
from tests.domain.test_mails_to_persons import OF_PERSONS
from tests.domain_factories import MILLISECOND, NOW, a_mail, a_member, an_admin, an_identity, the_account

BY_STATUS = {
    MailKind.NOTIFY: {Status.INVITED, Status.ACTIVE},
    MailKind.DEACTIVATED: {Status.INACTIVE, Status.REMOVED},
    MailKind.ACCESS_ENDED: {Status.INACTIVE, Status.REMOVED},
    MailKind.REACTIVATED: {Status.ACTIVE},
    MailKind.BLOCKED: {Status.BLOCKED, Status.INACTIVE, Status.REMOVED},
    MailKind.UNBLOCKED: {Status.ACTIVE},
}
OF_ONE_LINK = {
    MailKind.INVITATION: {Status.INVITED},
    MailKind.REMINDER: {Status.INVITED},
    MailKind.DECLINED: {Status.DECLINED},
    MailKind.EXPIRED: {Status.EXPIRED},
    MailKind.NEW_LINK_REQUESTED: {Status.EXPIRED},
    MailKind.BOUNCED: {Status.INVITED, Status.EXPIRED},
    MailKind.STAFF_NOTICE: {Status.INVITED, Status.EXPIRED, Status.DECLINED},
}
REPORTS = [
    MailKind.ACCOUNT_INFORMATION,
    MailKind.JOINED,
    MailKind.SEATS_APPROVED,
    MailKind.SEATS_DENIED,
    MailKind.SEATS_RETURNED,
    MailKind.CERTIFICATION_WITHDRAWN,
]
OTHERS = [
    MailKind.ACCESS_ENDING,
    MailKind.PARTNER_LEFT,
    MailKind.NOTIFY_OF_MANY,
    MailKind.SEATS_REQUESTED,
    MailKind.SEATS_BOUGHT,
    MailKind.SEATS_GIVEN_BACK,
]


@pytest.mark.parametrize("kind", [*BY_STATUS, *OF_ONE_LINK])
@pytest.mark.parametrize("status", Status)
def test_a_mail_is_sent_only_in_the_status_that_it_reports(kind: MailKind, status: Status) -> None:
    user, ann = a_member(status), an_admin()

    sent = should_send(a_mail(kind=kind), context_of(user, inviter=ann, recipient=ann), now=NOW)

    assert sent is (status in (BY_STATUS | OF_ONE_LINK)[kind])


@pytest.mark.parametrize("kind", BY_STATUS)
@pytest.mark.parametrize("generation", [1, 2])
def test_a_mail_about_a_status_is_sent_whatever_the_link_and_the_inviter(kind: MailKind, generation: int) -> None:
    [status, *_] = BY_STATUS[kind]
    user = a_member(status, generation=generation)

    sent = should_send(a_mail(kind=kind), context_of(user), now=NOW)

    assert sent


@pytest.mark.parametrize("kind", OF_ONE_LINK)
@pytest.mark.parametrize(("of_mail", "of_user"), [(1, 2), (2, 1)])
def test_a_mail_about_a_link_is_not_sent_for_another_generation(kind: MailKind, of_mail: int, of_user: int) -> None:
    [status, *_] = OF_ONE_LINK[kind]
    user, ann = a_member(status, generation=of_user), an_admin()
    mail = a_mail(kind=kind, generation=of_mail)

    sent = should_send(mail, context_of(user, inviter=ann, recipient=ann), now=NOW)

    assert not sent


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize("status", Status)
def test_a_report_is_sent_whatever_the_status_of_the_user(kind: MailKind, status: Status) -> None:
    user = a_member(status, generation=2)

    sent = should_send(a_mail(kind=kind), context_of(user, recipient=an_admin()), now=NOW)

    assert sent


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        *((kind, Status.ACTIVE) for kind in REPORTS),
        (MailKind.DECLINED, Status.DECLINED),
        (MailKind.EXPIRED, Status.EXPIRED),
        (MailKind.NEW_LINK_REQUESTED, Status.EXPIRED),
        (MailKind.BOUNCED, Status.INVITED),
    ],
)
@pytest.mark.parametrize("status", Status)
def test_a_report_is_sent_to_an_active_recipient_only(kind: MailKind, of: Status, status: Status) -> None:
    recipient = an_admin(status=status)

    sent = should_send(a_mail(kind=kind), context_of(a_member(of), recipient=recipient), now=NOW)

    assert sent is (status is Status.ACTIVE)


def test_a_request_for_a_new_link_is_sent_before_the_expiry_is_written() -> None:
    user = a_member(Status.INVITED, expires_at=NOW)

    sent = should_send(a_mail(kind=MailKind.NEW_LINK_REQUESTED), context_of(user, recipient=an_admin()), now=NOW)

    assert sent


@pytest.mark.parametrize(
    ("status", "expected"), [("pending", True), ("approved", False), ("denied", False), (None, False)]
)
def test_staff_hear_of_a_request_for_seats_that_still_waits(status: str | None, expected: bool) -> None:
    values = {"account_id": "ab123", "request_id": "0" * 26, "kind": "purchase", "quantity": 2, "status": status}
    asked = {"requested_by": "a" * 26, "requested_at": NOW}
    request = SeatRequest.model_validate(values | asked) if status else None
    mail = a_mail(kind=MailKind.SEATS_REQUESTED, subject_type="account", user_id=None, generation=None)

    sent = should_send(mail, MailContext(account=the_account(), seat_request=request), now=NOW)

    assert sent is expected


@pytest.mark.parametrize("is_certified", [True, False])
def test_withdrawal_that_was_taken_back_is_not_mailed(*, is_certified: bool) -> None:
    told = context_of(a_member(kind="partner"), recipient=an_admin())._replace(is_certified=is_certified)

    assert should_send(a_mail(kind=MailKind.CERTIFICATION_WITHDRAWN), told, now=NOW) is not is_certified


def test_every_kind_of_mail_has_a_condition() -> None:
    assert {*BY_STATUS, *OF_ONE_LINK, *REPORTS, *OF_PERSONS, *OTHERS} == {*MailKind} == {*SEND_CONDITIONS}


def test_a_summary_is_about_those_who_are_still_invited_or_have_joined() -> None:
    users = tuple(a_member(status, user_id=letter * 26) for letter, status in zip("cdefghj", Status, strict=True))
    mail = a_mail(kind=MailKind.NOTIFY_OF_MANY, subject_type="users", user_ids=("c" * 26,), user_id=None)

    found = of_true_subject(mail, MailContext(account=the_account(), users=users), now=NOW)
    gone = of_true_subject(mail, MailContext(users=(a_member(Status.INVITED, expires_at=NOW),)), now=NOW)

    assert {user.status for user in found.users} == {Status.INVITED, Status.ACTIVE}
    assert (should_send(mail, found, now=NOW), should_send(mail, gone, now=NOW)) == (True, False)


def test_a_report_to_a_missing_recipient_is_not_sent() -> None:
    sent = should_send(a_mail(kind=MailKind.JOINED), context_of(a_member()), now=NOW)

    assert not sent


@pytest.mark.parametrize(
    ("mail", "user", "inviter", "expected"),
    [
        ({}, {}, an_admin(), True),
        ({}, {"generation": 2}, an_admin(), False),
        ({"generation": 2}, {}, an_admin(), False),
        ({}, {"expires_at": NOW}, an_admin(), False),
        ({}, {}, an_admin(status=Status.INACTIVE), False),
        ({}, {}, an_admin(status=Status.BLOCKED), False),
        ({}, {}, None, False),
        ({"payload": {}}, {}, an_admin(), False),
    ],
)
@pytest.mark.parametrize("kind", [MailKind.INVITATION, MailKind.REMINDER])
def test_an_invitation_is_sent_while_its_link_works(
    kind: MailKind, mail: dict[str, Any], user: dict[str, Any], inviter: User | None, expected: bool
) -> None:
    invited = a_member(Status.INVITED, **user)

    sent = should_send(a_mail(kind=kind, **mail), context_of(invited, inviter=inviter, recipient=invited), now=NOW)

    assert sent is expected


@pytest.mark.parametrize("delivery", ["sent", "bounced"])
def test_a_reminder_does_not_follow_a_bounce(delivery: str) -> None:
    invited = a_member(Status.INVITED, delivery=delivery)
    mail = a_mail(kind=MailKind.REMINDER)

    sent = should_send(mail, context_of(invited, inviter=an_admin(), recipient=invited), now=NOW)

    assert sent is (delivery != "bounced")


@pytest.mark.parametrize(
    ("operator", "is_sent", "waits"),
    [(an_identity(), True, False), (an_identity(blocked=True), False, True), (None, False, False)],
    ids=["active", "blocked", "erased"],
)
@pytest.mark.parametrize("kind", [MailKind.INVITATION, MailKind.REMINDER])
def test_an_operators_invitation_is_sent_while_they_are_not_blocked(
    kind: MailKind, operator: Identity | None, *, is_sent: bool, waits: bool
) -> None:
    invited = a_member(Status.INVITED)
    mail, context = a_mail(kind=kind, payload={}), context_of(invited)._replace(inviting_operator=operator)

    assert should_send(mail, context, now=NOW) is is_sent
    assert is_paused(mail, context, now=NOW) is waits


@pytest.mark.parametrize("status", Status)
def test_a_mail_about_an_account_is_sent_to_an_active_user(status: Status) -> None:
    mail = a_mail(subject_type="account", user_id=None, generation=None)
    context = MailContext(account=the_account(), recipient=an_admin(status=status))

    sent = SendCondition(active="recipient").holds(mail, context, now=NOW)

    assert sent is (status is Status.ACTIVE)


@pytest.mark.parametrize(
    ("user", "recipient", "expected"),
    [
        ({}, {}, True),
        ({"status": Status.BLOCKED}, {}, True),
        ({"access_until": NOW + 2 * MILLISECOND}, {}, False),
        ({"access_until": None}, {}, False),
        ({"status": Status.REMOVED}, {}, False),
        ({}, {"status": Status.BLOCKED}, False),
        ({}, {"access_until": NOW}, False),
    ],
)
def test_administrators_hear_of_an_end_of_access_that_is_still_to_come(
    user: dict[str, Any], recipient: dict[str, Any], *, expected: bool
) -> None:
    ends = NOW + MILLISECOND
    mail = a_mail(kind=MailKind.ACCESS_ENDING, payload={"access_until": iso(ends)})
    told = context_of(a_member(**{"access_until": ends} | user), recipient=an_admin(**recipient))

    assert should_send(mail, told, now=NOW) is expected
