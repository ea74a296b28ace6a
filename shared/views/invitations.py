"""What the holder of a link, and an administrator who shares one, get."""

from typing import Literal

from shared.domain.model.values import Moment
from shared.views.accounts import AccountName
from shared.views.view import View


class DeclinedView(View):
    status: Literal["declined"] = "declined"
    account: AccountName


class RequestedView(View):
    status: Literal["requested"] = "requested"
    account: AccountName


class LinkView(View):
    """A link that is shared by hand, and until when it works."""

    url: str
    expires_at: Moment
