"""Records of the host product: who owns them, and what happens to them when their owner leaves (rule 22)."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from shared.domain.model import errors
from shared.domain.model.record_types import RECORD_TYPES, OnLeave
from shared.domain.model.values import Model, Moment, of_form

RECORD_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._:~-]{0,99}")
RECORD_TYPE = re.compile(r"[a-z][a-z_]{0,39}")
RECORD_STATUS = re.compile(r"[A-Za-z0-9_-]{1,40}")


def _known(name: str) -> str:
    if name not in RECORD_TYPES:
        message = "There is no such record type."
        raise ValueError(message)
    return name


RecordTypeName = Annotated[str, AfterValidator(_known)]
RecordId = Annotated[
    str,
    *of_form(RECORD_ID, "Use at most 100 letters (A-Z), numbers and ._:~-, and begin with a letter, a number, _ or -."),
]
RecordStatus = Annotated[str, *of_form(RECORD_STATUS, "Use 1 to 40 letters (A-Z), numbers, _ and -.")]


def require_record_type(name: str) -> str:
    """Return the name of a type in a path; raises NotFound for a type that the catalogue does not have."""
    if name not in RECORD_TYPES:
        raise errors.NotFound
    return name


class RecordKey(NamedTuple):
    """Names a record of an account; `record_id` is the host's own, unique within the type."""

    type: str
    record_id: str


class Record(Model):
    """What the host tells of one of its records. `version` counts its changes, `owned_since` is when the owner got it.

    `on_leave` is what happens to it when its owner leaves. A removed record has no owner any more, and is kept: the
    host learns of it by event. `moved_by` is the job that moved or removed it last, until the host stores it again.
    """

    account_id: str
    type: str
    record_id: str
    owner_id: str | None = None
    owned_since: Moment | None = None
    status: str | None = None
    title: str | None = None
    on_leave: OnLeave
    moved_by: str | None = None
    removed_at: Moment | None = None
    updated_at: Moment
    version: int = 1

    @property
    def key(self) -> RecordKey:
        """Return the key of the record: type and id."""
        return RecordKey(self.type, self.record_id)


class OwnedRecords(NamedTuple):
    """How many records a user owns, by type: those that move when they leave, and those that are removed."""

    moves: Mapping[str, int] = {}
    removes: Mapping[str, int] = {}

    @property
    def waiting(self) -> int:
        """Return how many records wait for another owner, once this one has left."""
        return sum(self.moves.values())

    @property
    def removed(self) -> int:
        """Return how many records are removed when their owner leaves."""
        return sum(self.removes.values())


def what_happens(record_type: str, status: str | None) -> OnLeave:
    """Return what happens to a record of this type and status when its owner leaves."""
    kind = RECORD_TYPES[record_type]
    return kind.by_status.get(status, kind.on_leave) if status else kind.on_leave


def owned(counts: Iterable[tuple[str, str, int]]) -> OwnedRecords:
    """Return the sums of (on_leave, type, number), without those that are kept and without zeros."""
    found: dict[str, dict[str, int]] = {"move": {}, "remove": {}}
    for happens, record_type, number in counts:
        if number > 0 and happens in found:
            found[happens][record_type] = number
    return OwnedRecords(found["move"], found["remove"])
