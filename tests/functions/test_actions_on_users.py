"""What holds for each action on a user: the states that refuse it, its repeat, and callers who may not."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.domain.model import errors
from shared.domain.model.users import Status
from shared.domain.policy.state_machine import UserAction
from tests.domain.states import EXPECTED, OFFERED
from tests.factories import (
    BLOCK,
    COPY_LINK,
    DEACTIVATE,
    REACTIVATE,
    REMOVE,
    REVOKE,
    UNBLOCK,
    ActiveUser,
    a_user,
    invited,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import nothing_changes, on_user, refused
from tests.functions.leaving import gone
from tests.table_edits import set_user

ROUTES: dict[UserAction, tuple[str, dict[str, Any]]] = {
    UserAction.COPY_LINK: (COPY_LINK, {}),
    UserAction.REVOKE: (REVOKE, {}),
    UserAction.BLOCK: (BLOCK, {"reason": "security"}),
    UserAction.UNBLOCK: (UNBLOCK, {}),
    UserAction.DEACTIVATE: (DEACTIVATE, {}),
    UserAction.REACTIVATE: (REACTIVATE, {}),
    UserAction.REMOVE: (REMOVE, {}),
}
REFUSED = [(action, status) for action in ROUTES for status in Status if EXPECTED[action][status] is errors.WrongState]


def _invited(by: ActiveUser) -> str:
    return str(invited(by)["user_id"])


def _active(by: ActiveUser) -> str:
    return a_user(by).user_id


def _inactive(by: ActiveUser) -> str:
    return gone(by).user_id


@pytest.mark.parametrize(("action", "status"), REFUSED)
def test_an_action_is_refused_in_a_state_that_does_not_offer_it(action: UserAction, status: Status) -> None:
    ann = an_account()
    user = invited(ann)
    set_user(user, status=status.value)
    route, body = ROUTES[action]

    with nothing_changes():
        answer = on_user(route, ann, user["user_id"], **body)

    assert refused(answer) == (409, "wrong_state")
    assert (answer.body["user_status"], answer.body["allowed_actions"]) == (status, OFFERED[status])


@pytest.mark.parametrize(
    ("route", "someone"), [(REVOKE, _invited), (DEACTIVATE, _active), (REACTIVATE, _inactive), (REMOVE, _active)]
)
def test_repeating_an_action_has_no_second_effect(route: str, someone: Callable[[ActiveUser], str]) -> None:
    ann = an_account()
    user_id = someone(ann)
    first = on_user(route, ann, user_id)

    with nothing_changes():
        second = on_user(route, ann, user_id)

    assert (second.status, second.body) == (200, first.body)


@pytest.mark.parametrize(
    ("action", "someone"),
    [
        (UserAction.BLOCK, _active),
        (UserAction.UNBLOCK, _active),
        (UserAction.DEACTIVATE, _active),
        (UserAction.REACTIVATE, _inactive),
        (UserAction.REMOVE, _active),
    ],
)
def test_only_administrators_act_and_only_in_their_account(
    action: UserAction, someone: Callable[[ActiveUser], str]
) -> None:
    ann, zoe = two_accounts()
    user_id = someone(ann)
    eve = a_user(ann, "eve@example.org", permissions={"allow": ["users.invite", "users.edit"]})
    route, body = ROUTES[action]

    with nothing_changes():
        answers = [on_user(route, by, user_id, **body) for by in (eve, zoe)]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed"), (404, "not_found")]
