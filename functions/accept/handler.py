"""POST /v1/invitations/accept: the invitee creates an ID, is an active user and is signed in."""

import secrets

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.identity_locks import open_identity_locks
from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now
from shared.domain.commands import acceptance
from shared.domain.model.fields import GivenPhone, Name, ShortText
from shared.domain.model.identities import Registration
from shared.domain.model.passwords import GivenPassword
from shared.domain.model.users import Locale
from shared.domain.policy.principals import Request
from shared.domain.policy.snapshot import InvitationSnapshot
from shared.settings import settings
from shared.views.acceptance import AcceptedView

api = Api()
links = open_token_signer()
repository = open_repository()
identity_locks = open_identity_locks()
user_pool = open_cognito()

_CURRENT_TERMS = settings().terms_version
_RULES = settings().id_rules
_APP_URL = settings().host_product_url


class Acceptance(TokenBody):
    first_name: Name
    last_name: Name | None = None
    password: GivenPassword
    security_question: ShortText | None = None
    security_answer: ShortText | None = None
    terms_version: str
    phone: GivenPhone | None = None

    def registration(self, *, locale: Locale) -> Registration:
        """Return the invitee's registration, in the invitation's language."""
        fields = self.model_dump(include=set(Registration.model_fields)) | {"last_name": self.last_name or ""}
        return Registration(**fields, locale=locale)


def _require_usable(token: str, request: Request) -> None:
    link = links.verify(token)
    acceptance.require_usable(repository.load_invitation(link, request), link)


@api.route("POST /v1/invitations/accept", require_usable=_require_usable)
def accept(request: Request, body: Acceptance) -> AcceptedView:
    link = links.verify(body.token)
    invited = repository.load_invitation(link, request)
    if acceptance.can_repeat_accept(invited, link):
        return _accepted_before(invited, body.password)
    acceptance.require_usable(invited, link)
    invited = user_pool.look_up_sign_in(invited, link)
    registration = body.registration(locale=invited.user.locale)
    acceptance.require_can_accept(
        invited, link, registration, password=body.password, rules=_RULES, current_terms=_CURRENT_TERMS
    )
    with identity_locks.held(invited) as locked:
        sub = user_pool.provide_sign_in(invited, body.password, proven=link.is_mailed)
        at_home = repository.load_user_at_home(locked, besides=link.account_id)
        invited = invited.at(utc_now())
        changes = acceptance.accept(
            invited,
            link,
            registration,
            replacing=locked,
            sub=sub,
            salt=secrets.token_bytes(16),
            phone=body.phone,
            at_home=at_home,
        )
        repository.commit(changes, invited.snapshot, answer=None)
    session = user_pool.sign_in_if_possible(invited.user.email, body.password)
    joined = changes.user_in(link.account_id)
    return AcceptedView.of(joined, snapshot=invited.snapshot, session=session, app_url=_APP_URL)


def _accepted_before(invited: InvitationSnapshot, password: str) -> AcceptedView:
    """Answer a repeat: the person who accepted knows the password, and gets a session of their own."""
    session = user_pool.sign_in(invited.user.email, password)
    acceptance.require_accepting_person(invited, is_signed_in=session is not None)
    return AcceptedView.of(invited.user, snapshot=invited.snapshot, session=session, app_url=_APP_URL)


lambda_handler = api.handler
