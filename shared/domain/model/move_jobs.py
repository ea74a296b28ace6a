"""Jobs that move the records of one user to others (rules 22 and 23)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from shared.domain.model import errors
from shared.domain.model.ids import USER_ID
from shared.domain.model.values import INDEX_LAG, Model, Moment

JOB_ID = USER_ID

State = Literal["waiting", "running", "done"]


class MoveJob(Model):
    """Moves what `from_user` owns, or what the job `from_job` has moved, in steps of one transaction each.

    `targets` is the new owner of each type that moves, `removes` are the types that are marked removed. `done` of about
    `total` records are moved or removed; each step counts them, and is a new `version`, so that none is done twice.
    `first_owner` owned the records before the first of a row of jobs moved them on.
    """

    account_id: str
    job_id: str
    from_user: str | None = None
    from_job: str | None = None
    first_owner: str | None = None
    targets: Mapping[str, str]
    removes: tuple[str, ...] = ()
    ordered_by: str
    state: State = "waiting"
    done: int = 0
    total: int
    removed: int = 0  # How many of those that are done were marked removed.
    created_at: Moment
    updated_at: Moment
    version: int = 1

    @property
    def due_at(self) -> datetime | None:
        """Return since when the sweep takes the job up, None once it is done; two runs exclude each other's steps."""
        return None if self.state == "done" else self.updated_at

    @property
    def owners(self) -> list[str]:
        """Return the users who own, or owned at first, what the job moves: the first owner and the targets."""
        return [each for each in (self.first_owner, *self.targets.values()) if each]

    def awaits_index(self, now: datetime) -> bool:
        """Return whether records are still to come: an index may not show yet what was stored a moment before."""
        return self.done < self.total and now < self.updated_at + INDEX_LAG

    def with_progress(self, number: int, *, now: datetime, removed: int = 0, state: State = "running") -> "MoveJob":
        """Return the job with so many more records done."""
        done = self.done + number
        total = done if state == "done" else max(self.total, done)
        changes = {
            "done": done,
            "removed": self.removed + removed,
            "total": total,
            "state": state,
            "updated_at": now,
            "version": self.version + 1,
        }
        return self.model_copy(update=changes)


def require_job(job: MoveJob | None) -> MoveJob:
    """Return the job; raises NotFound for None."""
    if job is None:
        raise errors.NotFound
    return job
