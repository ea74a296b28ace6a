"""The model's machine finds defects that were planted, and tells them as programs that run."""

from datetime import datetime, timedelta

import pytest

from shared.domain import invitations, users
from shared.domain.users import Status, User
from tests.proofs.model.beginning import beginning
from tests.proofs.model.machine import Usher
from tests.proofs.model.walks import walk


def an_hour_of_grace(user: User, now: datetime) -> Status:
    return users.status_at(user, now - timedelta(hours=1))


def program_in(error: BaseException) -> str:
    """The steps that hypothesis has printed."""
    lines = [line for note in getattr(error, "__notes__", []) for line in note.splitlines()]
    return "\n".join(line.strip() for line in lines if line.strip().startswith("state"))


def test_a_disagreement_is_told_as_a_program_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    beginning()
    with monkeypatch.context() as planted:
        planted.setattr(invitations, "status_at", an_hour_of_grace)
        with pytest.raises(AssertionError) as found:
            walk(20, seed=1, steps=50, shrinks=False)
        program = program_in(found.value)

        with pytest.raises(AssertionError):
            exec(program, {"Usher": Usher})  # noqa: S102 (our own words)

    exec(program, {"Usher": Usher})  # noqa: S102 (our own words)
