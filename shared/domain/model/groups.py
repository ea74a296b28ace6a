"""Groups: named bundles of permissions; all groups of an account are one value (rules 3 and 30)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.domain.model import errors, permissions
from shared.domain.model.base import Model, Moment
from shared.domain.model.folding import folded
from shared.domain.model.permission_names import NAMES_BY_AREA

ADMINISTRATORS = "administrators"
EVERYONE = "everyone"


GroupId = Annotated[str, Field(min_length=1, max_length=40)]


class Group(Model):
    """One bundle; the default group stands for every permission and lists none."""

    group_id: str
    name: str
    description: str = ""
    default: bool = False
    permissions: tuple[str, ...] = ()
    version: int = 1


class Groups(Model):
    """The account's groups by id; `version` counts every change to any of them."""

    account_id: str
    version: int = 1
    groups: Annotated[dict[str, Group], Field(default_factory=dict)]
    lost_rights_at: Moment | None = None  # Until the invitations that this orphaned have been revoked.

    def marked_for_revocations(self, before: "Groups", *, now: datetime) -> "Groups":
        """Return the groups, with a mark if one of them gives less than before, so that invitations may be orphaned."""
        gives_less = any(
            group_id in self.groups and not set(group.permissions) <= set(self.groups[group_id].permissions)
            for group_id, group in before.groups.items()
        )
        return self.model_copy(update={"lost_rights_at": now}) if gives_less else self

    def require_known(self, group_ids: Iterable[str]) -> None:
        """Raises InvalidRequest for ids that are no group of this account."""
        unknown = [group_id for group_id in group_ids if group_id not in self.groups]
        if unknown:
            raise errors.InvalidRequest(("groups", f"There is no group {group_id!r}.") for group_id in unknown)

    def membership(
        self, chosen: Iterable[str], *, admin: bool, default_group: str | None
    ) -> tuple[bool, tuple[str, ...]]:
        """Whether these groups make an administrator, and the groups: at least one is needed (rule 3).

        `admin` and membership of the default group are the same. Raises InvalidRequest.
        """
        found = dict.fromkeys(chosen)
        self.require_known(found)
        admin = admin or ADMINISTRATORS in found
        if admin:
            found |= {ADMINISTRATORS: None}
        if not found and default_group is not None:
            found = {default_group: None}
            self.require_known(found)
        if not found:
            raise errors.InvalidRequest([("groups", "Choose at least one group.")])
        return admin, tuple(found)

    def by_name(self, search: str | None = None) -> list[Group]:
        """All whose folded name begins with what is searched for; the default group first."""
        begin = folded(search or "")
        found = [group for group in self.groups.values() if folded(group.name).startswith(begin)]
        return sorted(found, key=lambda group: (not group.default, folded(group.name)))

    def chosen(self, group_ids: Iterable[str]) -> list[Group]:
        """Those of the ids that (still) exist, in the given order."""
        return [self.groups[group_id] for group_id in group_ids if group_id in self.groups]

    def permissions(
        self, *, admin: bool, group_ids: Iterable[str], allow: Iterable[str] = (), deny: Iterable[str] = ()
    ) -> frozenset[str]:
        """Return the effective permissions of these groups and exceptions."""
        granted = [group.permissions for group in self.chosen(group_ids)]
        return permissions.effective(admin=admin, granted=granted, allow=allow, deny=deny)


def first_groups(account_id: str) -> Groups:
    """What an account starts with: the default group, and an ordinary one for everybody's daily work."""
    daily_work = tuple(
        sorted(
            name
            for area, names in NAMES_BY_AREA.items()
            if area not in {"admin", "users"}
            for name in names
            if not name.endswith((".delete", ".export", "_all"))
        )
    )
    return Groups(
        account_id=account_id,
        groups={
            ADMINISTRATORS: Group(
                group_id=ADMINISTRATORS, name="Administrators", description="May do everything.", default=True
            ),
            EVERYONE: Group(
                group_id=EVERYONE,
                name="Everyone",
                description="Daily work with contacts, opportunities and tasks.",
                permissions=(*daily_work, "users.view"),
            ),
        },
    )
