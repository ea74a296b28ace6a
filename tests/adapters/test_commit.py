from typing import Any

import pytest

from shared.adapters.dynamodb import account_items, commit
from shared.adapters.dynamodb.commit import open_committer
from shared.adapters.dynamodb.requests import transact
from shared.adapters.dynamodb.transaction_items import merge_writes
from shared.domain.commands import account_settings
from shared.domain.model import errors
from shared.domain.model.users import User
from shared.domain.policy.authorization import Actor
from shared.domain.policy.changes import ChangeSet, UserChange
from shared.domain.policy.journal import account_created_entry, edit_entry
from shared.domain.policy.snapshot import CommitBasis, OperationContext
from shared.settings import settings
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.domain_factories import (
    ACCOUNT_ID,
    ANN_ID,
    LEE_ID,
    NOW,
    a_context,
    a_member,
    a_snapshot,
    an_admin,
    some_groups,
    the_account,
)
from tests.table_edits import put_users, set_in, user_row


def an_existing_account() -> None:
    transact(
        aws_fixture.dynamodb, [account_items.create(settings().directory_table, the_account())], operation_id="created"
    )


def edited(user: User) -> ChangeSet:
    """Return the change of a user who changes their own name."""
    after = user.with_changes(now=NOW, first_name="Leo")
    context = OperationContext(Actor.of(user, some_groups()), "edit", NOW)
    return ChangeSet.of_user(user, after, entries=(edit_entry(before=user, after=after, context=context),))


def test_a_user_who_acts_on_themselves_is_written_and_checked_at_once() -> None:
    an_existing_account()
    ann = an_admin()
    put_users([ann])

    open_committer().commit(edited(ann), a_snapshot(ann, by=ann), answer=None)

    assert (user_row(ANN_ID)["first_name"], user_row(ANN_ID)["version"]) == ("Leo", ann.version + 1)


def test_a_user_who_acts_on_themselves_and_has_changed_is_a_conflict() -> None:
    an_existing_account()
    ann = an_admin()
    put_users([ann.with_changes(now=NOW)])

    with pytest.raises(errors.StaleRead):
        open_committer().commit(edited(ann), a_snapshot(ann, by=ann), answer=None)

    assert aws_fixture.items(JOURNAL) == []


def test_nothing_is_written_on_groups_that_have_changed() -> None:
    an_existing_account()
    put_users([an_admin(), lee := a_member()])
    set_in(DIRECTORY, {"pk": ACCOUNT_ID, "sk": "account"}, groups_version=2)

    with pytest.raises(errors.StaleRead):
        open_committer().commit(edited(lee), a_snapshot(lee), answer=None)

    assert user_row(LEE_ID)["version"] == lee.version


def test_settings_are_written_without_an_authorizing_user() -> None:
    an_existing_account()
    snapshot = a_snapshot(by=Actor.operator("olga"))
    changes = account_settings.change(snapshot, changes={"locale": "de"})

    open_committer().commit(changes, snapshot, answer=None)

    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert (account["settings"]["locale"], len(aws_fixture.items(JOURNAL))) == ("de", 1)


@pytest.mark.parametrize("users_at_once", [1, 2, 30])
def test_changes_of_many_users_are_written_in_parts(users_at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit, "USERS_PER_TRANSACTION", users_at_once)
    users = [a_member(user_id=letter * 26) for letter in "bcdef"]
    put_users(users)
    parts = [edited(user) for user in users]
    of_account = account_created_entry(the_account(), context=a_context())
    changes = ChangeSet(
        users=tuple(UserChange(user, part.user) for user, part in zip(users, parts, strict=True)),
        entries=(*(entry for part in parts for entry in part.entries), of_account),
    )

    open_committer().commit(changes, CommitBasis("edit", NOW), answer=None)

    assert {user_row(user.user_id)["first_name"] for user in users} == {"Leo"}
    assert len(aws_fixture.items(JOURNAL)) == 6


def check(condition: str, **values: Any) -> dict[str, Any]:
    arguments = {f":{name}": {"N": str(value)} for name, value in values.items()}
    place = {"TableName": "t", "Key": {"pk": {"S": "a"}}}
    return {"ConditionCheck": {**place, "ConditionExpression": condition, "ExpressionAttributeValues": arguments}}


def update(condition: str, **values: Any) -> dict[str, Any]:
    return {"Update": {**check(condition, **values)["ConditionCheck"], "UpdateExpression": "SET x = :read"}}


def test_a_check_joins_the_write_of_its_item() -> None:
    [found] = merge_writes([check("version = :read", read=3), update("x = :read", read=1)])

    assert found["Update"]["ConditionExpression"] == "(x = :read) AND (version = :read_checked)"
    assert found["Update"]["ExpressionAttributeValues"] == {":read": {"N": "1"}, ":read_checked": {"N": "3"}}


def test_a_check_of_many_values_keeps_each_of_them() -> None:
    values = {f"v{number}": number for number in range(1, 12)}
    condition = " OR ".join(f"version = :{name}" for name in values)

    [found] = merge_writes([check(condition, **values), update("x = :read", read=99)])

    checked = " OR ".join(f"version = :{name}_checked" for name in values)
    assert found["Update"]["ConditionExpression"] == f"(x = :read) AND ({checked})"


def test_the_same_check_is_made_once() -> None:
    [found] = merge_writes([update("version = :read", read=3), check("version = :read", read=3)])

    assert found == update("version = :read", read=3)


def test_two_writes_of_one_item_are_refused() -> None:
    with pytest.raises(ValueError, match="Two writes of one item"):
        merge_writes([update("a = :read", read=1), update("b = :read", read=1)])
