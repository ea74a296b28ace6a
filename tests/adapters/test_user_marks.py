"""Marks on users."""

from shared.adapters.dynamodb.user_marks import open_user_marks
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.domain_factories import ACCOUNT_ID, NOW, a_member
from tests.table_edits import put_users, user_row


def test_block_of_an_identity_marks_its_users_and_creates_none() -> None:
    user = a_member()
    put_users([user])
    before = len(aws_fixture.items(DIRECTORY))

    open_user_marks().mark_identity_blocked({"zz999": "n" * 26, ACCOUNT_ID: user.user_id}, at=NOW)

    assert "identity_blocked_at" in user_row(user.user_id)
    assert len(aws_fixture.items(DIRECTORY)) == before
