"""POST /v1/invitations/accept: the invitee creates an ID, is an active user and is signed in."""

from typing import Annotated

from pydantic import Field

from shared.adapters.claims import open_claims
from shared.adapters.link_signer import open_link_signer
from shared.adapters.repository import open_repository
from shared.adapters.user_pool import open_user_pool
from shared.api import Api
from shared.api.parsing import TokenBody
from shared.clock import utc_now
from shared.domain import identities, joining
from shared.domain.callers import Request
from shared.domain.identities import Registration
from shared.domain.people import GivenPhone, Name, ShortText
from shared.settings import settings
from shared.views.invitations import AcceptedView

api = Api()
links = open_link_signer()
repository = open_repository()
claims = open_claims()
user_pool = open_user_pool()


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
    if joining.is_accepted(invited, link):
        again = user_pool.sign_in(invited.user.email, body.password)
        joining.require_same_person(invited, is_signed_in=again is not None)
        return AcceptedView.of(invited.scene, invited.user, session=again, now=utc_now())
    joining.require_open(invited, link, now=utc_now())
    identities.require_password(body.password)
    identities.require_terms(body.terms_version, current=settings().terms_version)
    joining.require_room(invited, link)  # Last: whoever could join is told whether there is an ID, and nobody else.
    registration = Registration(**body.model_dump(include=set(Registration.model_fields)), locale=invited.user.locale)
    with claims.held(invited, now=utc_now()) as claimed:
        sub = user_pool.make_sign_in(invited.user.email, body.password, proven=link.is_mailed)
        now = utc_now()
        identity = identities.made(
            registration, replacing=claimed, sub=sub, mailed=link.is_mailed, account_id=link.account_id, now=now
        )
        joined = joining.join(invited, link, identity=identity, phone=body.phone, now=now)
        repository.save_acceptance(joined, invited, identity, now=now)
    session = user_pool.sign_in(invited.user.email, body.password)
    return AcceptedView.of(invited.scene, joined.after, session=session, now=now)


lambda_handler = api.handler
