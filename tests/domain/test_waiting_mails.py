"""Mails that wait while their inviter is blocked or the account is suspended (rules 1 and 20)."""

from typing import Any

import pytest

from shared.domain.model.mails import WITH_LINK, MailKind
from shared.domain.model.users import Status, User
from shared.domain.policy.send_conditions import (
    SEND_CONDITIONS,
    is_paused,
    should_send,
)
from tests.domain.mail_contexts import context_of
from tests.domain_factories import NOW, a_mail, a_member, an_admin, an_identity, the_account


@pytest.mark.parametrize(
    ("kind", "user", "inviter", "expected"),
    [
        (MailKind.INVITATION, {}, an_admin(status=Status.BLOCKED), True),
        (MailKind.REMINDER, {}, an_admin(status=Status.BLOCKED), True),
        (MailKind.INVITATION, {}, an_admin(identity_blocked_at=NOW), True),
        (MailKind.INVITATION, {}, an_admin(status=Status.BLOCKED, identity_blocked_at=NOW), True),
        (MailKind.INVITATION, {}, an_admin(status=Status.INACTIVE, identity_blocked_at=NOW), False),
        (MailKind.JOINED, {}, an_admin(status=Status.BLOCKED), False),
        (MailKind.INVITATION, {}, an_admin(), False),
        (MailKind.INVITATION, {}, an_admin(status=Status.INACTIVE), False),
        (MailKind.INVITATION, {}, an_admin(status=Status.BLOCKED, access_until=NOW), False),
        (MailKind.INVITATION, {"generation": 2}, an_admin(status=Status.BLOCKED), False),
        (MailKind.INVITATION, {"expires_at": NOW}, an_admin(status=Status.BLOCKED), False),
        (MailKind.INVITATION, {}, None, False),
    ],
)
def test_an_invitation_waits_while_its_inviter_is_blocked(
    kind: MailKind, user: dict[str, Any], inviter: User | None, expected: bool
) -> None:
    invited = a_member(Status.INVITED, **user)

    assert is_paused(a_mail(kind=kind), context_of(invited, inviter=inviter, recipient=invited), now=NOW) is expected


@pytest.mark.parametrize(
    ("mail", "user", "inviter", "expected"),
    [
        ({}, {}, an_admin(), True),
        ({"payload": {}}, {}, None, True),
        ({}, {}, an_admin(status=Status.BLOCKED), True),
        ({}, {}, an_admin(status=Status.INACTIVE), False),
        ({}, {"generation": 2}, an_admin(), False),
        ({}, {"expires_at": NOW}, an_admin(), False),
    ],
)
@pytest.mark.parametrize("kind", WITH_LINK)
def test_a_mail_with_a_link_waits_while_the_account_is_suspended(
    kind: MailKind, mail: dict[str, Any], user: dict[str, Any], inviter: User | None, expected: object
) -> None:
    invited, queued = a_member(Status.INVITED, **user), a_mail(kind=kind, **mail)
    suspended = the_account().model_copy(update={"status": "suspended"})
    context = context_of(invited, inviter=inviter, recipient=invited)
    context = context._replace(account=suspended, inviting_operator=an_identity())

    assert not should_send(queued, context, now=NOW)
    assert is_paused(queued, context, now=NOW) is expected


def test_every_mail_with_a_link_of_an_invitation_needs_an_active_inviter() -> None:
    assert {kind for kind, condition in SEND_CONDITIONS.items() if condition.active == "inviter"} == WITH_LINK
