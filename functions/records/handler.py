"""PUT and DELETE .../records/{type}/{record_id}, POST .../records/batch: who owns what in the host (rule 22)."""

from http import HTTPStatus
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainValidator, model_validator

from shared.adapters.dynamodb.move_jobs import open_move_jobs
from shared.adapters.dynamodb.repository import open_repository
from shared.api import Api, Body, InvalidRow, row_reader
from shared.api.authentication import PersonCaller, PersonOrHostCaller
from shared.api.problems import code_of
from shared.domain.commands import hand_over, records
from shared.domain.commands.records import GivenRecord
from shared.domain.model import errors
from shared.domain.model.fields import GivenUserId, Title
from shared.domain.model.records import RecordId, RecordKey, RecordStatus, RecordTypeName, require_record_type
from shared.views.jobs import JobView
from shared.views.records import DeletedRecordView, RecordBatchView, RecordView

api = Api()
repository = open_repository()
jobs = open_move_jobs()

GivenId = Annotated[GivenUserId, Field(min_length=1)]


class StoredRecord(Body):
    """`owner_id` is a user of the account; what the status means is the host's."""

    owner_id: GivenId
    status: RecordStatus | None = None
    title: Title | None = None


class RecordRow(StoredRecord):
    type: RecordTypeName
    record_id: RecordId


Row = Annotated[RecordRow | InvalidRow, PlainValidator(row_reader(RecordRow), json_schema_input_type=RecordRow)]


class RecordBatch(Body):
    max_bytes: ClassVar[int] = 1024 * 1024

    records: Annotated[tuple[Row, ...], Field(min_length=1, max_length=100)]

    def rows(self) -> list[GivenRecord | errors.Refusal]:
        """Return the rows as the command takes them."""
        return [row.refusal if isinstance(row, InvalidRow) else GivenRecord(**row.model_dump()) for row in self.records]

    def given(self) -> list[dict[str, str | None]]:
        """Return type and id of each row, as far as they are text."""
        return [
            {name: _text(row.given if isinstance(row, InvalidRow) else row.model_dump(), name) for name in _KEY}
            for row in self.records
        ]


_KEY = ("type", "record_id")
_MAX_TEXT_LENGTH = 200


def _text(given: Any, name: str) -> str | None:
    value = given.get(name) if isinstance(given, dict) else None
    return value[:_MAX_TEXT_LENGTH] if isinstance(value, str) else None


@api.route("PUT /v1/accounts/{account_id}/records/{type}/{record_id}")
def put_record(
    writer: PersonOrHostCaller,
    account_id: str,
    type: str,  # noqa: A002 (the name in the path)
    record_id: str,
    body: StoredRecord,
) -> RecordView:
    """Store a record with its owner, or change it; repeating it has no effect."""
    given = GivenRecord(require_record_type(type), record_id, **body.model_dump())
    snapshot = repository.load(account_id, writer, others=[given.owner_id], records=[given.key])
    changes = records.put(snapshot, given)
    return repository.commit(changes, snapshot, answer=RecordView.model_validate(changes.record))


@api.route("DELETE /v1/accounts/{account_id}/records/{type}/{record_id}")
def delete_record(writer: PersonOrHostCaller, account_id: str, type: str, record_id: str) -> DeletedRecordView:  # noqa: A002 (the name in the path)
    """Forget a record; repeating it has no effect."""
    key = RecordKey(require_record_type(type), record_id)
    snapshot = repository.load(account_id, writer, records=[key])
    changes = records.delete(snapshot, key)
    return repository.commit(changes, snapshot, answer=DeletedRecordView(type=key.type, record_id=record_id))


@api.route("POST /v1/accounts/{account_id}/records/batch")
def put_records(writer: PersonOrHostCaller, account_id: str, body: RecordBatch) -> RecordBatchView:
    """Store up to 100 records, with a result for each; a refused one stops no other."""
    rows = body.rows()
    valid = [row for row in rows if isinstance(row, GivenRecord)]
    snapshot = repository.load(
        account_id, writer, others=[row.owner_id for row in valid], records=[row.key for row in valid]
    )
    changes, refusals = records.put_many(snapshot, rows)
    answer = RecordBatchView.of(refusals, given=body.given(), codes=[code_of(refusal) for refusal in refusals])
    return repository.commit(changes, snapshot, answer=answer)


class Reassignment(Body):
    """From whom to whom, all that moves or some types; or on from what a job has moved."""

    from_: Annotated[GivenId | None, Field(alias="from")] = None
    job_id: GivenId | None = None
    to: GivenId
    types: Annotated[tuple[RecordTypeName, ...], Field(min_length=1, max_length=20)] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "Reassignment":
        if (self.from_ is None) is (self.job_id is None) or (self.job_id and self.types):
            raise ValueError("Name either `from`, with or without `types`, or `job_id`.")
        return self


@api.route("POST /v1/accounts/{account_id}/records/reassign", status=HTTPStatus.ACCEPTED)
def reassign_records(caller: PersonCaller, account_id: str, body: Reassignment) -> JobView:
    """Begin to move what a user owns, or what a job has moved, to another user."""
    if body.job_id is not None:
        job = jobs.find(account_id, body.job_id)
        snapshot = repository.load(account_id, caller, others=[body.to, *(job.owners if job else ())])
        changes = hand_over.reassign_moved(snapshot, job, to=body.to)
    else:
        from_id = body.from_ or ""
        snapshot = repository.load(account_id, caller, user_id=from_id, others=[body.to], reads_owned=True)
        changes = hand_over.reassign(snapshot, to=body.to, types=body.types)
    return repository.commit(changes, snapshot, answer=JobView.model_validate(changes.move_job))


lambda_handler = api.handler
