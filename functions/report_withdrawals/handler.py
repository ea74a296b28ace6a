"""Every minute: report certifications that were withdrawn, in the journal of each account and to its administrators."""

from typing import Any

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.withdrawals import open_withdrawals
from shared.clock import utc_now
from shared.domain.commands import partners
from shared.domain.model.partners import Withdrawal
from shared.domain.policy.snapshot import CommitBasis
from shared.jobs import process_due
from shared.logging import entry_point

committer = open_committer()
withdrawals = open_withdrawals()

_MIN_REMAINING_MS = 10_000  # For one page; the next run takes up the rest.


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Handle the scheduler's `{"every": "minute"}`; a run after a failure repeats no mail and no entry.

    A partner of very many accounts takes several runs, each of which goes on where the one before stopped.
    """

    def report(withdrawal: Withdrawal) -> str:
        basis = CommitBasis(withdrawal.operation, withdrawal.withdrawn_at)
        for page in withdrawals.pages_of(withdrawal):
            if context.get_remaining_time_in_millis() < _MIN_REMAINING_MS:
                return "continued"
            for account, user in page.users:
                committer.commit(partners.report_withdrawal(withdrawal, account, user), basis, answer=None)
            withdrawals.note_reported(withdrawal, page)
        withdrawals.forget(withdrawal)
        return "reported"

    process_due(withdrawals.due(now=utc_now()), report, event=event, context=context, ids=_ids)


def _ids(withdrawal: Withdrawal) -> dict[str, str]:
    return {"identity_id": withdrawal.partner_id}
