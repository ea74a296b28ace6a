"""Records with their owners."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from shared.domain.model import errors
from shared.domain.model.records import Record
from shared.domain.model.values import Moment
from shared.views.batches import FieldErrorView
from shared.views.view import View


class RecordView(View):
    """`owner_id` is null once the record was removed, since its owner has left."""

    type: str
    record_id: str
    owner_id: str | None
    status: str | None
    title: str | None
    removed_at: Moment | None
    updated_at: Moment
    version: int


class RecordPage(View):
    data: list[RecordView]
    next_cursor: str | None

    @classmethod
    def of(cls, records: Iterable[Record], next_cursor: str | None) -> "RecordPage":
        """Return the view of one page."""
        return cls(data=[RecordView.model_validate(record) for record in records], next_cursor=next_cursor)


class DeletedRecordView(View):
    type: str
    record_id: str


class RecordResultView(View):
    """`type` and `record_id` as they were sent, if they are text; the rest is of a refusal."""

    index: int
    type: str | None
    record_id: str | None
    outcome: Literal["stored", "refused"]
    code: str | None
    detail: str | None
    errors: list[FieldErrorView]


class RecordBatchView(View):
    results: list[RecordResultView]

    @classmethod
    def of(
        cls,
        refusals: Iterable[errors.Refusal | None],
        *,
        given: Iterable[Mapping[str, str | None]],
        codes: Iterable[str | None],
    ) -> "RecordBatchView":
        """Return one result for each row, in the order of the request."""
        rows = enumerate(zip(refusals, given, codes, strict=True))
        return cls(results=[cls._result(index, *row) for index, row in rows])

    @staticmethod
    def _result(
        index: int, refusal: errors.Refusal | None, given: Mapping[str, Any], code: str | None
    ) -> RecordResultView:
        return RecordResultView.model_validate(
            {
                "index": index,
                **given,
                "outcome": "refused" if refusal else "stored",
                "code": code,
                "detail": str(refusal) if refusal else None,
                "errors": refusal.details.get("errors", []) if refusal else [],
            }
        )
