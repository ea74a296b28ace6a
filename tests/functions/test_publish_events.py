import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared.adapters import clients
from shared.adapters.dynamodb.codec import from_item
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.factories import DEACTIVATE, invited
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import on_user
from tests.functions.faults import captured_logs, counting, log_lines, refusing
from tests.functions.journal_stream import journal_records
from tests.functions.leaving import a_leaver_and_others, new_job
from tests.invoke import Context, handler_of, wake
from tests.table_edits import user_row

PUBLISHED = {"entry_id", "at", "type", "account_id", "actor", "user_id", "identity_id", "version", "before", "after"}


def published() -> list[dict[str, Any]]:
    """What subscribers receive."""
    found: list[dict[str, Any]] = []
    while messages := aws_fixture.sqs.receive_message(QueueUrl=aws_fixture.WATCHED, MaxNumberOfMessages=10).get(
        "Messages"
    ):
        found += [json.loads(message["Body"]) for message in messages]
        for message in messages:
            aws_fixture.sqs.delete_message(QueueUrl=aws_fixture.WATCHED, ReceiptHandle=message["ReceiptHandle"])
    return found


def test_every_entry_is_an_event_with_its_type_and_its_facts() -> None:
    ann = an_account()
    invited(ann)

    answer = wake("publish_events", {"Records": journal_records()})

    events = published()
    rows = aws_fixture.items(JOURNAL)
    assert answer == {"batchItemFailures": []}
    assert sorted(event["detail-type"] for event in events) == sorted(row["type"] for row in rows)
    assert {event["source"] for event in events} == {"usher"}
    assert all(event["detail"]["type"] == event["detail-type"] for event in events)
    assert all(set(event["detail"]) == PUBLISHED | {"reference"} for event in events)
    by_id = {row["entry_id"]: row for row in rows}
    of_bus = [{name: event["detail"][name] for name in PUBLISHED} for event in events]
    assert [{name: by_id[entry["entry_id"]].get(name) for name in PUBLISHED} for entry in of_bus] == of_bus


def test_an_event_has_the_reference_that_the_host_product_gave_to_the_user() -> None:
    ann = an_account()
    crm = invited(ann, reference="crm 4711")
    invited(ann, "zoe@example.org")

    wake("publish_events", {"Records": journal_records()})

    told = {(event["detail"]["user_id"], event["detail"]["reference"]) for event in published()}
    assert {reference for user_id, reference in told if user_id == crm["user_id"]} == {"crm 4711"}
    assert {reference for user_id, reference in told if user_id != crm["user_id"]} == {None}


def test_an_event_of_a_moved_record_names_its_former_owner_as_other_events_do() -> None:
    ann, _, lee = a_leaver_and_others()
    job_id = on_user(DEACTIVATE, ann, lee.user_id, reassign_to=ann.user_id).body["job_id"]
    wake("move_records", new_job(job_id))

    wake("publish_events", {"Records": journal_records()})

    moved, *_ = [event["detail"] for event in published() if event["detail-type"] == "records.moved"]
    row = user_row(lee.user_id)
    assert [moved[name] for name in ("user_id", "identity_id", "version")] == [
        lee.user_id,
        row["identity_id"],
        row["version"],
    ]


def test_events_wait_until_references_can_be_read() -> None:
    invited(an_account(), reference="crm 4711")

    with refusing("dynamodb", "BatchGetItem", "InternalServerError", status=500), pytest.raises(ClientError):
        wake("publish_events", {"Records": journal_records()})
    assert published() == []

    assert wake("publish_events", {"Records": journal_records()}) == {"batchItemFailures": []}
    assert {event["detail"]["reference"] for event in published()} == {None, "crm 4711"}


def test_an_event_names_people_by_id_alone() -> None:
    invited(an_account(), "canary@gelb.example", first_name="Canaria", last_name="Gelb", message="Pssst")

    wake("publish_events", {"Records": journal_records()})

    told = json.dumps(published()).casefold()
    assert "user.invited" in told
    for personal in ("canar", "gelb", "pssst", "ann@", "admin@"):
        assert personal not in told


