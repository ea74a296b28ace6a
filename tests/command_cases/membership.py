"""Cases of administrators about users who have joined."""

from dataclasses import replace
from functools import partial

from tests.command_cases.case import (
    CALLER_DEACTIVATED,
    CommandCase,
    Cost,
    Given,
    RefusedCase,
    by_ann,
    by_bob,
    done,
    two_administrators,
)
from tests.command_cases.effects import assert_user, user_of
from tests.command_cases.inviting import last_seat_is_taken
from tests.factories import ACCOUNT, BLOCK, CLONE, DEACTIVATE, EDIT, LEE_ADDRESS, REACTIVATE, REMOVE, UNBLOCK, a_user
from tests.invoke import call

_VIEW = "journal.view"
_JOINED = ("user.invited", "user.joined")


def deactivating(*, admin: bool = False) -> Given:
    return _ending("inactive", "user.deactivated", admin=admin)


def blocking(*, admin: bool = False) -> Given:
    people = two_administrators()
    lee = a_user(people[0], admin=admin)
    effect = partial(assert_user, LEE_ADDRESS, "blocked", *_JOINED, "user.blocked")
    return by_bob(people, effect, user={"user_id": lee.user_id}, body={"reason": "security"})


def unblocking(*, admin: bool = False) -> Given:
    people = two_administrators()
    lee = a_user(people[0], admin=admin)
    effect = partial(assert_user, LEE_ADDRESS, "active", *_JOINED, "user.blocked", "user.unblocked")
    given = by_bob(people, effect, user={"user_id": lee.user_id}, body={})
    by_ann(given, BLOCK, body={"reason": "other"})
    return given


def editing_rights(*, admin: bool = False) -> Given:
    """Make Lee an administrator, or no longer one."""
    people = two_administrators()
    lee = a_user(people[0], admin=not admin)

    def assert_effect() -> None:
        assert_user(LEE_ADDRESS, "active", *_JOINED, "user.edited")
        user = user_of(LEE_ADDRESS)
        groups = ["everyone", "administrators"] if admin else ["everyone"]
        rights = user["admin"], user["groups"], user["allow"], user["reference"]
        assert rights == (admin, groups, [] if admin else [_VIEW], "crm-7")

    body = {"admin": admin, "groups": ["everyone"], "reference": "crm-7"}
    permissions = {} if admin else {"permissions": {"allow": [_VIEW], "deny": []}}
    return by_bob(people, assert_effect, user={"user_id": lee.user_id}, body=body | permissions)


def stepping_down() -> Given:
    """Bob edits himself."""
    people = two_administrators()
    bob = people[1]
    effect = partial(assert_user, bob.address, "active", *_JOINED, "user.edited")
    body = {"admin": False, "groups": ["everyone"], "permissions": {"allow": ["users.edit"]}}  # To repeat it.
    return by_bob(people, effect, user={"user_id": bob.user_id}, body=body)


def cloning() -> Given:
    """Lee's permissions and group replace Kim's."""
    people = two_administrators()
    lee = a_user(people[0], permissions={"allow": [_VIEW], "deny": ["orders.view"]})
    kim = a_user(people[0], "kim@example.org", permissions={"allow": ["users.invite"]})

    def assert_effect() -> None:
        assert_user(kim.address, "active", *_JOINED, "user.edited")
        user = user_of(kim.address)
        assert (user["allow"], user["deny"], user["has_invitations_to_revoke"]) == ([_VIEW], ["orders.view"], True)

    body = {"to": [kim.user_id, people[0].user_id], "groups": True}
    return by_bob(people, assert_effect, user={"user_id": lee.user_id}, body=body)


def removing(*, admin: bool = False) -> Given:
    return _ending("removed", "user.removed", admin=admin)


def _ending(status: str, entry: str, *, admin: bool) -> Given:
    people = two_administrators()
    lee = a_user(people[0], admin=admin)
    effect = partial(assert_user, LEE_ADDRESS, status, *_JOINED, entry)
    return by_bob(people, effect, user={"user_id": lee.user_id}, body={"reassign_to": None})


