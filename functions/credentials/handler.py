"""POST /v1/me/password and /v1/me/sign-out: a new password with the current one, and the end of every session."""

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.credential_store import open_credential_store
from shared.adapters.dynamodb.identity_locks import PasswordTry, open_identity_locks
from shared.api import Api, Body
from shared.api.authentication import PersonCaller
from shared.clock import utc_now, wait_until
from shared.domain.commands import recovery
from shared.domain.model.identities import Identity
from shared.domain.model.passwords import GivenPassword
from shared.domain.policy.authorization import has_ended, require_signed_in
from shared.domain.policy.snapshot import CommitBasis
from shared.settings import settings
from shared.views.recovery import ChangedPasswordView
from shared.views.view import Done

api = Api()
credentials = open_credential_store()
identity_locks = open_identity_locks()
committer = open_committer()
user_pool = open_cognito()

_RULES = settings().id_rules


class ChangedPassword(Body):
    current_password: GivenPassword
    password: GivenPassword


@api.route("POST /v1/me/password")
def change_password(caller: PersonCaller, body: ChangedPassword) -> ChangedPasswordView:
    """Change the caller's password; their other sessions end, and the answer has a new one (rule 18)."""
    own, request, now = credentials.own(caller), caller.request, utc_now()
    identity = require_signed_in(own.person, own.identity)
    if not own.is_repeat:  # Which gets a session of its own: tokens are not stored.
        tries = recovery.require_can_change_password(
            identity, current=body.current_password, password=body.password, rules=_RULES, now=now
        )
        with identity_locks.held_for_password(
            identity, operation_id=request.operation_id, now=now, tries=tries
        ) as attempt:
            _require_current(identity, body, attempt)
            user_pool.change_password(identity.address, body.password)
            now = utc_now()
            changes = recovery.change_password(identity, own.person, request=request, now=now)
            basis = CommitBasis.of_request(request, now=now)
            committer.commit(changes, basis, answer=None, stores_answer=False)
        wait_until(changes.identity_after(identity).sessions_since or now)
    return ChangedPasswordView.of(user_pool.sign_in_if_possible(identity.address, body.password))


def _require_current(identity: Identity, body: ChangedPassword, attempt: PasswordTry) -> None:
    """Raises InvalidRequest for a wrong current password.

    After an interruption the new password is current already, and the caller who repeats the request knows it.
    """
    attempt.is_wrong = user_pool.sign_in(identity.address, body.current_password) is None
    is_known = not attempt.is_wrong or user_pool.sign_in(identity.address, body.password) is not None
    recovery.require_current_password(is_known=is_known)


@api.route("POST /v1/me/sign-out")
def sign_out_everywhere(caller: PersonCaller) -> Done:
    """End every session of the caller, this one too; a session that has ended already changes nothing."""
    own, now = credentials.own(caller), utc_now()
    if has_ended(own.person, own.identity):
        return Done()
    user_pool.end_sessions(own.identity.address)
    changes = recovery.sign_out(own.identity, now=now)
    answer: Done = committer.commit(changes, CommitBasis.of_request(caller.request, now=now), answer=Done())
    wait_until(changes.identity_after(own.identity).sessions_since or now)
    return answer


lambda_handler = api.handler
