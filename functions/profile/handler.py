"""PATCH /v1/me/profile and POST /v1/me/profile/logo: what the first sign-in asks for, and room for a picture."""

from typing import Annotated

from shared.adapters.dynamodb.profile_store import open_profile_store
from shared.adapters.logo_bucket import open_logo_bucket
from shared.api import Api, Changes
from shared.api.authentication import PersonCaller
from shared.api.time_zones import TimeZone
from shared.domain.commands import profiles
from shared.domain.model.fields import GivenPhone, OptionalSignature
from shared.domain.model.ids import DERIVED_ID
from shared.domain.model.values import of_form
from shared.settings import settings
from shared.views.identities import ProfileView, UploadView

api = Api()
identities = open_profile_store()
logos = open_logo_bucket()

_CONSOLE_URL = settings().console_url


class ProfileChanges(Changes):
    """Null empties a field; `logo` is the `upload_id` of a picture that was uploaded before."""

    phone: GivenPhone | None = None
    time_zone: TimeZone | None = None
    signature: OptionalSignature = None
    logo: Annotated[str, *of_form(DERIVED_ID, "This is not the id of an upload.")] | None = None


@api.route("PATCH /v1/me/profile")
def edit_profile(caller: PersonCaller, body: ProfileChanges) -> ProfileView:
    """Change the caller's telephone number, time zone, signature or logo."""
    identity = identities.load(caller)
    given = logos.adopt(body.given, by=identity.identity_id, operation_id=caller.request.operation_id)
    profile = profiles.updated_profile(identity, given)
    identities.save_profile(identity, profile)
    logos.forget_replaced(identity.profile, profile)
    return ProfileView.of(profile, console_url=_CONSOLE_URL)


@api.route("POST /v1/me/profile/logo")
def upload_logo(caller: PersonCaller) -> UploadView:
    """Return a form with which a picture is uploaded that can become the caller's logo."""
    identity = identities.load(caller)
    return UploadView.model_validate(logos.upload(identity.identity_id, operation_id=caller.request.effect_id))


lambda_handler = api.handler
