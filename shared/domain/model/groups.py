"""Groups: named bundles of permissions; all groups of an account are one value (rules 3 and 30)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from shared.domain.model import errors, permissions
from shared.domain.model.folding import folded
from shared.domain.model.permission_names import IN_EVERYONE
from shared.domain.model.permissions import StoredPermissions
from shared.domain.model.values import Model, Moment

ADMINISTRATORS = "administrators"
EVERYONE = "everyone"
MAX_GROUPS = 100  # An account's.

_REMEMBERED = timedelta(days=1)  # How long a deleted group is remembered, for repeated requests.
_MAX_REMEMBERED = 20

GroupId = Annotated[str, Field(min_length=1, max_length=40)]


class Group(Model):
    """One bundle; `default` marks "Administrators", which stands for every permission and lists none."""

    group_id: str
    name: str
    description: str = ""
    default: bool = False
    permissions: StoredPermissions = ()
    version: int = 1

    @property
    def place(self) -> str:
        """Return the sort key of the group: "Administrators" first, then by name."""
        return f"{int(not self.default)}{folded(self.name)}\t{self.group_id}"

    @property
    def rights(self) -> frozenset[str]:
        """Return the permissions of the group's members."""
        return permissions.ALL if self.default else frozenset(self.permissions)


class DeletedGroup(Model):
    """A group that was deleted not long ago."""

    group: Group
    deleted_at: Moment


class Groups(Model):
    """The account's groups by id; `version` counts every change to any of them.

    The latest deleted ones are remembered for a day, so that repeating the request has no effect.
    """

    account_id: str
    version: int = 1
    groups: Annotated[dict[str, Group], Field(default_factory=dict)]
    deleted: dict[str, DeletedGroup] = Field(default_factory=dict)
    rights_changed_at: Moment | None = None  # Until the invitations that this orphaned have been revoked.

    def with_group(self, group: Group, *, now: datetime) -> "Groups":
        """Return the next version of the groups, in which this one is as given."""
        return self._next(self.groups | {group.group_id: group}, self.deleted, now=now)

    def without_group(self, group: Group, *, now: datetime) -> "Groups":
        """Return the next version of the groups, in which this one is deleted."""
        left = {group_id: each for group_id, each in self.groups.items() if group_id != group.group_id}
        known = {group_id: each for group_id, each in self.deleted.items() if now - each.deleted_at < _REMEMBERED}
        latest = list(known.items())[1 - _MAX_REMEMBERED :]
        return self._next(left, dict(latest) | {group.group_id: DeletedGroup(group=group, deleted_at=now)}, now=now)

    def _next(self, groups: dict[str, Group], deleted: dict[str, DeletedGroup], *, now: datetime) -> "Groups":
        """Return the next version, with a mark if a group gives other rights, so that invitations may be orphaned.

        With fewer, its members may have lost what their invitations give; with more, invitations into it may give what
        those who sent them lack.
        """
        gives_other = any(
            group_id in groups and group.rights != groups[group_id].rights for group_id, group in self.groups.items()
        )
        marked: dict[str, object] = {"rights_changed_at": now} if gives_other else {}
        return self.model_copy(update={"groups": groups, "deleted": deleted, "version": self.version + 1, **marked})

    def require(self, group_id: str) -> Group:
        """Return one group; raises NotFound."""
        if group_id not in self.groups:
            raise errors.NotFound
        return self.groups[group_id]

    def require_known(self, group_ids: Iterable[str]) -> None:
        """Raises InvalidRequest for ids that are no group of this account."""
        unknown = [group_id for group_id in group_ids if group_id not in self.groups]
        if unknown:
            raise errors.InvalidRequest(("groups", f"There is no group {group_id!r}.") for group_id in unknown)

    def membership(
        self, chosen: Iterable[str], *, admin: bool, default_group: str | None
    ) -> tuple[bool, tuple[str, ...]]:
        """Return whether these groups make an administrator, and the groups: at least one is needed (rule 3).

        `admin` and membership of "Administrators" are the same; `default_group` is the account's starting group.
        Raises InvalidRequest.
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
        """Return all whose folded name begins with what is searched for; "Administrators" first."""
        begin = folded(search or "")
        found = [group for group in self.groups.values() if folded(group.name).startswith(begin)]
        return sorted(found, key=lambda group: group.place)

    def existing(self, group_ids: Iterable[str]) -> list[Group]:
        """Return the groups of these ids, as far as they exist, in the given order."""
        return [self.groups[group_id] for group_id in group_ids if group_id in self.groups]

    def permissions(
        self, *, admin: bool, group_ids: Iterable[str], allow: Iterable[str] = (), deny: Iterable[str] = ()
    ) -> frozenset[str]:
        """Return the effective permissions of these groups and exceptions."""
        granted = [group.permissions for group in self.existing(group_ids)]
        return permissions.effective(admin=admin, granted=granted, allow=allow, deny=deny)


def first_groups(account_id: str) -> Groups:
    """Return the groups of a new account: "Administrators" and, for daily work, "Everyone"."""
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
                permissions=IN_EVERYONE,
            ),
        },
    )
