"""POST /v1/recovery/preview and /finish: what a password reset link asks for, and the new password."""

import secrets

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.credential_store import open_credential_store
from shared.adapters.dynamodb.identity_locks import open_identity_locks
from shared.adapters.token_signer import open_recovery_signer
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now, wait_until
from shared.domain.commands import recovery
from shared.domain.model import errors
from shared.domain.model.fields import ShortText
from shared.domain.model.passwords import GivenPassword
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.principals import Request
from shared.domain.policy.snapshot import CommitBasis
from shared.settings import settings
from shared.views.recovery import RecoveryView
from shared.views.view import Done

api = Api()
links = open_recovery_signer()
credentials = open_credential_store()
identity_locks = open_identity_locks()
committer = open_committer()
user_pool = open_cognito()

_RULES = settings().id_rules


class NewPassword(TokenBody):
    password: GivenPassword
    security_question: ShortText | None = None
    security_answer: ShortText | None = None


@api.route("POST /v1/recovery/preview")
def preview_recovery(request: Request, body: TokenBody) -> RecoveryView:
    """Return what a password reset link asks for; changes nothing."""
    link = links.verify(body.token)
    found = credentials.of_link(link.identity_id, request)
    usable, identity = recovery.require_usable(found.recovery, link, found.identity, now=utc_now())
    takes_new = recovery.takes_new_question(usable, identity, rules=_RULES)
    return RecoveryView.of(identity, rules=_RULES, takes_new_question=takes_new)


def _require_usable(token: str, request: Request) -> None:
    link = links.verify(token)
    found = credentials.of_link(link.identity_id, request)
    recovery.require_usable(found.recovery, link, found.identity, now=utc_now())


@api.route("POST /v1/recovery/finish", require_usable=_require_usable)
def finish_recovery(request: Request, body: NewPassword) -> Done:
    """Set a new password with the answer to the security question; every session ends (rule 18)."""
    link, now = links.verify(body.token), utc_now()
    found = credentials.of_link(link.identity_id, request)
    attempt = recovery.require_can_finish(
        found.recovery,
        link,
        found.identity,
        question=body.security_question,
        answer=body.security_answer,
        password=body.password,
        rules=_RULES,
        now=now,
    )
    identity = attempt.identity
    with identity_locks.held_for_password(identity, operation_id=request.operation_id, now=now):
        attempt, counted = recovery.compare_answer(attempt)
        committer.commit(counted, CommitBasis(f"{request.operation_id}.answer", now), answer=None)
        recovery.require_right_answer(attempt)
        user_pool.change_password(identity.address, body.password, proves_mailbox=not identity.proven)
        now = utc_now()
        changes = recovery.finish(attempt, salt=secrets.token_bytes(16), request=request, now=now)
        _commit(changes, CommitBasis.of_request(request, now=now))
    wait_until(changes.identity_after(identity).sessions_since or now)
    return Done()


def _commit(changes: ChangeSet, basis: CommitBasis) -> None:
    """Write what follows from the new password, which the user pool has by now.

    That does not wait for the link: who asks for another one meanwhile has two, of which this one is used up.
    """
    try:
        committer.commit(changes, basis, answer=Done())
    except errors.StaleRead:
        committer.commit(changes._replace(recovery=None), basis, answer=Done())


lambda_handler = api.handler
