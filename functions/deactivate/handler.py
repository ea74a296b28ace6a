"""POST /v1/accounts/{account_id}/users/{user_id}/deactivate: end access at once and free the seat."""

from typing import Literal

from shared.adapters.dynamodb.move_jobs import open_move_jobs
from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.api.authentication import PersonCaller
from shared.domain.commands import membership
from shared.domain.commands.hand_over import HandOver, ReassignTo
from shared.views.users import LeavingUserView

api = Api()
repository = open_repository()
jobs = open_move_jobs()


class Deactivation(Body):
    """What the user owns goes to `reassign_to`, one user for all or one for each type; or is left for later."""

    reassign_to: ReassignTo | None = None
    hand_over: Literal["later"] | None = None

    @property
    def choice(self) -> HandOver:
        """Return the choice of who gets the records."""
        return HandOver(self.reassign_to, later=self.hand_over == "later")


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/deactivate")
def deactivate(caller: PersonCaller, account_id: str, user_id: str, body: Deactivation) -> LeavingUserView:
    snapshot = repository.load(account_id, caller, user_id=user_id, others=body.choice.user_ids, reads_owned=True)
    user = snapshot.user
    under_way = jobs.find(account_id, user.move_job_id) if body.reassign_to and user and user.move_job_id else None
    changes = membership.deactivate(snapshot, body.choice, under_way=under_way)
    answer = LeavingUserView.of_leaving(changes.user, seen_by=snapshot)
    return repository.commit(changes, snapshot, answer=answer)


lambda_handler = api.handler
