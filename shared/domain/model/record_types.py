"""The types of records; generated from the catalogue by `make catalogue`."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

OnLeave = Literal["move", "keep", "remove"]


class RecordType(NamedTuple):
    """What happens to records of a type when their owner leaves, and what a new owner must hold (rule 22)."""

    on_leave: OnLeave
    by_status: Mapping[str, OnLeave]
    owner_needs: str | None


RECORD_TYPES: dict[str, RecordType] = {
    "contact": RecordType(on_leave="move", by_status={}, owner_needs=None),
    "opportunity": RecordType(on_leave="move", by_status={}, owner_needs="opportunities.own"),
    "task": RecordType(on_leave="move", by_status={"completed": "remove"}, owner_needs=None),
    "note": RecordType(on_leave="keep", by_status={}, owner_needs=None),
}
