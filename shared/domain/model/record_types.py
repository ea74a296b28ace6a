"""The types of records; generated from the catalogue by `make catalogue`."""

from typing import Literal, NamedTuple

OnLeave = Literal["move", "keep", "remove"]


class RecordType(NamedTuple):
    """What happens to records of a type when their owner leaves, and what a new owner must hold (rule 22)."""

    moves_when: tuple[str, ...]
    on_leave: OnLeave
    owner_needs: str | None


RECORD_TYPES: dict[str, RecordType] = {
    "contact": RecordType(moves_when=(), on_leave="move", owner_needs=None),
    "opportunity": RecordType(moves_when=(), on_leave="move", owner_needs="opportunities.own"),
    "task": RecordType(moves_when=("pending",), on_leave="remove", owner_needs=None),
    "note": RecordType(moves_when=(), on_leave="keep", owner_needs=None),
}
