"""POST /v1/operator/identities/{email}/recovery: an operator helps someone who has forgotten the security answer."""

from http import HTTPStatus

from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.credential_store import open_credential_store
from shared.api import Api
from shared.api.authentication import OperatorCaller
from shared.domain.commands import recovery
from shared.views.view import Done

api = Api()
credentials = open_credential_store()
committer = open_committer()


@api.route("POST /v1/operator/identities/{email}/recovery", status=HTTPStatus.ACCEPTED)
def help_recovery(operator: OperatorCaller, email: str) -> Done:
    found, read = credentials.for_operator(operator, email)
    changes = recovery.help_with(found.recovery, found.identity, user_ids=found.user_ids, context=read.context)
    return committer.commit(changes, read.basis, answer=Done())


lambda_handler = api.handler
