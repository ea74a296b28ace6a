"""The account's groups."""

from shared.domain.model import groups as account_groups
from shared.views.base import View


class GroupView(View):
    group_id: str
    name: str
    description: str
    default: bool
    permissions: tuple[str, ...]
    version: int

    @classmethod
    def of(cls, group: account_groups.Group) -> "GroupView":
        """One group."""
        return cls.model_validate(group)


class GroupPage(View):
    data: list[GroupView]
    next_cursor: str | None = None
