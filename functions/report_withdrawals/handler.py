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


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Handle the scheduler's `{"every": "minute"}`; a run after a failure repeats no mail and no entry."""

    def report(withdrawal: Withdrawal) -> str:
        basis = CommitBasis(withdrawal.operation, withdrawal.withdrawn_at)
        for account, user in withdrawals.users_of(withdrawal):
            committer.commit(partners.report_withdrawal(withdrawal, account, user), basis, answer=None)
        withdrawals.forget(withdrawal)
        return "reported"

    process_due(withdrawals.due(now=utc_now()), report, event=event, context=context, ids=_ids)


def _ids(withdrawal: Withdrawal) -> dict[str, str]:
    return {"identity_id": withdrawal.partner_id}
