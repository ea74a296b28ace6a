"""What must hold after a command, read from the tables alone."""

from collections.abc import Callable
from typing import Any

from shared.adapters.cognito import open_cognito
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture
from tests.factories import ACCOUNT, deliver_queued
from tests.proofs.snapshots import rows


def user_of(address: str, account_id: str = ACCOUNT) -> dict[str, Any]:
    """One user as stored."""
    [found] = [row for row in rows(DIRECTORY) if row.get("email") == address and row["pk"] == account_id]
    return found


def identity_of(address: str) -> dict[str, Any]:
    """One identity as stored."""
    [found] = [row for row in rows(IDENTITIES) if row.get("address") == address]
    return found


def assert_user(
    address: str, status: str, *entries: str, account_id: str = ACCOUNT, generation: int = 1, notified: int = 0
) -> None:
    """Assert a user's status and generation, all types of their journal entries, and how many others got a mail."""
    user = user_of(address, account_id)
    assert (user["status"], user["invitation"]["generation"]) == (status, generation)
    written = [row["type"] for row in rows(JOURNAL) if row.get("user_id") == user["user_id"]]
    assert sorted(written) == sorted(entries)
    assert sum(mail["kind"] == "notify" for mail in rows(MAIL)) == notified


def assert_signs_in(address: str, password: str, *, proven: bool = True) -> None:
    """Assert that the password signs in, and whether the mailbox is proven."""
    assert identity_of(address)["proven"] is proven
    assert open_cognito().sign_in(address, password), "the password does not sign in"


def nothing_changes() -> Callable[[], None]:
    """Send what is queued; the assertion that tables and bucket are then still the same."""
    deliver_queued()
    before = aws_fixture.everything()

    def assert_effect() -> None:
        assert aws_fixture.everything() == before

    return assert_effect
