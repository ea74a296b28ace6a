"""Cases of functions that schedules, streams and SES wake."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from shared.adapters.dynamodb.codec import to_item
from shared.adapters.dynamodb.search_items import search_keys
from shared.clock import utc_now
from shared.domain.model.mails import GRACE
from shared.domain.model.users import INVITATION_VALID_FOR, REMINDED_BEFORE, User
from shared.domain.model.values import iso
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL, SEARCH
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.command_cases.case import CommandCase, Given, by_ann, two_administrators
from tests.command_cases.effects import assert_user, identity_of, user_of
from tests.command_cases.invitee import OTHER
from tests.command_cases.records import put
from tests.delivery_events import delivery_event
from tests.factories import (
    ACCOUNT,
    DEACTIVATE,
    LEE_ADDRESS,
    a_user,
    an_account,
    deliver_queued,
    invited,
    joined,
    stream_of,
)
from tests.invoke import wake
from tests.proofs import movable_clock, outbox
from tests.proofs.snapshots import rows
from tests.table_edits import indexed
from tests.table_edits import user_row as stored_user

_TWO = (LEE_ADDRESS, "kim@example.org")


def expiring() -> Given:
    with movable_clock.ago(INVITATION_VALID_FOR + timedelta(seconds=1)):
        ann = an_account()
        for address in _TWO:
            invited(ann, address)

    def assert_effect() -> None:
        for address in _TWO:
            assert_user(address, "expired", "user.invited", "invitation.expired")

    return Given({}, assert_effect)


def ending_access() -> Given:
    """One of the two owns a finished task, which a job then marks removed."""
    with movable_clock.ago(timedelta(days=2)):
        ann = an_account()
        owner, _ = (a_user(ann, address, access_until=iso(utc_now() + timedelta(days=1))) for address in _TWO)
        put(ann, "task", "t-1", owner, "completed")
        deliver_queued()

    def assert_effect() -> None:
        for address in _TWO:
            assert_user(address, "inactive", "user.invited", "user.joined", "user.deactivated")
        assert [row["total"] for row in rows(DIRECTORY) if row["sk"].startswith("job#")] == [1]

    return Given({}, assert_effect)


def announcing_access_end() -> Given:
    with movable_clock.ago(timedelta(days=2)):
        a_user(an_account(), access_until=iso(utc_now() + timedelta(days=8)))
        deliver_queued()

    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "active", "user.invited", "user.joined")
        assert [mail["kind"] for mail in rows(MAIL)].count("access_ending") == 1

    return Given({}, assert_effect)


def reminding() -> Given:
    with movable_clock.ago(INVITATION_VALID_FOR - REMINDED_BEFORE):
        invited(an_account())
        deliver_queued()

    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "invited", "user.invited", "invitation.reminded")
        assert [mail["kind"] for mail in rows(MAIL)].count("reminder") == 1

    return Given({}, assert_effect)


def _inviter_was_deactivated(addresses: Iterable[str], assert_effect: Any) -> Given:
    with movable_clock.ago(INDEXES_KNOW):
        ann, bob = two_administrators()
        for address in addresses:
            invited(bob, address)
        given = Given({}, assert_effect, ann=ann, bob=bob)
        by_ann(given, DEACTIVATE, user_id=bob.user_id)
    return given


def revoking_orphaned() -> Given:
    def assert_effect() -> None:
        for address in _TWO:
            assert_user(address, "removed", "user.invited", "invitation.revoked")

    return _inviter_was_deactivated(_TWO, assert_effect)


def revoking_none() -> Given:
    def assert_effect() -> None:
        assert [row["sk"] for row in rows(DIRECTORY) if row.get("due") == "orphaned_invitations"] == []

    return _inviter_was_deactivated((), assert_effect)


def _mail_of(user: dict[str, Any]) -> str:
    [mail] = [row["pk"] for row in rows(MAIL) if row["kind"] == "invitation" and row["user_id"] == user["user_id"]]
    return str(mail)


def sending() -> Given:
    mail = _mail_of(invited(an_account()))
    return Given({"event": stream_of([mail])}, partial(assert_user, LEE_ADDRESS, "invited", "user.invited"))


def suppressing() -> Given:
    """The recipient has complained about an earlier mail since this one was queued."""
    first = invited(an_account())
    deliver_queued()
    mail = _mail_of(invited(an_account(OTHER), account_id=OTHER))
    wake("track_delivery", delivery_event(_mail_of(first), "Complaint"))

    def assert_effect() -> None:
        assert user_of(LEE_ADDRESS, OTHER)["invitation"]["delivery"] in {"queued", "failed"}
        assert mail not in outbox.times_sent()

    return Given({"event": stream_of([mail])}, assert_effect)


def rescuing() -> Given:
    """The stream has dropped the mails of an invitation."""
    with movable_clock.ago(GRACE + timedelta(seconds=5)):
        ann = an_account()
        deliver_queued()
        invited(ann, notify=["boss@example.org"])
    return Given({}, partial(assert_user, LEE_ADDRESS, "invited", "user.invited", notified=1))


def complaining_of_notice() -> Given:
    """Someone complains who was only told of an invitation; their settled mail has forgotten the address."""
    boss = "boss@example.org"
    invited(an_account(), notify=[boss])
    deliver_queued()
    [mail] = [row["pk"] for row in rows(MAIL) if row["kind"] == "notify"]
    event = delivery_event(mail, "Complaint")
    event["detail"]["complaint"]["complainedRecipients"] = [{"emailAddress": boss}]

    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "invited", "user.invited", notified=1)
        assert identity_of(boss)["complained_at"]

    return Given({"event": event}, assert_effect)


def tracking(event_type: str, delivery: str) -> Given:
    user = invited(an_account())
    deliver_queued()

    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "invited", "user.invited", "invitation.delivery_changed")
        assert user_of(LEE_ADDRESS)["invitation"]["delivery"] == delivery

    return Given({"event": delivery_event(_mail_of(user), event_type)}, assert_effect)


def publishing() -> Given:
    an_account()
    deliver_queued()
    entries = [row["entry_id"] for row in rows(JOURNAL)]
    records = [
        {
            "eventID": f"{number}",
            "eventName": "INSERT",
            "dynamodb": {"NewImage": to_item(row), "SequenceNumber": f"{number}"},
        }
        for number, row in enumerate(rows(JOURNAL))
    ]

    def assert_effect() -> None:
        assert {event["detail"]["entry_id"] for event in aws_fixture.published_events()} == set(entries)

    return Given({"event": {"Records": records}}, assert_effect)


def indexing() -> Given:
    """The user has joined; the index still has them as invited."""
    user = invited(an_account())
    indexed()
    before = stored_user(user["user_id"])
    joined(ACCOUNT, user)
    after = stored_user(user["user_id"])
    images = {"OldImage": to_item(before), "NewImage": to_item(after), "SequenceNumber": "1"}

    def assert_effect() -> None:
        assert {row["sk"] for row in rows(SEARCH) if row["sk"].endswith(user["user_id"])} == search_keys(
            User.model_validate(after)
        )

    return Given({"event": {"Records": [{"eventID": "1", "eventName": "MODIFY", "dynamodb": images}]}}, assert_effect)


CASES = (
    CommandCase("expire", "expire", expiring),
    CommandCase("remind", "expire", reminding),
    CommandCase("end_access", "expire", ending_access),
    CommandCase("announce_access_end", "expire", announcing_access_end),
    CommandCase("revoke_orphaned_invitations", "revoke_orphaned_invitations", revoking_orphaned),
    CommandCase("revoke_no_orphaned_invitations", "revoke_orphaned_invitations", revoking_none),
    CommandCase("send_mail", "send_mail", sending),
    CommandCase("suppress_mail", "send_mail", suppressing),
    CommandCase("rescue_mails", "send_mail", rescuing),
    CommandCase("track_bounce", "track_delivery", partial(tracking, "Bounce", "bounced")),
    CommandCase("track_delivery", "track_delivery", partial(tracking, "Delivery", "delivered")),
    CommandCase("track_complaint", "track_delivery", partial(tracking, "Complaint", "complained")),
    CommandCase("track_complaint_of_notice", "track_delivery", complaining_of_notice),
    CommandCase("publish_events", "publish_events", publishing),
    CommandCase("index_users", "index_users", indexing),
)
