"""Jobs that move records, and what a deactivation would hand over."""

from collections.abc import Iterable
from typing import Literal

from shared.domain.commands.hand_over import eligible_targets
from shared.domain.model.records import OwnedRecords
from shared.domain.model.users import User
from shared.domain.policy.snapshot import Snapshot
from shared.views.view import View


class JobView(View):
    """`done` of about `total` records are moved or removed; `total` is exact once the state is `done`.

    `targets` is the new owner of each type that moves; `removed` of those that are done were marked removed.
    """

    job_id: str
    state: Literal["waiting", "running", "done"]
    done: int
    total: int
    removed: int
    targets: dict[str, str]


class TargetView(View):
    """An active user, with the types of records that they may get."""

    user_id: str
    first_name: str
    last_name: str
    email: str
    types: list[str]


class DeactivationPreviewView(View):
    """`counts` is what moves by type, `removes` what is marked removed; `next_cursor` is of the eligible targets."""

    counts: dict[str, int]
    removes: dict[str, int]
    eligible_targets: list[TargetView]
    next_cursor: str | None
    irreversible: Literal[True] = True

    @classmethod
    def of(
        cls, owned: OwnedRecords, targets: Iterable[User], next_cursor: str | None, *, leaving: User, seen_by: Snapshot
    ) -> "DeactivationPreviewView":
        """Return the counts, and those of the active users who may get all that moves, or some types of it."""
        found = [
            TargetView(
                user_id=user.user_id,
                first_name=user.first_name,
                last_name=user.last_name,
                email=user.email,
                types=types,
            )
            for user, types in eligible_targets(owned, targets, leaving=leaving, snapshot=seen_by)
        ]
        return cls(
            counts=dict(owned.moves), removes=dict(owned.removes), eligible_targets=found, next_cursor=next_cursor
        )
