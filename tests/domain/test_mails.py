from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from shared.domain.model.mails import (
    AccountRef,
    AddressRecipient,
    IdentityRecipient,
    IdentityRef,
    Mail,
    MailKind,
    Recipient,
    Subject,
    UserRecipient,
    UserRef,
    is_exhausted,
    next_attempt_at,
)
from shared.domain.model.users import Status
from shared.domain.policy import mails
from shared.domain.policy.authorization import Actor
from tests.domain_factories import ANN_ID, LEE_ID, NOW, a_context, a_mail, a_member


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (12, 2048)])
def test_each_further_try_waits_twice_as_long(attempts: int, minutes: int) -> None:
    at = next_attempt_at(attempts, now=NOW)

    assert at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(("attempts", "expected"), [(1, False), (12, False), (13, True), (14, True)])
def test_a_mail_is_given_up_after_its_thirteenth_try(attempts: int, expected: bool) -> None:
    given_up = is_exhausted(attempts)

    assert given_up is expected


def test_a_mail_refers_to_its_subject_and_holds_neither_name_nor_link() -> None:
    user = a_member(Status.INVITED, generation=3, message="Hello")

    mail = mails.mail_to_user(MailKind.INVITATION, user, to=LEE_ID, context=a_context())

    assert mail == Mail(
        mail_id=mail.mail_id,
        kind=MailKind.INVITATION,
        subject=UserRef(account_id="ab123", user_id=LEE_ID, generation=3),
        recipient=UserRecipient(to_user=LEE_ID),
        payload={"inviter_id": ANN_ID},
        operation_id="operation-1",
        queued_at=NOW,
    )


SUBJECTS: dict[str, tuple[Subject, Recipient]] = {
    "user": (UserRef(account_id="ab123", user_id=LEE_ID, generation=3), UserRecipient(to_user=ANN_ID)),
    "identity": (IdentityRef(identity_id="i" * 26), IdentityRecipient(to_identity="i" * 26)),
    "account": (AccountRef(account_id="ab123"), AddressRecipient(to_address="x@example.org")),
}


@pytest.mark.parametrize("subject_type", SUBJECTS)
def test_a_mail_is_stored_flat_and_read_back(subject_type: str) -> None:
    subject, recipient = SUBJECTS[subject_type]
    mail = Mail(
        mail_id="m", kind=MailKind.NOTIFY, subject=subject, recipient=recipient, payload={"seats": "3"}, queued_at=NOW
    )

    item = mail.model_dump(mode="json", exclude_none=True)

    assert item == {
        "mail_id": "m",
        "kind": "notify",
        "subject_type": subject_type,
        **subject.model_dump(exclude={"type"}),
        **recipient.model_dump(exclude={"type"}),
        "payload": {"seats": "3"},
        "state": "queued",
        "attempts": 0,
        "queued_at": "2026-11-21T12:00:00.000Z",
    }
    assert Mail.model_validate(item | {"pk": "m", "due": "mails"}) == mail


def test_an_item_without_a_type_of_subject_is_about_a_user() -> None:
    item = a_mail().model_dump(mode="json")
    del item["subject_type"]

    assert Mail.model_validate(item) == a_mail()


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "postcard"},
        {"subject_type": "group"},
        {"user_id": None},
        {"generation": None},
        {"subject_type": "identity"},
        {"to_user": None},
        {"queued_at": None},
    ],
)
def test_an_item_that_lacks_something_is_invalid(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_mail(**broken)


def test_a_user_gets_no_mail_about_a_person_over_all_accounts() -> None:
    subject, recipient = IdentityRef(identity_id="i" * 26), UserRecipient(to_user=LEE_ID)

    with pytest.raises(ValidationError, match="about their account only"):
        Mail(mail_id="m", kind=MailKind.NOTIFY, subject=subject, recipient=recipient, queued_at=NOW)


def test_only_a_mail_about_a_user_has_one() -> None:
    mail = Mail(
        mail_id="m",
        kind=MailKind.NOTIFY,
        subject=AccountRef(account_id="ab123"),
        recipient=UserRecipient(to_user=ANN_ID),
        queued_at=NOW,
    )

    assert (a_mail().user_id, a_mail().generation) == (LEE_ID, 1)
    assert (mail.user_id, mail.account_id) == (None, "ab123")
    with pytest.raises(TypeError, match="not about a user"):
        _ = mail.user_ref


def test_an_operator_is_no_inviter_in_a_mail() -> None:
    user = a_member(Status.INVITED, invited_by=Actor.operator("olga").actor_id)

    mail = mails.mail_to_user(MailKind.INVITATION, user, to=LEE_ID, context=a_context())

    assert mail.inviter_id is None


def test_an_operation_tried_again_queues_the_same_mail() -> None:
    def to_address(to: str, *, operation: str = "operation-1") -> str:
        return mails.mail_to_address(MailKind.NOTIFY, a_member(), to=to, context=a_context(operation=operation)).mail_id

    def to_user(to: str) -> str:
        return mails.mail_to_user(MailKind.JOINED, a_member(), to=to, context=a_context()).mail_id

    same = {to_address("x@example.org"), to_address("x@example.org")}
    others = {
        to_address("y@example.org"),
        to_address("x@example.org", operation="operation-2"),
        to_user(ANN_ID),
        to_user(LEE_ID),
    }

    assert len(same) == 1
    assert len(same | others) == 5
