"""POST /v1/accounts/{account_id}/users/{user_id}/remove: the user leaves the account, and the list."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body
from shared.api.authentication import PersonCaller
from shared.domain.commands import membership
from shared.domain.commands.hand_over import HandOver, ReassignTo
from shared.views.users import LeavingUserView

api = Api()
repository = open_repository()


class Removal(Body):
    """What the user owns goes to `reassign_to`, one user for all or one for each type."""

    reassign_to: ReassignTo | None = None

    @property
    def choice(self) -> HandOver:
        """Return the choice of who gets the records."""
        return HandOver(self.reassign_to)


@api.route("POST /v1/accounts/{account_id}/users/{user_id}/remove")
def remove(caller: PersonCaller, account_id: str, user_id: str, body: Removal) -> LeavingUserView:
    snapshot = repository.load(account_id, caller, user_id=user_id, others=body.choice.user_ids, reads_owned=True)
    changes = membership.remove(snapshot, body.choice)
    answer = LeavingUserView.of_leaving(changes.user, seen_by=snapshot)
    return repository.commit(changes, snapshot, answer=answer)


lambda_handler = api.handler
