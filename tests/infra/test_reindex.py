import os
import sys

import pytest

from infra import reindex as reindex_module
from infra.reindex import reindex
from infra.stages import Stage
from shared.adapters.dynamodb import search_index
from shared.adapters.dynamodb.search_index import SearchIndex, open_search_index
from shared.storage_schema import DIRECTORY, SEARCH
from tests import aws_fixture
from tests.domain_factories import a_member
from tests.factories import an_account
from tests.infra.stages import DEV
from tests.table_edits import indexed, put_users

HERE = DEV.model_copy(update={"name": "tests"})


def test_every_account_is_indexed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    aws_fixture.reset()
    for account_id in ("ab123", "cd456"):
        an_account(account_id)
        put_users([a_member(account_id=account_id)])
        indexed(account_id)
    complete = aws_fixture.items(SEARCH)
    for row in complete:
        key = {name: {"S": row[name]} for name in ("pk", "sk")}
        aws_fixture.dynamodb.delete_item(TableName=aws_fixture.physical(SEARCH), Key=key)
    monkeypatch.setattr(Stage, "named", lambda _, __: aws_fixture.physical(DIRECTORY))

    first, again = (reindex(HERE, rebuild=open_search_index().rebuild) for _ in range(2))

    by_key = sorted(aws_fixture.items(SEARCH), key=repr)
    assert (first, again) == ((2, len(complete)), (2, 0))
    assert by_key == sorted(complete, key=repr)


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
