"""PATCH /v1/accounts/{account_id}/users/{user_id}: rights, reference and end of access, and names while invited."""

from typing import Annotated

from pydantic import Field

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Changes, IfMatch
from shared.api.authentication import PersonCaller
from shared.api.parsing import Unchanged
from shared.domain.commands import editing
from shared.domain.model.fields import GivenMoment, GivenPhone, Name, OptionalReference
from shared.domain.model.groups import GroupId
from shared.domain.model.permissions import Permissions
from shared.domain.model.users import Locale
from shared.settings import settings
from shared.views.users import UserView

api = Api()
repository = open_repository()

_PRODUCT_NAME = settings().product_name


class PermissionChanges(Changes):
    allow: Annotated[Permissions, Unchanged]
    deny: Annotated[Permissions, Unchanged]


class UserChanges(Changes):
    admin: Annotated[bool, Unchanged]
    groups: Annotated[Annotated[tuple[GroupId, ...], Field(max_length=100)], Unchanged]
    permissions: Annotated[PermissionChanges, Unchanged]
    reference: Annotated[OptionalReference, Unchanged]
    access_until: Annotated[GivenMoment | None, Unchanged]
    first_name: Annotated[Name, Unchanged]
    last_name: Annotated[Name | None, Unchanged]
    phone: Annotated[GivenPhone | None, Unchanged]
    locale: Annotated[Locale, Unchanged]

    def changes(self) -> dict[str, object]:
        """Return the changes by name."""
        permissions = {"permissions": self.permissions.given} if "permissions" in self.model_fields_set else {}
        return self.given | permissions


@api.route("PATCH /v1/accounts/{account_id}/users/{user_id}")
def edit(caller: PersonCaller, account_id: str, user_id: str, if_match: IfMatch, body: UserChanges) -> UserView:
    snapshot = repository.load(account_id, caller, user_id=user_id)
    changes = editing.edit(snapshot, changes=body.changes(), seen_version=if_match.version, product_name=_PRODUCT_NAME)
    return repository.commit(
        changes, snapshot, answer=UserView.of(changes.user, seen_by=snapshot.seen_after(changes.user))
    )


lambda_handler = api.handler
