"""Every minute: erase what a request left of a person, and what others wrote about them while it ran."""

from typing import Any

from shared.adapters.dynamodb.erasures import open_erasures
from shared.clock import utc_now
from shared.domain.model.erasures import Erasure
from shared.jobs import process_due
from shared.logging import entry_point

erasures = open_erasures()


@entry_point
def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Handle the scheduler's `{"every": "minute"}`; what a run leaves is found by the next one."""

    def finish(erasure: Erasure) -> str:
        erasures.carry_out(erasure)
        erasures.forget(erasure)
        return "finished"

    process_due(erasures.due(now=utc_now()), finish, event=event, context=context, ids=_ids)


def _ids(erasure: Erasure) -> dict[str, str]:
    return {"identity_id": erasure.identity_id}
