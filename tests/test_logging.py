import json
from typing import Any

import pytest

from infra.catalog import CATALOG
from infra.http_api import ACCESS_LOG
from tests.factories import GET_ACCOUNT, INVITE
from tests.functions.cached_fixtures import an_account
from tests.functions.faults import captured_logs, refusing
from tests.invoke import Context, call, handler_of, wake


def lines(logs: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in logs.splitlines()]


@pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)
def test_every_handler_is_an_entry_point(row: Any) -> None:
    handler = handler_of(row.name)

    assert handler.__module__ in {"shared.api.app", f"functions.{row.name}.handler"}
    assert handler.__wrapped__.__wrapped__


def test_a_request_is_logged_once_with_function_and_request_id() -> None:
    ann, context = an_account(), Context()

    with captured_logs() as logs:
        call(GET_ACCOUNT, caller=ann.signed_in, account_id="ab123", context=context)

    [line] = lines(logs.getvalue())
    assert (line["message"], line["status"], line["request_id"]) == ("answered", 200, context.aws_request_id)
    assert line["function_name"] == context.function_name
    assert line["cold_start"] in {True, False}


def test_a_problem_names_the_request_id_of_its_log_line() -> None:
    ann = an_account()

    with refusing("dynamodb", "BatchGetItem", "ResourceNotFoundException"), captured_logs() as logs:
        answer = call(INVITE, caller=ann.signed_in, account_id="ab123", body={"first_name": ""})
        failed = call(GET_ACCOUNT, caller=ann.signed_in, account_id="ab123")

    assert [line["request_id"] for line in lines(logs.getvalue())] == [
        answer.body["request_id"],
        failed.body["request_id"],
    ]


def test_every_line_of_a_job_has_the_request_id() -> None:
    context = Context(remaining=50_000)

    with captured_logs() as logs:
        wake("expire", context=context)

    assert {line["request_id"] for line in lines(logs.getvalue())} == {context.aws_request_id}


def test_the_access_log_names_the_function_s_request_id() -> None:
    assert ACCESS_LOG["request_id"] == "$context.integration.requestId"
