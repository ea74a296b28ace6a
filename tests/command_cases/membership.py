"""Cases of administrators about users who have joined."""

from functools import partial

from tests.command_cases.case import CommandCase, Cost, Given, Refusal, by_ann, by_bob, two_administrators
from tests.command_cases.effects import LEE, assert_user
from tests.command_cases.invitations import CALLER_DEACTIVATED, last_seat_is_taken
from tests.factories import BLOCK, DEACTIVATE, REACTIVATE, REMOVE, UNBLOCK, a_user

_JOINED = ("user.invited", "user.joined")


def deactivating(*, admin: bool = False) -> Given:
    return _ending("inactive", "user.deactivated", admin=admin)


def blocking(*, admin: bool = False) -> Given:
    people = two_administrators()
    lee = a_user(people[0], admin=admin)
    effect = partial(assert_user, LEE, "blocked", *_JOINED, "user.blocked")
    return by_bob(people, effect, user={"user_id": lee.user_id}, body={"reason": "security"})


def unblocking(*, admin: bool = False) -> Given:
    people = two_administrators()
    lee = a_user(people[0], admin=admin)
    effect = partial(assert_user, LEE, "active", *_JOINED, "user.blocked", "user.unblocked")
    given = by_bob(people, effect, user={"user_id": lee.user_id}, body={})
    by_ann(given, BLOCK, body={"reason": "other"})
    return given


def removing(*, admin: bool = False) -> Given:
    return _ending("removed", "user.removed", admin=admin)


def _ending(status: str, entry: str, *, admin: bool) -> Given:
    people = two_administrators()
    lee = a_user(people[0], admin=admin)
    effect = partial(assert_user, LEE, status, *_JOINED, entry)
    return by_bob(people, effect, user={"user_id": lee.user_id}, body={"reassign_to": None})


def reactivating(*, seats: int = 10, admin: bool = False) -> Given:
    people = two_administrators(seats=seats)
    lee = a_user(people[0], admin=admin)
    effect = partial(assert_user, LEE, "active", *_JOINED, "user.deactivated", "user.reactivated")
    given = by_bob(people, effect, user={"user_id": lee.user_id}, body={"groups": ["everyone"]})
    by_ann(given, DEACTIVATE)
    return given


def _caller_is_removed(given: Given) -> None:
    assert given.bob
    by_ann(given, REMOVE, user_id=given.bob.user_id)


_ONESELF = Refusal(
    "oneself", 409, "cannot_act_on_self", changed=lambda given: {"user_id": given.bob.user_id if given.bob else ""}
)
_CALLER_BLOCKED = Refusal(
    "caller_blocked",
    404,
    "not_found",
    happens=lambda given: by_ann(
        given, BLOCK, user_id=given.bob.user_id if given.bob else "", body={"reason": "security"}
    ),
)
_DEACTIVATED = Refusal("deactivated", 409, "wrong_state", happens=lambda given: by_ann(given, DEACTIVATE))
_CALLER_REMOVED = Refusal("caller_removed", 404, "not_found", happens=_caller_is_removed)
_NO_SEAT = Refusal(
    "no_seat", 409, "no_seat_available", happens=last_seat_is_taken, arrange=lambda: reactivating(seats=3)
)
_REMOVED = Refusal("removed", 409, "wrong_state", happens=lambda given: by_ann(given, REMOVE))
CASES = (
    CommandCase("deactivate", DEACTIVATE, deactivating, refusals=(CALLER_DEACTIVATED, _ONESELF)),
    CommandCase("reactivate", REACTIVATE, reactivating, refusals=(_NO_SEAT, _REMOVED, CALLER_DEACTIVATED)),
    CommandCase("block_user", BLOCK, blocking, refusals=(_DEACTIVATED, _CALLER_BLOCKED, CALLER_DEACTIVATED, _ONESELF)),
    CommandCase("unblock_user", UNBLOCK, unblocking, refusals=(_DEACTIVATED, _CALLER_BLOCKED)),
    CommandCase("remove_user", REMOVE, removing, refusals=(_CALLER_REMOVED, _ONESELF)),
    *(
        CommandCase(f"{name}_administrator", target, partial(arrange, admin=True), cost=Cost.SMALL_CHANGE)
        for name, target, arrange in (
            ("deactivate", DEACTIVATE, deactivating),
            ("reactivate", REACTIVATE, reactivating),
            ("remove", REMOVE, removing),
            ("block", BLOCK, blocking),
            ("unblock", UNBLOCK, unblocking),
        )
    ),
)
