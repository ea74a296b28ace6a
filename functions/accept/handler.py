"""POST /v1/invitations/accept: the invitee creates an ID, is an active user and is signed in."""

from typing import Annotated

from pydantic import Field

from shared.adapters.cognito import open_cognito
from shared.adapters.dynamodb.identity_locks import open_identity_locks
from shared.adapters.dynamodb.repository import open_repository
from shared.adapters.token_signer import open_token_signer
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now
from shared.domain.commands import acceptance
from shared.domain.model import identities
from shared.domain.model.fields import GivenPhone, Name, ShortText
from shared.domain.model.identities import Registration
from shared.domain.policy.principals import Request
from shared.settings import settings
from shared.views.invitations import AcceptedView

api = Api()
links = open_token_signer()
repository = open_repository()
claims = open_identity_locks()
user_pool = open_cognito()


class Acceptance(TokenBody):
    first_name: Name
    last_name: Name
    password: Annotated[str, Field(max_length=1_000)]
    security_question: ShortText
    security_answer: ShortText
    terms_version: str
    phone: GivenPhone | None = None


@api.route("POST /v1/invitations/accept")
def accept(request: Request, body: Acceptance) -> AcceptedView:
    link = links.verify(body.token)
    invited = repository.load_invited(link, request, now=utc_now())
    if acceptance.was_accepted_with(invited, link):
        again = user_pool.sign_in(invited.user.email, body.password)
        acceptance.require_accepting_person(invited, is_signed_in=again is not None)
        return AcceptedView.of(invited.snapshot, invited.user, session=again, now=utc_now())
    acceptance.require_usable(invited, link, now=utc_now())
    identities.require_password(body.password)
    identities.require_terms(body.terms_version, current=settings().terms_version)
    acceptance.require_can_create_identity(
        invited, link
    )  # Last: whoever could join is told whether there is an ID, and nobody else.
    registration = Registration(**body.model_dump(include=set(Registration.model_fields)), locale=invited.user.locale)
    with claims.held(invited, now=utc_now()) as claimed:
        sub = user_pool.make_sign_in(invited.user.email, body.password, proven=link.is_mailed)
        now = utc_now()
        identity = identities.made(
            registration, replacing=claimed, sub=sub, mailed=link.is_mailed, account_id=link.account_id, now=now
        )
        joined = acceptance.join(invited, link, identity=identity, phone=body.phone, now=now)
        repository.save_acceptance(joined, invited, identity, now=now)
    session = user_pool.sign_in(invited.user.email, body.password)
    return AcceptedView.of(invited.snapshot, joined.after, session=session, now=now)


lambda_handler = api.handler
