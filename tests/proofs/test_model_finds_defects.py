"""The model's machine finds defects that were planted, and tells them as programs that run."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.adapters.dynamodb import due_items
from shared.domain.commands import invitations
from shared.domain.model import users
from shared.domain.model.counters import MailQuotaUse
from shared.domain.model.users import Status, User
from shared.domain.policy import rate_limits, state_machine
from shared.domain.policy.changes import Change
from shared.domain.policy.snapshot import Snapshot
from tests.proofs.model.beginning import beginning
from tests.proofs.model.machine import Usher
from tests.proofs.model.walks import walk

_postage, _resend = rate_limits.postage, invitations.resend


def an_hour_of_grace(user: User, now: datetime) -> Status:
    return users.status_at(user, now - timedelta(hours=1))


def without_those_who_are_told(account: Any, *, mails: int, now: datetime) -> MailQuotaUse:
    return _postage(account, mails=min(mails, 1), now=now)


def by_the_first_inviter(snapshot: Snapshot, *, now: datetime) -> Change:
    """Whoever resends does not become the inviter."""
    change = _resend(snapshot, now=now)
    assert change.before
    first = change.before.invitation.invited_by
    invitation = change.after.invitation.model_copy(update={"invited_by": first})
    return change._replace(after=change.after.model_copy(update={"invitation": invitation}))


PLANTED: dict[str, tuple[Any, str, Any]] = {
    "a link works for an hour longer": (state_machine, "status_at", an_hour_of_grace),
    "mails go out a second too soon": (rate_limits, "MIN_INTERVAL", timedelta(seconds=59)),
    "whoever is told does not count": (rate_limits, "postage", without_those_who_are_told),
    "the first inviter stays the inviter": (invitations, "resend", by_the_first_inviter),
    "it is withdrawn before the index knows of all": (due_items, "_INDEX_LAG", timedelta(0)),
}


def program_in(error: BaseException) -> str:
    """The steps that hypothesis has printed."""
    lines = [line for note in getattr(error, "__notes__", []) for line in note.splitlines()]
    return "\n".join(line.strip() for line in lines if line.strip().startswith("state"))


@pytest.mark.parametrize("defect", PLANTED)
def test_a_disagreement_is_told_as_a_program_that_runs(defect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    beginning()
    with monkeypatch.context() as planted:
        planted.setattr(*PLANTED[defect])
        with pytest.raises(AssertionError) as found:
            walk(120, seed=1, steps=50, shrinks=False)
        program = program_in(found.value)

        with pytest.raises(AssertionError):
            exec(program, {"Usher": Usher})  # noqa: S102 (our own words)

    exec(program, {"Usher": Usher})  # noqa: S102 (our own words)
