import os
import sys
from typing import Any

import pytest

from infra import reindex as reindex_module
from infra.reindex import reindex
from infra.stages import Stage
from shared.adapters.dynamodb import search_index
from shared.adapters.dynamodb.search_index import SearchIndex, open_search_index
from shared.adapters.dynamodb.search_items import search_keys
from shared.domain.model.users import User
from shared.storage_schema import DIRECTORY, SEARCH
from tests import aws_fixture
from tests.domain_factories import NOW, a_member
from tests.factories import an_account
from tests.functions.faults import meanwhile
from tests.infra.stages import DEV
from tests.table_edits import indexed, put_users

HERE = DEV.model_copy(update={"name": "tests"})


def lose_the_index() -> list[dict[str, Any]]:
    """Delete every entry; return them."""
    complete = aws_fixture.items(SEARCH)
    for row in complete:
        key = {name: {"S": row[name]} for name in ("pk", "sk")}
        aws_fixture.dynamodb.delete_item(TableName=aws_fixture.physical(SEARCH), Key=key)
    return complete


def test_every_account_is_indexed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    aws_fixture.reset()
    for account_id in ("ab123", "cd456"):
        an_account(account_id)
        put_users([a_member(account_id=account_id)])
        indexed(account_id)
    complete = lose_the_index()
    monkeypatch.setattr(Stage, "named", lambda _, __: aws_fixture.physical(DIRECTORY))

    first, again = (reindex(HERE, rebuild=open_search_index().rebuild) for _ in range(2))

    by_key = sorted(aws_fixture.items(SEARCH), key=repr)
    assert (first, again) == ((2, len(complete)), (2, 0))
    assert by_key == sorted(complete, key=repr)


def entries_of(user: User) -> set[str]:
    return {row["sk"] for row in aws_fixture.items(SEARCH) if user.user_id in row["sk"]}


def test_who_is_renamed_meanwhile_keeps_the_entries_that_the_stream_has_made() -> None:
    aws_fixture.reset()
    lee = a_member()
    put_users([lee])
    indexed(lee.account_id)
    renamed = lee.with_changes(now=NOW, first_name="Zoe")
    queries: list[int] = []

    def rename_before_the_second() -> None:
        queries.append(1)
        if len(queries) == 2:
            put_users([renamed])
            open_search_index().update_entries(lee, renamed)

    with meanwhile("dynamodb", "Query", rename_before_the_second, times=2):
        open_search_index().rebuild(lee.account_id)

    assert entries_of(lee) == search_keys(renamed)


def test_who_is_erased_meanwhile_gets_no_entries() -> None:
    aws_fixture.reset()
    lee = a_member()
    put_users([lee])
    lose_the_index()
    tombstone = lee.model_copy(update={"erased_at": NOW})

    def erase() -> None:
        put_users([tombstone])
        open_search_index().update_entries(lee, tombstone)

    with meanwhile("dynamodb", "BatchWriteItem", erase):
        open_search_index().rebuild(lee.account_id)

    assert entries_of(lee) == set()


def test_command_uses_region_and_tables_of_the_stage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "environ", os.environ | {"AWS_REGION": "eu-west-1", "SEARCH_TABLE": "another"})
    monkeypatch.setattr(sys, "argv", ["reindex", "--stage", "dev"])
    asked: list[str] = []

    def note(stage: Stage, **_: object) -> tuple[int, int]:
        asked.extend((stage.name, os.environ["AWS_REGION"], os.environ["SEARCH_TABLE"]))
        return 3, 7

    monkeypatch.setattr(reindex_module, "reindex", note)
    # The real one would keep that stage's tables for the rest of this process.
    monkeypatch.setattr(search_index, "open_search_index", lambda: object.__new__(SearchIndex))

    reindex_module.main()

    assert asked == ["dev", DEV.region, "usher-dev-search"]
    assert capsys.readouterr().out == "3 accounts read, 7 entries put or deleted\n"
