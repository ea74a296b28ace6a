from itertools import permutations
from typing import get_args

import pytest

from shared.domain.commands.delivery_status import superseded_by, tracked
from shared.domain.model.users import Delivery, Status, User
from shared.domain.policy.authorization import CLOCK, Actor
from shared.domain.policy.changes import Change
from tests.domain_factories import ANN, NOW, a_command, a_mail, a_member

COMMAND = a_command(CLOCK)


def news(delivery: Delivery, user: User) -> Change:
    return tracked(user, delivery, of=a_mail(), context=COMMAND)


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
def test_later_news_overrule_earlier_ones(delivery: Delivery, overruled: set[str]) -> None:
    assert set(superseded_by(delivery)) == overruled


@pytest.mark.parametrize("order", [*permutations(["sent", "delivered", "bounced", "complained"])])
def test_in_whatever_order_news_come_the_same_is_left(order: tuple[Delivery, ...]) -> None:
    user = a_member(Status.INVITED, delivery="queued")

    for delivery in order:
        user = news(delivery, user).after

    assert user.invitation.delivery == "complained"


def test_news_are_a_fact_apart_and_leave_the_user_as_they_are() -> None:
    user = a_member(Status.INVITED)

    change = news("delivered", user)

    assert change.after.invitation.delivery == "delivered"
    assert change.after == user.model_copy(update={"invitation": change.after.invitation})
    assert change.mails == ()
    [entry] = change.entries
    assert (entry.type, entry.actor, entry.at) == ("invitation.delivery_changed", "clock", NOW)
    assert (entry.before, entry.after) == ({"delivery": "sent"}, {"delivery": "delivered"})


def test_that_a_mail_was_sent_is_nothing_to_write_down() -> None:
    change = news("sent", a_member(Status.INVITED, delivery="queued"))

    assert (change.after.invitation.delivery, change.entries, change.mails) == ("sent", (), ())


def test_a_bounce_keeps_the_seat_and_is_told_to_the_inviter() -> None:
    change = news("bounced", a_member(Status.INVITED))

    assert (change.after.status, change.after.holds_seat) == (Status.INVITED, True)
    assert [(mail.kind, mail.to_user) for mail in change.mails] == [("bounced", ANN)]


def test_a_bounce_is_not_told_to_an_operator() -> None:
    change = news("bounced", a_member(Status.INVITED, invited_by=Actor.operator("olga").actor_id))

    assert change.after.invitation.delivery == "bounced"
    assert change.mails == ()


@pytest.mark.parametrize("delivery", get_args(Delivery))
def test_the_same_news_again_are_no_news(delivery: Delivery) -> None:
    user = a_member(Status.INVITED, delivery=delivery)

    assert news(delivery, user) == Change(before=user, after=user)


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
def test_news_of_another_mail_an_older_link_or_an_accepted_one_change_nothing(user: User, mail: dict[str, str]) -> None:
    change = tracked(user, "bounced", of=a_mail(**mail), context=COMMAND)

    assert change == Change(before=user, after=user)
