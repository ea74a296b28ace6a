"""GET /v1/accounts/{account_id}: name, seats, counts and settings."""

from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api
from shared.domain.policy.principals import Caller
from shared.views.accounts import AccountView

api = Api()
repository = open_repository()


@api.route("GET /v1/accounts/{account_id}")
def get_account(caller: Caller, account_id: str) -> AccountView:
    return AccountView.of(repository.load(account_id, caller).account)


lambda_handler = api.handler
