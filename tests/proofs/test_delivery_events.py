"""Events of SES may come twice, late and in any order: the delivery status is always the same."""

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest

from shared.domain.model.users import INVITATION_VALID_FOR
from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture
from tests.command_cases.effects import user_of
from tests.delivery_events import delivery_event
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    DEACTIVATE,
    LEE_ADDRESS,
    ActiveUser,
    an_account,
    an_operator,
    deliver_queued,
    invited,
    joined,
    stream_of,
)
from tests.invoke import call, wake
from tests.proofs import movable_clock, outbox, snapshots
from tests.proofs.faults import Interruption, Strike, injected
from tests.proofs.invariants import assert_whole
from tests.proofs.promises import PROMISES, tried
from tests.proofs.snapshots import rows

# Each supersedes those before it.
SHOWN = {"Send": "sent", "Reject": "failed", "Delivery": "delivered", "Bounce": "bounced", "Complaint": "complained"}
RANKS = ["queued", *SHOWN.values()]
ORDERS = [order for length in range(1, 6) for order in permutations(SHOWN, length)]


def an_invitation() -> tuple[ActiveUser, str]:
    """Return Lee's inviter, and the mail that was sent to Lee."""
    ann = an_account()
    invited(ann, admin=True)
    deliver_queued()
    return ann, mail_to_lee()


def mail_to_lee() -> str:
    lee = user_of(LEE_ADDRESS)["user_id"]
    [mail] = [row["pk"] for row in rows(MAIL) if row["kind"] == "invitation" and row["user_id"] == lee]
    return str(mail)


def changes() -> list[tuple[str, str]]:
    """Return the changes of the delivery status in the journal, as (before, after)."""
    told = [row for row in rows(JOURNAL) if row["type"] == "invitation.delivery_changed"]
    return [(row["before"]["delivery"], row["after"]["delivery"]) for row in told]


def test_ses_events_in_any_order_leave_the_same_delivery_status() -> None:
    _, mail = an_invitation()
    prepared = snapshots.keep()

    for order in random.sample(ORDERS, PROMISES["delivery events"].cases):
        snapshots.put_back(prepared)
        for event in order + tuple(random.choices(order, k=len(order))):  # noqa: S311 (chance, not secrecy)
            wake("track_delivery", delivery_event(mail, event))

        final = max((SHOWN[event] for event in order), key=RANKS.index)
        assert user_of(LEE_ADDRESS)["invitation"]["delivery"] == final, order
        assert_one_way_up("sent", final)
        came_back = "Bounce" in order and "Complaint" not in order[: order.index("Bounce")]
        assert sum(row["kind"] == "bounced" for row in rows(MAIL)) == came_back, order
        assert user_of(LEE_ADDRESS)["holds_seat"] is True
        assert_whole()

    tried("delivery events", PROMISES["delivery events"].cases)


def assert_one_way_up(first: str, final: str) -> None:
    """Assert that the journal has one entry per change, in a chain."""
    told = sorted(changes(), key=lambda change: RANKS.index(change[0]))
    assert [first, *(after for _, after in told)] == [*(before for before, _ in told), final]


def of_someone_who_has_joined(_: ActiveUser) -> None:
    joined(ACCOUNT, invited_lee())


def of_someone_who_is_gone(ann: ActiveUser) -> None:
    lee = joined(ACCOUNT, invited_lee())
    answer = call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})
    assert answer.status == 200, answer.text


def of_a_link_that_was_replaced(_: ActiveUser) -> None:
    movable_clock.forward(MIN_INTERVAL)
    names = {"first_name": "Lee", "last_name": "Sherron", "email": LEE_ADDRESS}
    assert call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=names).status == 201


def invited_lee() -> dict[str, object]:
    """Return Lee as the API shows them."""
    return user_of(LEE_ADDRESS) | {"account_id": ACCOUNT}


@pytest.mark.parametrize(
    "late",
    [of_someone_who_has_joined, of_someone_who_is_gone, of_a_link_that_was_replaced],
    ids=lambda one: one.__name__,
)
def test_late_ses_events_do_not_change_a_newer_invitation(late: Callable[[ActiveUser], None]) -> None:
    ann, mail = an_invitation()
    late(ann)
    outbox.run_empty()
    before = aws_fixture.everything()

    for event in SHOWN:
        wake("track_delivery", delivery_event(mail, event))

    after = aws_fixture.everything()
    assert {name for name in after if after[name] != before[name]} == {IDENTITIES.name}
    assert [row["address"] for row in rows(IDENTITIES) if row.get("complained_at")] == [LEE_ADDRESS]


def test_ses_events_of_an_unknown_mail_change_nothing() -> None:
    an_invitation()
    before = aws_fixture.everything()

    for event in SHOWN:
        wake("track_delivery", delivery_event("a" * 26, event))

    assert aws_fixture.everything() == before


def test_a_bounce_after_expiry_is_shown_and_takes_no_seat() -> None:
    _, mail = an_invitation()
    movable_clock.forward(INVITATION_VALID_FOR + timedelta(seconds=1))
    wake("expire")

    for event in ("Bounce", "Delivery"):
        wake("track_delivery", delivery_event(mail, event))

    lee = user_of(LEE_ADDRESS)
    assert (lee["status"], lee["holds_seat"], lee["invitation"]["delivery"]) == ("expired", False, "bounced")
    assert_whole()


@pytest.mark.parametrize("event", ["Delivery", "Bounce", "Complaint"])
def test_ses_events_during_sending_are_not_overwritten(event: str) -> None:
    invited(an_account())
    mail = mail_to_lee()
    prepared, recording = snapshots.keep(), Strike()
    with injected(recording):
        wake("send_mail", stream_of([mail]))
    snapshots.put_back(prepared)
    late = Interruption(
        recording.calls.index("SendEmail") + 1, lambda: wake("track_delivery", delivery_event(mail, event))
    )

    with injected(late):
        wake("send_mail", stream_of([mail]))

    assert late.happened
    assert user_of(LEE_ADDRESS)["invitation"]["delivery"] == SHOWN[event]
    assert {row["pk"]: row["state"] for row in rows(MAIL)}[mail] == "sent"
    assert changes() == [("queued", SHOWN[event])]
    assert_whole()


def test_concurrent_duplicate_ses_events_are_journaled_once() -> None:
    _, mail = an_invitation()
    prepared, recording = snapshots.keep(), Strike()
    with injected(recording):
        wake("track_delivery", delivery_event(mail, "Bounce"))
    snapshots.put_back(prepared)
    write = recording.calls.index("TransactWriteItems")
    again = Interruption(write, lambda: wake("track_delivery", delivery_event(mail, "Bounce")))

    with injected(again):
        wake("track_delivery", delivery_event(mail, "Bounce"))

    assert again.happened
    assert changes() == [("sent", "bounced")]
    assert sum(row["kind"] == "bounced" for row in rows(MAIL)) == 1
    assert_whole()