def reactivating(*, seats: int = 10, admin: bool = False) -> Given:
    people = two_administrators(seats=seats)
    lee = a_user(people[0], admin=admin)
    effect = partial(assert_user, LEE_ADDRESS, "active", *_JOINED, "user.deactivated", "user.reactivated")
    given = by_bob(people, effect, user={"user_id": lee.user_id, "email": LEE_ADDRESS}, body={"groups": ["everyone"]})
    by_ann(given, DEACTIVATE)
    return given


def _caller_is_removed(given: Given) -> None:
    assert given.bob
    by_ann(given, REMOVE, user_id=given.bob.user_id)


def _caller_is_demoted(given: Given) -> None:
    assert given.bob
    by_ann(given, EDIT, user_id=given.bob.user_id, body={"admin": False, "groups": ["everyone"]})


def _other_is_demoted(given: Given) -> None:
    assert given.ann
    assert given.bob
    body = {"admin": False, "groups": ["everyone"]}
    done(call(EDIT, caller=given.bob.signed_in, account_id=ACCOUNT, user_id=given.ann.user_id, body=body))


def _seen(given: Given, *, version: int) -> Given:
    return replace(given, parts={**given.parts, "headers": {"if-match": f'"{version}"'}})


_ONESELF = RefusedCase(
    "oneself", 409, "cannot_act_on_self", changed=lambda given: {"user_id": given.bob.user_id if given.bob else ""}
)
_CALLER_BLOCKED = RefusedCase(
    "caller_blocked",
    404,
    "not_found",
    happens=lambda given: by_ann(
        given, BLOCK, user_id=given.bob.user_id if given.bob else "", body={"reason": "security"}
    ),
)
_DEACTIVATED = RefusedCase("deactivated", 409, "wrong_state", happens=lambda given: by_ann(given, DEACTIVATE))
_CALLER_DEMOTED = RefusedCase("caller_demoted", 403, "not_allowed", happens=_caller_is_demoted)
_SOURCE_PROMOTED = RefusedCase(
    "source_promoted",
    422,
    "admin_has_all_permissions",
    happens=lambda given: by_ann(given, EDIT, body={"admin": True}),
)
_EDITED = RefusedCase(
    "edited",
    409,
    "conflict",
    arrange=lambda: _seen(editing_rights(), version=2),
    happens=lambda given: by_ann(given, EDIT, body={"reference": "other"}),
)
_CALLER_REMOVED = RefusedCase("caller_removed", 404, "not_found", happens=_caller_is_removed)
_NO_SEAT = RefusedCase(
    "no_seat", 409, "no_seat_available", happens=last_seat_is_taken, arrange=lambda: reactivating(seats=3)
)
_REMOVED = RefusedCase("removed", 409, "wrong_state", happens=lambda given: by_ann(given, REMOVE))
CASES = (
    CommandCase("deactivate", DEACTIVATE, deactivating, refusals=(CALLER_DEACTIVATED, _ONESELF)),
    CommandCase(
        "reactivate",
        REACTIVATE,
        reactivating,
        cost=Cost.SMALL_CHANGE,  # The address is known from the user; then the names of the identity are read.
        refusals=(_NO_SEAT, _REMOVED, CALLER_DEACTIVATED),
    ),
    CommandCase("block_user", BLOCK, blocking, refusals=(_DEACTIVATED, _CALLER_BLOCKED, CALLER_DEACTIVATED, _ONESELF)),
    CommandCase("unblock_user", UNBLOCK, unblocking, refusals=(_DEACTIVATED, _CALLER_BLOCKED)),
    CommandCase(
        "edit_rights",
        EDIT,
        editing_rights,
        keyed=False,
        refusals=(_DEACTIVATED, _CALLER_BLOCKED, _CALLER_DEMOTED, _EDITED),
    ),
    CommandCase("edit_rights_administrator", EDIT, partial(editing_rights, admin=True), keyed=False),
    CommandCase(
        "step_down",
        EDIT,
        stepping_down,
        keyed=False,
        cost=Cost.SMALL_CHANGE,
        refusals=(RefusedCase("last_admin", 409, "last_admin", happens=_other_is_demoted), _CALLER_BLOCKED),
    ),
    CommandCase("clone_permissions", CLONE, cloning, refusals=(_CALLER_BLOCKED, _CALLER_DEMOTED, _SOURCE_PROMOTED)),
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
