"""Whether someone may do something, in the words of the AuthZEN Authorization API (rules 28, 31 and 32)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from shared.domain.model import errors
from shared.domain.model.permission_names import AREA_BY_RECORD_TYPE, NAMES_BY_AREA
from shared.domain.model.permissions import ALL
from shared.domain.model.record_types import RECORD_TYPES
from shared.domain.model.records import RECORD_ID, Record, RecordKey
from shared.domain.model.users import User, has_access
from shared.domain.policy.authorization import can_reach_records_of, rights_of
from shared.domain.policy.snapshot import Snapshot

Reason = Literal[
    "owner",
    "admin",
    "permission",
    "team_manager",
    # Why not:
    "account_suspended",
    "subject_not_found",
    "subject_not_active",
    "unknown_action",
    "unknown_resource",
    "permission_missing",
    "record_of_others",
]
ALLOWED: frozenset[Reason] = frozenset({"owner", "admin", "permission", "team_manager"})
ACCOUNT = "account"  # The type of the resource of permissions that concern no record.

_ALL_SUFFIX = "_all"


class Resource(NamedTuple):
    """The account, or a record of one of the catalogue's types; `owner_id` is the record's owner, if known."""

    type: str
    id: str
    owner_id: str | None = None


class Question(NamedTuple):
    """Whether a subject, a `user` or an `identity` of this id, may do something to a resource; others are unknown."""

    subject_type: str
    subject_id: str
    action: str
    resource: Resource

    @property
    def user_ids(self) -> list[str]:
        """Return the users whom an answer needs to know, as far as the question names them."""
        subject = [self.subject_id] if self.subject_type == "user" else []
        return subject + ([self.resource.owner_id] if self.resource.owner_id else [])


def keys_without_owner(questions: Iterable[Question]) -> list[RecordKey]:
    """Return the records whose owner the questions leave to us, once each."""
    asked = (question.resource for question in questions)
    return list(
        dict.fromkeys(
            RecordKey(each.type, each.id)
            for each in asked
            if each.owner_id is None and each.type in RECORD_TYPES and RECORD_ID.fullmatch(each.id)
        )
    )


def with_owners(questions: Iterable[Question], records: Mapping[RecordKey, Record]) -> list[Question]:
    """Return the questions with the owners of the records that are stored; the others stay without."""
    return [_with_owner(question, records) for question in questions]


def _with_owner(question: Question, records: Mapping[RecordKey, Record]) -> Question:
    resource = question.resource
    record = records.get(RecordKey(resource.type, resource.id))
    if resource.owner_id is not None or record is None:
        return question
    return question._replace(resource=resource._replace(owner_id=record.owner_id))


def answer(snapshot: Snapshot, questions: Sequence[Question], *, stops_at: bool | None) -> list[Reason]:
    """Answer questions in order, each by a reason, up to the first one that allows, or does not, as `stops_at` says.

    `snapshot.users` holds the subjects and owners that exist. Raises NotAllowed for a person who asks about others.
    """
    subjects = [_subject(question, snapshot) for question in questions]
    if not snapshot.actor.is_operator_or_host and any(subject != snapshot.actor.user for subject in subjects):
        raise errors.NotAllowed("You can ask about yourself only.")
    reasons = []
    for subject, question in zip(subjects, questions, strict=True):
        reasons.append(evaluate(subject, question.action, question.resource, snapshot))
        if (reasons[-1] in ALLOWED) is stops_at:
            break
    return reasons


def _subject(question: Question, snapshot: Snapshot) -> User | None:
    if question.subject_type == "user":
        return snapshot.users.get(question.subject_id)
    if question.subject_type == "identity":
        return next((user for user in snapshot.users.values() if user.identity_id == question.subject_id), None)
    return None


def evaluate(subject: User | None, action: str, resource: Resource, snapshot: Snapshot) -> Reason:
    """Return why the subject may do this to the resource, or why not.

    `snapshot.users` holds the resource's owner, if there is one, also after they have left. Managers reach the records
    of their teams' users; permissions that end with `_all` reach everybody's. A permission of an area of records
    without such a pair reaches everybody's for a holder of the area's `view_all`. Unknown and foreign subjects, and
    records of unknown and foreign owners, are never allowed.
    """
    if snapshot.account.is_suspended:
        return "account_suspended"
    if subject is None:
        return "subject_not_found"
    if not has_access(subject, snapshot.now):
        return "subject_not_active"
    if action not in ALL:
        return "unknown_action"
    if resource.type == ACCOUNT:
        return _on_account(subject, action, resource, snapshot)
    return _on_record(subject, action, resource, snapshot)


def _on_account(subject: User, action: str, resource: Resource, snapshot: Snapshot) -> Reason:
    if resource.id != snapshot.account.account_id:
        return "unknown_resource"
    if action not in rights_of(subject, snapshot.groups):
        return "permission_missing"
    return "admin" if subject.admin else "permission"


def _on_record(subject: User, action: str, resource: Resource, snapshot: Snapshot) -> Reason:
    area, owner = AREA_BY_RECORD_TYPE.get(resource.type), snapshot.users.get(resource.owner_id or "")
    if area is None or owner is None or action not in NAMES_BY_AREA[area]:
        return "unknown_resource"
    held = rights_of(subject, snapshot.groups)
    reaches_all = _reaches_all(action, area, held)
    if action not in held and not (reaches_all and action not in subject.deny):
        return "permission_missing"
    if owner.user_id == subject.user_id:
        return "owner"
    if reaches_all:
        return "admin" if subject.admin else "permission"
    return "team_manager" if can_reach_records_of(subject, owner, now=snapshot.now) else "record_of_others"


def _reaches_all(action: str, area: str, held: frozenset[str]) -> bool:
    if action.endswith(_ALL_SUFFIX):
        return action in held
    if action + _ALL_SUFFIX in ALL:
        return action + _ALL_SUFFIX in held
    return action in held and f"{area}.view{_ALL_SUFFIX}" in held
