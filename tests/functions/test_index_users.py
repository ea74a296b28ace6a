"""The search index follows the directory's stream, whatever it delivers late, twice or out of order."""

import itertools
from typing import Any

import pytest

from shared.adapters.dynamodb.account_search_items import PARTITION as ACCOUNTS
from shared.adapters.dynamodb.codec import to_item
from shared.adapters.dynamodb.search_items import search_keys
from shared.adapters.dynamodb.user_items import user_key, user_row
from shared.domain.model.users import Status, User
from shared.storage_schema import DIRECTORY, SEARCH
from tests import aws_fixture
from tests.domain_factories import ACCOUNT_ID, LEE_ID, a_member
from tests.factories import DEACTIVATE, REMOVE, USERS, ActiveUser, a_user, accepted, invited, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call
from tests.functions.faults import captured_logs, refusing
from tests.invoke import wake
from tests.proofs.mappings import AS_DEPLOYED_FOR_USERS
from tests.proofs.streams import Record, Stream
from tests.table_edits import indexed, put_users, set_user

A, B, C = (a_member(first_name=name) for name in ("Ada", "Bea", "Cleo"))


def records(stream: Stream) -> list[Record]:
    """What the stream would tell the function of since the last call."""
    stream.flow()
    told = [record for shard in stream.shards for record in shard]
    for shard in stream.shards:
        shard.clear()
    return [record for record in told if AS_DEPLOYED_FOR_USERS.passes(record)]


def follow(told: list[Record]) -> None:
    assert wake("index_users", {"Records": told}) == {"batchItemFailures": []}


def entries() -> set[tuple[str, str]]:
    """The entries of users, without those of accounts."""
    return {(row["pk"], row["sk"]) for row in aws_fixture.items(SEARCH) if row["pk"] != ACCOUNTS}


def wanted() -> set[tuple[str, str]]:
    users = [User.model_validate(row) for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")]
    return {(user.account_id, key) for user in users for key in search_keys(user)}


def found(by: ActiveUser, **query: str) -> list[str]:
    answer = call(USERS, caller=by.signed_in, account_id=ACCOUNT_ID, query=query)
    return [user["email"].partition("@")[0] for user in answer.body["data"]]


def put(user: User) -> None:
    """Store a user past the product, without the index."""
    item = to_item(user_row(user) | {"pk": user.account_id, "sk": user_key(user.user_id)})
    aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(DIRECTORY), Item=item)


def test_a_user_is_found_under_the_name_and_status_of_each_moment() -> None:
    ann = an_account()
    stream = Stream(DIRECTORY)
    lee = invited(ann, first_name="Leigh")
    follow(records(stream))
    steps = [(found(ann, search="leigh"), found(ann, search="zoe"), found(ann, status="active", search="leigh"))]

    accepted(token_for(lee), first_name="Zoe")
    follow(records(stream))
    steps += [(found(ann, search="leigh"), found(ann, search="zoe"), found(ann, status="active", search="zoe"))]

    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT_ID, user_id=lee["user_id"], body={})
    follow(records(stream))
    steps += [(found(ann, search="zoe"), found(ann, status="inactive", search="zoe"), found(ann, group="everyone"))]

    call(REMOVE, caller=ann.signed_in, account_id=ACCOUNT_ID, user_id=lee["user_id"], body={})
    follow(records(stream))
    steps += [(found(ann, status="all", search="zoe"), found(ann, status="removed", search="zoe"), [])]

    assert steps == [
        (["lee"], [], []),
        ([], ["lee"], ["lee"]),
        ([], ["lee"], []),
        ([], ["lee"], []),
    ]
    assert {key for key in entries() if key[1].endswith(lee["user_id"])} <= wanted()


@pytest.mark.parametrize("order", [*itertools.permutations(range(3)), (0, 1, 2, 0), (2, 2, 1, 0, 1)], ids=str)
def test_records_in_any_order_lead_to_the_same_entries(order: tuple[int, ...]) -> None:
    an_account()
    indexed()
    stream = Stream(DIRECTORY)
    for user in (A, B, C):
        put(user)
    told = records(stream)

    for number in order:
        follow([told[number]])

    assert entries() == wanted()


def test_a_user_whose_item_is_gone_leaves_no_entry() -> None:
    an_account()
    indexed()
    stream = Stream(DIRECTORY)
    put(A)
    follow(records(stream))

    key = {"pk": {"S": ACCOUNT_ID}, "sk": {"S": f"user#{LEE_ID}"}}
    aws_fixture.dynamodb.delete_item(TableName=aws_fixture.physical(DIRECTORY), Key=key)
    follow(records(stream))

    assert entries() == wanted()
    assert not [key for key in entries() if key[1].endswith(LEE_ID)]


def test_only_changes_of_users_wake_the_function() -> None:
    ann = an_account()
    stream = Stream(DIRECTORY)
    a_user(ann)

    told = records(stream)

    assert told
    assert {record["dynamodb"]["Keys"]["sk"]["S"][:5] for record in told} == {"user#"}


def test_a_refused_write_is_delivered_again() -> None:
    an_account()
    indexed()
    stream = Stream(DIRECTORY)
    put(A)
    told = records(stream)

    with (
        refusing("dynamodb", "BatchWriteItem", "AccessDeniedException"),
        pytest.raises(Exception, match="All records failed"),
    ):
        wake("index_users", {"Records": told})
    follow(told)

    assert entries() == wanted()


def test_an_unreadable_user_holds_up_nobody() -> None:
    an_account()
    indexed()
    stream = Stream(DIRECTORY)
    put(A)
    told = records(stream)
    unreadable: dict[str, Any] = {**told[0], "dynamodb": {**told[0]["dynamodb"], "NewImage": {"pk": {"S": "ab123"}}}}

    with captured_logs() as logs:
        follow([unreadable, *told])

    assert "user not readable" in logs.getvalue()
    assert entries() == wanted()


def test_a_late_index_shows_nobody_under_what_they_are_no_longer() -> None:
    ann = an_account()
    put_users([a_member(first_name="Ada", email="ada@example.org"), *(a_member(user_id="m" * 26, email="m@x.org"),)])

    set_user({"account_id": ACCOUNT_ID, "user_id": LEE_ID}, status=Status.INACTIVE, first_name="Zoe", groups=[])

    assert found(ann, search="ada") == []
    assert found(ann, group="everyone") == ["m"]
    assert found(ann, status="active", sort="email") == ["ann", "m"]


def test_rebuilding_puts_what_is_missing_and_deletes_what_is_left_over() -> None:
    an_account()
    put_users([A])
    complete = entries()
    aws_fixture.dynamodb.put_item(
        TableName=aws_fixture.physical(SEARCH),
        Item={"pk": {"S": ACCOUNT_ID}, "sk": {"S": f"word#active#n#gone#{LEE_ID}"}},
    )
    for _, key in sorted(complete)[:3]:
        aws_fixture.dynamodb.delete_item(
            TableName=aws_fixture.physical(SEARCH), Key={"pk": {"S": ACCOUNT_ID}, "sk": {"S": key}}
        )

    indexed()

    assert entries() == complete == wanted()
