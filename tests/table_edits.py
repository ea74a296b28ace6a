"""Write into tables past the product: users who are overdue, links that were sent long ago, lists of many users."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.adapters.dynamodb.codec import to_attribute
from shared.adapters.dynamodb.search_index import open_search_index
from shared.adapters.dynamodb.user_items import user_row as row_of
from shared.domain.model.users import User
from shared.domain.model.values import iso
from shared.storage_schema import DIRECTORY, Table
from tests import aws_fixture
from tests.domain_factories import ACCOUNT_ID


def set_in(table: Table, key: dict[str, str], **values: Any) -> None:
    """Write attributes past the product; `a__b` is attribute `b` of attribute `a`, None removes."""
    kept = {name: value for name, value in values.items() if value is not None}
    gone = [name for name, value in values.items() if value is None]
    paths = {name: ".".join(f"#{part}" for part in name.split("__")) for name in values}
    update = "SET " + ", ".join(f"{paths[name]} = :{name}" for name in kept) if kept else ""
    update += " REMOVE " + ", ".join(paths[name] for name in gone) if gone else ""
    aws_fixture.dynamodb.update_item(
        TableName=aws_fixture.physical(table),
        Key={name: {"S": value} for name, value in key.items()},
        UpdateExpression=update.strip(),
        ExpressionAttributeNames={f"#{part}": part for name in values for part in name.split("__")},
        **({"ExpressionAttributeValues": {f":{n}": to_attribute(v) for n, v in kept.items()}} if kept else {}),
    )


def user_row(user_id: str) -> dict[str, Any]:
    """Return a user as stored."""
    [row] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == f"user#{user_id}"]
    return row


def set_user(user: dict[str, Any], **values: Any) -> None:
    """Write attributes of a user past the product."""
    set_in(DIRECTORY, {"pk": user["account_id"], "sk": f"user#{user['user_id']}"}, **values)


def expire_at(user: dict[str, Any], moment: datetime) -> None:
    """Move an invitation's end, for the clock and for the sweep."""
    due_at = f"{iso(moment)}\t{user['user_id']}"
    set_user(user, invitation__expires_at=iso(moment), due_at=due_at)


def sent_before(user: dict[str, Any]) -> dict[str, Any]:
    """Return the user, whose link was sent so long ago that another may follow."""
    set_user(user, invitation__sent_at=iso(datetime.now(UTC) - timedelta(minutes=2)))
    return user


def overdue(user: dict[str, Any], *, by: timedelta = timedelta(minutes=1)) -> dict[str, Any]:
    """Return the user, whose invitation has expired and is still to be swept."""
    expire_at(user, datetime.now(UTC) - by)
    return user


def remind_now(user: dict[str, Any]) -> dict[str, Any]:
    """Return the user, whose invitation ends in a little less than two days."""
    ends = datetime.now(UTC) + timedelta(days=2) - timedelta(minutes=1)
    set_user(user, invitation__expires_at=iso(ends), due_at=f"{iso(ends - timedelta(days=2))}\t{user['user_id']}")
    return user


def put_users(users: Iterable[User]) -> None:
    """Store users as the product would, without its commands: for lists of many."""
    for user in users:
        row = {"pk": user.account_id, "sk": f"user#{user.user_id}"} | row_of(user)
        item = {name: to_attribute(value) for name, value in row.items()}
        aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(DIRECTORY), Item=item)
    indexed()


def indexed(account_id: str = ACCOUNT_ID) -> None:
    """Make the search index what the directory's stream would have made it by now."""
    open_search_index().rebuild(account_id)