def test_only_what_the_bus_did_not_take_is_offered_again() -> None:
    ann = an_account()
    invited(ann)
    entries = journal_records()
    refused = entries[1]["dynamodb"]["NewImage"]["entry_id"]["S"]

    with bus_refusing(refused), captured_logs() as logs:
        answer = wake("publish_events", {"Records": entries})

    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert '"refused":1' in logs.getvalue().replace(" ", "")


@contextmanager
def bus_refusing(entry_id: str) -> Iterator[None]:
    """The bus takes all entries but this one."""
    places: list[int] = []

    def look(params: dict[str, Any], **_: Any) -> None:
        places[:] = [place for place, entry in enumerate(params["Entries"]) if entry_id in entry["Detail"]]

    def mark(parsed: dict[str, Any], **_: Any) -> None:
        for place in places:
            parsed["Entries"][place] = {"ErrorCode": "ThrottlingException", "ErrorMessage": "later"}

    listeners: dict[str, Any] = {"provide-client-params.*.PutEvents": look, "after-call.*.PutEvents": mark}
    client = clients.client("events")
    for event, listener in listeners.items():
        client.meta.events.register(event, listener)
    try:
        yield
    finally:
        for event, listener in listeners.items():
            client.meta.events.unregister(event, listener)


def test_ten_entries_go_in_one_request() -> None:
    an_account()
    entry = journal_records()[0]
    many = [
        {
            **entry,
            "dynamodb": {
                "SequenceNumber": f"{number}",
                "NewImage": entry["dynamodb"]["NewImage"] | {"entry_id": {"S": f"entry {number}"}},
            },
        }
        for number in range(21)
    ]

    with counting("events") as made:
        answer = wake("publish_events", {"Records": many})

    assert answer == {"batchItemFailures": []}
    assert made == ["PutEvents"] * 3
    assert len(published()) == 21


def test_a_bus_that_takes_nothing_leaves_the_whole_batch_to_be_offered_again() -> None:
    an_account()

    with refusing("events", "PutEvents", "InternalException", status=500), pytest.raises(ClientError):
        wake("publish_events", {"Records": journal_records()})


@pytest.mark.parametrize(
    "spoiled",
    [{"type": None}, {"entry_id": None}, {"account_id": None}, {"before": {"M": {"version": {"N": "no number"}}}}],
)
def test_an_unreadable_entry_holds_up_no_other_one(spoiled: dict[str, Any]) -> None:
    invited(an_account())
    entries = journal_records()
    image = entries[1]["dynamodb"]["NewImage"]
    entries[1]["dynamodb"]["NewImage"] = {name: value for name, value in (image | spoiled).items() if value}

    with captured_logs() as logs:
        answer = wake("publish_events", {"Records": entries})

    assert answer == {"batchItemFailures": []}
    assert len(published()) == len(entries) - 1
    [line] = log_lines(logs, "entry not publishable")
    keys = from_item(entries[1]["dynamodb"]["Keys"])
    assert (line["account_id"], line["entry_id"]) == (keys["pk"], keys["sk"])


@pytest.mark.parametrize("change", ["MODIFY", "REMOVE"])
def test_a_rewritten_entry_is_logged_and_not_published(change: str) -> None:
    invited(an_account())
    entries = journal_records()
    entries[0]["eventName"] = change
    if change == "REMOVE":
        del entries[0]["dynamodb"]["NewImage"]

    with captured_logs() as logs:
        answer = wake("publish_events", {"Records": entries})

    assert answer == {"batchItemFailures": []}
    assert len(published()) == len(entries) - 1
    [line] = log_lines(logs, "journal rewritten")
    keys = from_item(entries[0]["dynamodb"]["Keys"])
    assert (line["change"], line["account_id"], line["entry_id"]) == (change, keys["pk"], keys["sk"])


@pytest.mark.parametrize("event", [{}, {"every": "minute"}, {"Records": [{}]}, {"routeKey": "$default"}])
def test_an_event_of_another_shape_raises(event: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r".+"):
        handler_of("publish_events")(event, Context())
