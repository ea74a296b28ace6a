"""The walk finds bugs that are planted into the product, and prints the steps to each as a program that runs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.domain.commands import acceptance, invitations
from shared.domain.model import accounts, users
from shared.domain.model.accounts import Account
from shared.domain.model.users import Status, User
from shared.domain.policy import rate_limits, state_machine
from shared.domain.policy.state_machine import UserAction
from tests.proofs.model.command import Command
from tests.proofs.model.initial_state import initial_walk
from tests.proofs.model.machine import Usher
from tests.proofs.model.runs import run


def _an_hour_too_long(user: User, now: datetime) -> Status:
    return users.status_at(user, now - timedelta(hours=1))


def _without_notified(original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda account, *, mails, now: original(account, mails=min(mails, 1), now=now)


def _same_generation(original: Callable[..., Any]) -> Callable[..., Any]:
    def resend(*args: Any, **kwargs: Any) -> Any:
        change = original(*args, **kwargs)
        invitation = change.after.invitation
        kept = invitation.model_copy(update={"generation": invitation.generation - 1})
        return change._replace(after=change.after.model_copy(update={"invitation": kept}))

    return resend


def _without_entry(original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: original(*args, **kwargs)._replace(entries=())


def _with_limit_alone(account: Account, *, purchased: int | None, granted: int) -> Account:
    return account.model_copy(update={"seats_purchased": purchased, "seats_granted": granted})


PLANTED: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "a link works for an hour longer": (acceptance, "status_at", lambda _: _an_hour_too_long),
    "notified addresses are not counted": (rate_limits, "use_mail_quota", _without_notified),
    "a resent link has the generation of the one before": (invitations, "resend", _same_generation),
    "revoking writes no journal entry": (invitations, "revoke", _without_entry),
    "available seats do not follow the limit": (accounts, "with_seats", lambda _: _with_limit_alone),
    "remove is not known to the state machine": (
        state_machine,
        "ACTION_GUARDS",
        lambda guards: {action: guard for action, guard in guards.items() if action is not UserAction.REMOVE},
    ),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found_and_its_steps_run(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    initial_walk()
    owner, name, change = PLANTED[bug]
    with monkeypatch.context() as planted:
        planted.setattr(owner, name, change(getattr(owner, name)))
        with pytest.raises(AssertionError) as found:
            run(400, seed=1, steps=50, shrinks=False)
        program = _program_in(found.value)

        with pytest.raises(AssertionError):
            _execute(program)

    _execute(program)


def _program_in(error: BaseException) -> str:
    """Return the steps that hypothesis has printed; one may take several lines."""
    lines = [line for note in getattr(error, "__notes__", []) for line in note.splitlines()]
    first = next(number for number, line in enumerate(lines) if line.startswith("state = "))
    return "\n".join(lines[first:])


def _execute(program: str) -> None:
    exec(program, {"Usher": Usher, "Command": Command})  # noqa: S102 (the walk's own steps)
