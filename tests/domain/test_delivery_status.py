from itertools import permutations
from typing import get_args

import pytest

from shared.domain.commands.delivery_status import apply_delivery_event
from shared.domain.model.users import Delivery, Status, User, superseded_by
from shared.domain.policy.authorization import CLOCK, Actor
from shared.domain.policy.changes import ChangeSet
from tests.domain_factories import ANN_ID, NOW, a_context, a_mail, a_member

CONTEXT = a_context(CLOCK)


def after(changes: ChangeSet, before: User) -> User:
    return changes.delivery.user if changes.delivery else before


def applied(delivery: Delivery, user: User) -> ChangeSet:
    return apply_delivery_event(user, delivery, mail=a_mail(), context=CONTEXT)


@pytest.mark.parametrize(
    ("delivery", "overruled"),
    [
        ("queued", set()),
        ("sent", {"queued"}),
        ("failed", {"queued", "sent"}),
        ("delivered", {"queued", "sent", "failed"}),
        ("bounced", {"queued", "sent", "failed", "delivered"}),
        ("complained", {"queued", "sent", "failed", "delivered", "bounced"}),
    ],
)
def test_later_events_overrule_earlier_ones(delivery: Delivery, overruled: set[str]) -> None:
    assert set(superseded_by(delivery)) == overruled


@pytest.mark.parametrize("order", [*permutations(["sent", "delivered", "bounced", "complained"])])
def test_in_whatever_order_events_come_the_same_is_left(order: tuple[Delivery, ...]) -> None:
    user = a_member(Status.INVITED, delivery="queued")

    for delivery in order:
        user = after(applied(delivery, user), user)

    assert user.invitation.delivery == "complained"


def test_an_event_is_a_fact_apart_and_leaves_the_user_as_they_are() -> None:
    user = a_member(Status.INVITED)

    change = applied("delivered", user)

    assert change.delivery
    assert (change.users, change.delivery.generation, change.delivery.delivery) == ((), 1, "delivered")
    invitation = user.invitation.model_copy(update={"delivery": "delivered"})
    assert change.delivery.user == user.model_copy(update={"invitation": invitation})
    assert change.mails == ()
    [entry] = change.entries
    assert (entry.type, entry.actor, entry.at) == ("invitation.delivery_changed", "clock", NOW)
    assert (entry.before, entry.after) == ({"delivery": "sent"}, {"delivery": "delivered"})


def test_that_a_mail_was_sent_is_not_journaled() -> None:
    change = applied("sent", a_member(Status.INVITED, delivery="queued"))

    assert change.delivery
    assert (change.delivery.delivery, change.entries, change.mails) == ("sent", (), ())


def test_a_bounce_keeps_the_seat_and_is_told_to_the_inviter() -> None:
    change = applied("bounced", a_member(Status.INVITED))

    assert change.delivery
    assert (change.counters.is_zero, change.delivery.user.holds_seat) == (True, True)
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [("bounced", ANN_ID)]


def test_staff_hear_of_a_bounce_of_an_operators_invitation() -> None:
    change = applied("bounced", a_member(Status.INVITED, invited_by=Actor.operator("olga").actor_id))

    assert change.delivery
    assert change.delivery.delivery == "bounced"
    assert [(mail.kind, mail.payload) for mail in change.mails] == [("staff_notice", {"happened": "bounced"})]


@pytest.mark.parametrize("delivery", get_args(Delivery))
def test_the_same_event_again_changes_nothing(delivery: Delivery) -> None:
    user = a_member(Status.INVITED, delivery=delivery)

    assert applied(delivery, user) == ChangeSet()


@pytest.mark.parametrize(
    ("user", "mail"),
    [
        (a_member(Status.INVITED), {"kind": "notify"}),
        (a_member(Status.INVITED, generation=2), {}),
        (a_member(Status.INVITED), {"generation": 2}),
        (a_member(Status.ACTIVE), {}),
        (a_member(Status.INACTIVE), {}),
    ],
)
def test_an_event_of_another_mail_an_old_or_an_accepted_link_changes_nothing(user: User, mail: dict[str, str]) -> None:
    change = apply_delivery_event(user, "bounced", mail=a_mail(**mail), context=CONTEXT)

    assert change == ChangeSet()
