"""The account's groups."""

from shared.domain.model import groups as account_groups
from shared.domain.model.accounts import Account
from shared.views.view import View


class GroupView(View):
    """`permissions` are all for "Administrators"; `user_count` counts invited, active and blocked users."""

    group_id: str
    name: str
    description: str
    default: bool
    permissions: list[str]
    user_count: int
    version: int

    @classmethod
    def of(cls, group: account_groups.Group, account: Account) -> "GroupView":
        """Return the view of one group."""
        return cls(
            group_id=group.group_id,
            name=group.name,
            description=group.description,
            default=group.default,
            permissions=sorted(group.rights),
            user_count=account.users_in(group.group_id),
            version=group.version,
        )


class GroupPage(View):
    data: list[GroupView]
    next_cursor: str | None = None
