"""Decide on an invitation of Lee; and a group to invite them into."""

from typing import Any

from shared.domain.commands import invitations
from shared.domain.model.groups import Group
from shared.domain.model.invitees import Invitee
from shared.domain.policy.changes import ChangeSet
from shared.domain.policy.snapshot import Snapshot
from shared.domain.policy.state_machine import UserAction

SELLERS = Group(group_id="sellers", name="Sellers", permissions=("contacts.view", "contacts.export"))


def decide_invite(
    snapshot: Snapshot, *, action: UserAction = UserAction.INVITE, batch_id: str | None = None, **fields: Any
) -> ChangeSet:
    """Return the change of an invitation of Lee; `fields` replace those of the invitee."""
    values = {"email": "lee@example.org", "first_name": "Lee", "last_name": "Sherron", "groups": ("everyone",)} | fields
    return invitations.invite(snapshot, Invitee(**values), action=action, batch_id=batch_id)
