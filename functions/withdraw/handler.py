"""Every minute: invitations whose inviters are gone are withdrawn; their links refuse since the inviters went."""

from typing import Any

from shared.adapters.sweep import Withdrawal, open_sweep
from shared.clock import utc_now
from shared.domain import invitations
from shared.domain.actors import CLOCK
from shared.domain.commands import Command
from shared.sweeping import work_off

sweep = open_sweep()


def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Woken by the scheduler with `{"every": "minute"}`; whatever a run leaves is found again by the next."""
    operation = context.aws_request_id

    def withdraw(withdrawal: Withdrawal) -> str:
        if withdrawal.user is None:
            sweep.end_withdrawal(withdrawal.inviter, operation=operation)
            return "ended"
        command = Command(by=CLOCK, operation=operation, now=utc_now())
        revoked = invitations.revoked(withdrawal.user, command=command)
        sweep.save(revoked, operation=operation, inviter=withdrawal.inviter)
        return "withdrawn"

    work_off(sweep.withdrawals(now=utc_now()), withdraw, event=event, context=context)
