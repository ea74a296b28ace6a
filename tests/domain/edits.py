"""Edits of what a user may do, as tests decide them."""

from typing import Any

from shared.domain.commands import editing
from shared.domain.model.groups import Group
from shared.domain.model.users import User
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import Snapshot
from tests.domain_factories import BEA_ID, a_member, some_groups

SALES = Group(group_id="sales", name="Sales", permissions=("contacts.export", "orders.view"))
GROUPS = some_groups(SALES)


def an_inviter(**changes: Any) -> User:
    """Return a user who may invite and edit."""
    return a_member(**{"user_id": BEA_ID, "allow": ("users.invite", "users.edit")} | changes)


def edited(snapshot: Snapshot, *, seen: int | None = None, **changes: object) -> ChangeSet:
    """Return what an edit of the snapshot's user changes; `seen` is the version that the editor saw."""
    return editing.edit(snapshot, changes=changes, seen_version=seen, product_name="Usher")
