"""POST /v1/recovery/start: mail a password reset link, without a word about whether the address has an ID."""

from contextlib import suppress
from http import HTTPStatus

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.credential_store import open_credential_store
from shared.api import Api, Body
from shared.clock import utc_now
from shared.domain.commands import recovery
from shared.domain.model import errors
from shared.domain.model.fields import Address
from shared.domain.policy.principals import Request
from shared.domain.policy.snapshot import CommitBasis
from shared.views.view import Done

api = Api()
credentials = open_credential_store()
committer = open_committer()


class RecoveryStart(Body):
    email: Address


@api.route("POST /v1/recovery/start", status=HTTPStatus.ACCEPTED)
def start_recovery(request: Request, body: RecoveryStart) -> Done:
    """Do the same for every address; past the limits nothing is mailed, and the answer stays the same (rule 18)."""
    found, now = credentials.of_address(body.email, request), utc_now()
    with suppress(errors.RateLimited):
        changes = recovery.start(
            found.recovery,
            identity_id=found.identity_id,
            by_operator=False,
            operation_id=request.operation_id,
            now=now,
        )
        basis = CommitBasis.of_request(request, now=now)
        committer.commit(changes, basis, answer=Done())
    return Done()


lambda_handler = api.handler
