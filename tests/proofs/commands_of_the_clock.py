"""What schedules, streams and SES wake."""

from datetime import timedelta
from typing import Any

from shared.domain.commands.invitations import VALID_FOR
from shared.domain.model.users import REMINDED_BEFORE
from shared.domain.policy.mails import GRACE
from shared.storage_schema import DIRECTORY, MAIL
from tests.factories import (
    ACCOUNT,
    DEACTIVATE,
    Person,
    a_user,
    an_account,
    deliver_queued,
    invited,
    news_of,
    stream_of,
)
from tests.invoke import call, wake
from tests.proofs import moments, outbox
from tests.proofs.command_cases import LEE, OTHER, Command, assert_invited, assert_user, user_of, woken
from tests.proofs.snapshots import rows


def expire() -> Command:
    ann = an_account()
    addresses = (LEE, "kim@example.org")
    for address in addresses:
        invited(ann, address)
    moments.forward(VALID_FOR + timedelta(seconds=1))

    def assert_effect() -> None:
        for address in addresses:
            assert_user(address, "expired", "user.invited", "invitation.expired")

    return Command(lambda: woken("expire"), 200, assert_effect)


def send_mail() -> Command:
    user = invited(an_account())
    [mail] = [row["pk"] for row in rows(MAIL) if row["user_id"] == user["user_id"]]
    return Command(lambda: woken("send_mail", stream_of([mail])), 200, lambda: assert_invited(notified=0))


def hold_back_mail() -> Command:
    """To somebody who has complained of an earlier one."""
    first = invited(an_account())
    deliver_queued()
    wake("track_delivery", news_of(_mail_of(first), "Complaint"))
    user = invited(an_account(OTHER), account_id=OTHER)
    mail = _mail_of(user)

    def assert_effect() -> None:
        assert user_of(LEE, OTHER)["invitation"]["delivery"] in {"queued", "complained"}
        assert mail not in outbox.times_sent()

    return Command(lambda: woken("send_mail", stream_of([mail])), 200, assert_effect)


def _mail_of(user: dict[str, Any]) -> str:
    [mail] = [row["pk"] for row in rows(MAIL) if row["kind"] == "invitation" and row["user_id"] == user["user_id"]]
    return str(mail)


def rescue_mails() -> Command:
    ann = an_account()
    deliver_queued()
    invited(ann, notify=["boss@example.org"])
    moments.forward(GRACE + timedelta(seconds=5))
    return Command(lambda: woken("send_mail"), 200, lambda: assert_invited(notified=1))


def track_delivery() -> Command:
    """A bounce: shown, written down, and told to the inviter."""
    return _tracking("Bounce", "bounced", "user.invited", "invitation.delivery_changed")


def note_delivery() -> Command:
    return _tracking("Delivery", "delivered", "user.invited", "invitation.delivery_changed")


def heed_complaint() -> Command:
    return _tracking("Complaint", "complained", "user.invited", "invitation.delivery_changed")


def _tracking(event_type: str, delivery: str, *entries: str) -> Command:
    user = invited(an_account())
    deliver_queued()
    mail = _mail_of(user)

    def assert_effect() -> None:
        assert_user(LEE, "invited", *entries)
        assert user_of(LEE)["invitation"]["delivery"] == delivery

    return Command(lambda: woken("track_delivery", news_of(mail, event_type)), 200, assert_effect)


def remind() -> Command:
    invited(an_account())
    deliver_queued()
    moments.forward(VALID_FOR - REMINDED_BEFORE)

    def assert_effect() -> None:
        assert_user(LEE, "invited", "user.invited", "invitation.reminded")
        assert [mail["kind"] for mail in rows(MAIL)].count("reminder") == 1

    return Command(lambda: woken("expire"), 200, assert_effect)


def withdraw() -> Command:
    """What two invitees were sent by somebody who is gone."""
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    addresses = (LEE, "kim@example.org")
    for address in addresses:
        invited(bob, address)
    _let_go(ann, bob)

    def assert_effect() -> None:
        for address in addresses:
            assert_user(address, "removed", "user.invited", "invitation.revoked")

    return Command(lambda: woken("revoke_orphaned_invitations"), 200, assert_effect)


def finish_revoking() -> Command:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    _let_go(ann, bob)

    def assert_effect() -> None:
        assert [row["sk"] for row in rows(DIRECTORY) if row.get("due") == "orphaned_invitations"] == []

    return Command(lambda: woken("revoke_orphaned_invitations"), 200, assert_effect)


def _let_go(by: Person, other: Person) -> None:
    call(DEACTIVATE, caller=by.signed_in, account_id=ACCOUNT, user_id=other.user_id, body={})
    moments.forward(timedelta(seconds=15))
