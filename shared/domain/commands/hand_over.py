"""Handing records over to others: what is asked for, who may get them, and the job that does it (rules 22 and 23)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import Discriminator, Field, Tag

from shared.domain.model import errors
from shared.domain.model.fields import GivenUserId
from shared.domain.model.ids import derived_id
from shared.domain.model.move_jobs import MoveJob
from shared.domain.model.record_types import RECORD_TYPES
from shared.domain.model.records import OwnedRecords, RecordTypeName
from shared.domain.model.users import HAS_LEFT, User, has_access
from shared.domain.policy import authorization
from shared.domain.policy.authorization import rights_of
from shared.domain.policy.changes import ChangeSet, JobChange, UserChange
from shared.domain.policy.snapshot import OperationContext, Snapshot

Option = Literal["reassign_to", "hand_over_later", "block"]


def _form_of(given: object) -> str:
    return "for each type" if isinstance(given, dict) else "for all"


# What is wrong is said of the form that is given alone.
ReassignTo = Annotated[
    Annotated[GivenUserId, Tag("for all")]
    | Annotated[dict[RecordTypeName, GivenUserId], Field(min_length=1), Tag("for each type")],
    Discriminator(_form_of),
]


class HandOver(NamedTuple):
    """Who gets the records of someone who leaves: one user for all, one for each type, or nobody yet with `later`."""

    reassign_to: str | Mapping[str, str] | None = None
    later: bool = False

    @property
    def user_ids(self) -> list[str]:
        """Return the users whom it names."""
        if isinstance(self.reassign_to, str):
            return [self.reassign_to]
        return list((self.reassign_to or {}).values())


NOTHING = HandOver()
_MOVABLE = tuple(name for name, kind in RECORD_TYPES.items() if "move" in {kind.on_leave, *kind.by_status.values()})
# A job looks for all of these, whatever was counted: the host may complete a task while it waits to be handed over.
_REMOVABLE = tuple(name for name, kind in RECORD_TYPES.items() if "remove" in {kind.on_leave, *kind.by_status.values()})
_SAME_USER = "Choose a user other than the one whose records are being moved."


def require_one_choice(hand_over: HandOver) -> None:
    """Raises InvalidRequest for a new owner and `later` at once."""
    if hand_over.reassign_to and hand_over.later:
        raise errors.InvalidRequest([("hand_over", "Choose one: `reassign_to`, or `hand_over`.")])


def job_of_leaving(user: User, hand_over: HandOver, *, options: Sequence[Option], snapshot: Snapshot) -> MoveJob | None:
    """Return the job that hands over what a leaving user owns, or None if there is nothing to do.

    Raises InvalidRequest for an unfit target, and ReassignTargetRequired with counts and `options` if something is to
    be handed over and no target is named for it.
    """
    require_one_choice(hand_over)
    owned = snapshot.owned.get(user.user_id, OwnedRecords())
    targets = _targets(hand_over.reassign_to, owned.moves)
    named = targets.items() or [(None, target_id) for target_id in hand_over.user_ids]
    _require_fit(named, leaving=user, snapshot=snapshot)
    if not hand_over.later and owned.moves.keys() - targets.keys():
        raise errors.ReassignTargetRequired(counts=dict(owned.moves), options=list(options))
    moving = {record_type: target for record_type, target in targets.items() if record_type in owned.moves}
    if not moving and not owned.removes:
        return None
    return _job(
        user.account_id,
        from_user=user.user_id,
        targets=moving,
        removes=_REMOVABLE,
        total=sum(owned.moves[each] for each in moving) + owned.removed,
        context=snapshot.context,
    )


def begin(job: MoveJob | None, users: Mapping[str, User]) -> JobChange | None:
    """Return the beginning of a job, whose targets, some of these users, must be as they were read."""
    if job is None:
        return None
    return JobChange(None, job, tuple(users[each] for each in dict.fromkeys(job.targets.values())))


def require_same_targets(job: MoveJob | None, hand_over: HandOver, owned: OwnedRecords) -> None:
    """Raises MoveUnderWay unless the job that is under way hands all that moves to those who are named (rule 22)."""
    if job is None:
        return
    moving = dict.fromkeys((*owned.moves, *job.targets), 0)
    wanted = _targets(hand_over.reassign_to, moving)
    if any(job.targets.get(each) != wanted.get(each) for each in moving):
        raise errors.MoveUnderWay


def job_of_ended_access(user: User, owned: OwnedRecords, *, context: OperationContext) -> MoveJob | None:
    """Return the job that marks removed what goes with its owner, where the rest waits (rule 37); None for nothing."""
    if not owned.removes:
        return None
    return _job(
        user.account_id, from_user=user.user_id, targets={}, removes=_REMOVABLE, total=owned.removed, context=context
    )


def reassign(snapshot: Snapshot, *, to: str, types: Collection[str] | None) -> ChangeSet:
    """Begin to move what the snapshot's user owns, of these types, to another user (rule 22).

    What of it was completed since an owner left, who has no access any more, is marked removed.
    Raises NotAllowed, InvalidRequest, MoveUnderWay.
    """
    authorization.require_admin(snapshot.actor)
    user = snapshot.user
    if user is None:
        raise errors.InvalidRequest([("from", "There is no such user in this account.")])
    authorization.require_can_act_on(snapshot.actor, user)
    if user.move_job_id is not None:
        raise errors.MoveUnderWay
    owned = snapshot.owned.get(user.user_id, OwnedRecords())
    targets = dict.fromkeys(owned.moves if types is None else types, to)
    _require_fit(targets.items() or [(None, to)], leaving=user, snapshot=snapshot, field="to")
    removes = _REMOVABLE if user.status in HAS_LEFT else ()
    removes = tuple(each for each in removes if types is None or each in types)
    total = sum(owned.moves.get(each, 0) for each in targets) + sum(owned.removes.get(each, 0) for each in removes)
    job = _job(
        user.account_id,
        from_user=user.user_id,
        targets=targets,
        removes=removes,
        total=total,
        context=snapshot.context,
    )
    return ChangeSet(users=(UserChange(user, with_job(user, job)),), job=begin(job, snapshot.users))


def reassign_moved(snapshot: Snapshot, job: MoveJob | None, *, to: str) -> ChangeSet:
    """Begin to move on to another user what a job has moved; it is the newest job of the records' first owner.

    The snapshot's users are that owner and the job's targets. Raises NotAllowed, InvalidRequest, MoveUnderWay.
    """
    authorization.require_admin(snapshot.actor)
    if job is None:
        raise errors.InvalidRequest([("job_id", "There is no such job in this account.")])
    for target_id in job.targets.values():
        if owner := snapshot.users.get(target_id):
            authorization.require_can_act_on(snapshot.actor, owner)
    if job.state != "done":
        raise errors.MoveUnderWay
    targets = dict.fromkeys(job.targets, to)
    _require_fit(targets.items() or [(None, to)], leaving=None, snapshot=snapshot, field="to")
    moved_on = _job(
        job.account_id,
        from_job=job.job_id,
        first_owner=job.first_owner,
        targets=targets,
        total=job.done - job.removed,
        context=snapshot.context,
    )
    owner = snapshot.users.get(job.first_owner or "")
    changed = owner and owner.model_copy(update={"last_move_job_id": moved_on.job_id})
    return ChangeSet(users=(UserChange(owner, changed),) if changed else (), job=begin(moved_on, snapshot.users))


def with_job(user: User, job: MoveJob) -> User:
    """Return the user with their newest job, which marks them until it is done.

    The mark of a job that moves stays beside one that only marks records removed: nobody comes back, and nothing is
    handed to others, before the move is done.
    """
    mark = job.job_id if job.targets else user.move_job_id or job.job_id
    return user.model_copy(update={"last_move_job_id": job.job_id, "move_job_id": mark})


def eligible_targets(
    owned: OwnedRecords, users: Iterable[User], *, leaving: User, snapshot: Snapshot
) -> Iterator[tuple[User, list[str]]]:
    """Yield those of the active users who may get some type of what moves, each with the types that they may get."""
    wanted = set(owned.moves or _MOVABLE)
    for user in users:
        types = [each for each in _MOVABLE if _why_unfit(user, each, snapshot) is None]
        if user.user_id != leaving.user_id and not wanted.isdisjoint(types):
            yield user, types


def _targets(reassign_to: str | Mapping[str, str] | None, moves: Mapping[str, int]) -> dict[str, str]:
    if isinstance(reassign_to, str):
        return dict.fromkeys(moves, reassign_to)
    return dict(reassign_to or {})


def _require_fit(
    targets: Iterable[tuple[str | None, str]],
    *,
    leaving: User | None,
    snapshot: Snapshot,
    field: str = "reassign_to",
) -> None:
    """Raises InvalidRequest for targets who are not active here, are the leaving user, or lack what a type needs.

    `targets` are pairs of a record type and who is to get it; None where nothing of any type moves.
    """
    faults: dict[tuple[str, str], None] = {}  # Each once, in order.
    for record_type, target_id in targets:
        is_leaving = leaving is not None and target_id == leaving.user_id
        why = _SAME_USER if is_leaving else _why_unfit(snapshot.users.get(target_id), record_type, snapshot)
        if why:
            faults[field, why] = None
    if faults:
        raise errors.InvalidRequest(list(faults))


def _why_unfit(target: User | None, record_type: str | None, snapshot: Snapshot) -> str | None:
    if target is None or not has_access(target, snapshot.now):
        return "Choose an active user of this account."
    if target.move_job_id is not None:
        return "This user's own records are being moved to others at the moment. Choose someone else, or wait."
    kind = RECORD_TYPES.get(record_type) if record_type else None
    needed = kind.owner_needs if kind else None
    if needed and needed not in rights_of(target, snapshot.groups):
        return f"This user lacks the permission {needed!r}, which owners of records of type {record_type!r} need."
    return None


def _job(
    account_id: str,
    *,
    targets: Mapping[str, str],
    total: int,
    context: OperationContext,
    from_user: str | None = None,
    from_job: str | None = None,
    first_owner: str | None = None,
    removes: tuple[str, ...] = (),
) -> MoveJob:
    return MoveJob(
        account_id=account_id,
        job_id=derived_id(context.operation_id, "move job", from_user or from_job or ""),
        from_user=from_user,
        from_job=from_job,
        first_owner=first_owner or from_user,
        targets=targets,
        removes=removes,
        ordered_by=context.actor.actor_id,
        total=total,
        created_at=context.now,
        updated_at=context.now,
    )
