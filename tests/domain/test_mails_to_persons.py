"""When mails about a person over all accounts are sent: links to a new password, and that it was changed (rule 18)."""

from typing import Any

import pytest

from shared.domain.model.identities import Identity
from shared.domain.model.mails import Mail, MailKind
from shared.domain.model.recoveries import RECOVERY_VALID_FOR, Recovery
from shared.domain.policy.send_conditions import MailContext, SendCondition, is_suppressed, should_send
from tests.domain_factories import MILLISECOND, NOW, a_mail, an_identity

OF_PERSONS = [MailKind.RECOVERY, MailKind.RECOVERY_HELP, MailKind.PASSWORD_CHANGED]
OF_IDENTITY: dict[str, Any] = {
    "subject_type": "identity",
    **dict.fromkeys(("account_id", "user_id", "generation")),
}
RECOVERY = Recovery(identity_id="i" * 26, version=2, sent_at=NOW, sent_that_day=1)


def a_mail_of_person(kind: MailKind) -> Mail:
    payload = {"recovery_version": str(RECOVERY.version)}
    person: dict[str, Any] = {"identity_id": RECOVERY.identity_id, "to_user": None, "to_identity": RECOVERY.identity_id}
    return a_mail(kind=kind, **OF_IDENTITY, **person, payload=payload)


@pytest.mark.parametrize("kind", OF_PERSONS)
@pytest.mark.parametrize(
    ("person", "expected"),
    [(an_identity(), True), (an_identity(blocked=True), False), (an_identity(sub=None), False), (None, False)],
)
def test_person_is_mailed_who_can_sign_in(kind: MailKind, person: Identity | None, expected: bool) -> None:
    sent = should_send(a_mail_of_person(kind), MailContext(recipient=person, recovery=RECOVERY), now=NOW)

    assert sent is expected


@pytest.mark.parametrize("kind", OF_PERSONS[:2])
@pytest.mark.parametrize(
    ("recovery", "expected"),
    [
        (RECOVERY, True),
        (RECOVERY.model_copy(update={"sent_at": NOW + MILLISECOND - RECOVERY_VALID_FOR}), True),
        (RECOVERY.model_copy(update={"sent_at": NOW - RECOVERY_VALID_FOR}), False),
        (RECOVERY.model_copy(update={"version": 3}), False),
        (RECOVERY.model_copy(update={"finished": True}), False),
        (RECOVERY.model_copy(update={"answers": 5}), False),
        (None, False),
    ],
    ids=["usable", "about to end", "too old", "replaced", "used", "too many answers", "forgotten"],
)
def test_link_to_a_new_password_is_not_mailed_once_it_is_dead(
    kind: MailKind, recovery: Recovery | None, *, expected: bool
) -> None:
    sent = should_send(a_mail_of_person(kind), MailContext(recipient=an_identity(), recovery=recovery), now=NOW)

    assert sent is expected


@pytest.mark.parametrize(
    ("kind", "proven", "expected"),
    [
        (MailKind.RECOVERY, True, False),
        (MailKind.RECOVERY, False, False),
        (MailKind.RECOVERY_HELP, False, False),
        (MailKind.PASSWORD_CHANGED, True, False),
        (MailKind.PASSWORD_CHANGED, False, True),
        (MailKind.ACCOUNT_INFORMATION, True, True),
    ],
)
def test_complaint_keeps_back_what_its_mailbox_has_not_asked_for(
    kind: MailKind, proven: object, expected: object
) -> None:
    mail = a_mail_of_person(kind)
    context = MailContext(recipient=an_identity(proven=proven), is_suppressed=True)

    assert is_suppressed(mail, context) is expected
    assert not is_suppressed(mail, context._replace(is_suppressed=False))


@pytest.mark.parametrize(("changes", "expected"), [({}, True), ({"blocked": True}, False), ({"sub": None}, False)])
def test_a_mail_about_a_person_is_sent_while_they_can_sign_in(changes: dict[str, Any], expected: bool) -> None:
    identity = an_identity(**changes)
    mail = a_mail(**OF_IDENTITY, identity_id=identity.identity_id, to_user=None, to_identity=identity.identity_id)
    context = MailContext(identity=identity, recipient=identity)

    sent = SendCondition(active="recipient").holds(mail, context, now=NOW)

    assert sent is expected
