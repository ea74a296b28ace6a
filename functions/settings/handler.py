"""PATCH /v1/accounts/{account_id}/settings: what administrators decide for their account."""

from typing import Annotated, Literal

from pydantic import Field

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Changes
from shared.api.authentication import PersonCaller
from shared.api.parsing import Unchanged
from shared.domain.commands import account_settings
from shared.domain.model.accounts import MAX_DAILY_MAILS, HelpUrl
from shared.domain.model.groups import GroupId
from shared.domain.model.permissions import Permissions
from shared.domain.model.users import Locale
from shared.views.accounts import AccountView

api = Api()
repository = open_repository()


class SettingsChanges(Changes):
    invite_profile: Annotated[Literal["full", "simple"], Unchanged]
    default_group: Annotated[GroupId | None, Unchanged]
    allow_link_copy: Annotated[bool, Unchanged]
    locale: Annotated[Locale, Unchanged]
    daily_mail_limit: Annotated[Annotated[int, Field(ge=0, le=MAX_DAILY_MAILS)], Unchanged]
    help_url: Annotated[HelpUrl | None, Unchanged]
    global_permissions: Annotated[Permissions, Unchanged]


@api.route("PATCH /v1/accounts/{account_id}/settings")
def change_settings(caller: PersonCaller, account_id: str, body: SettingsChanges) -> AccountView:
    snapshot = repository.load(account_id, caller)
    changes = account_settings.change(snapshot, changes=body.given)
    answer = AccountView.of(changes.account_after(snapshot.account))
    return repository.commit(changes, snapshot, answer=answer)


lambda_handler = api.handler
