"""What a command is to the proofs: how it is given, and given again when no answer came, and what must then be so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.adapters.cognito import open_cognito
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests.factories import ACCOUNT
from tests.invoke import Answer, wake
from tests.proofs.snapshots import rows

OTHER = "cd456"
LEE = "lee@example.org"
KEYED = {"idempotency-key": "one-and-the-same"}
BODY = {"first_name": "Lee", "last_name": "Sherron", "email": LEE, "groups": ["everyone"]}


@dataclass(frozen=True)
class Command:
    """`status` is the answer of a success; `assert_effect` holds once it was given, however often."""

    give: Callable[[], Answer]
    status: int
    assert_effect: Callable[[], None]


def user_of(address: str, account_id: str = ACCOUNT) -> dict[str, Any]:
    """One user as stored."""
    [found] = [row for row in rows(DIRECTORY) if row.get("email") == address and row["pk"] == account_id]
    return found


def assert_user(address: str, status: str, *entries: str, account_id: str = ACCOUNT, generation: int = 1) -> None:
    """Where a user stands, and all that the journal says of them."""
    user = user_of(address, account_id)
    assert (user["status"], user["invitation"]["generation"]) == (status, generation)
    told = [row["type"] for row in rows(JOURNAL) if row.get("user_id") == user["user_id"]]
    assert sorted(told) == sorted(entries)


def assert_signs_in(address: str, password: str, *, proven: bool = True) -> None:
    """The password is the person's, and the ID is as proven as it should be."""
    [identity] = [row for row in rows(IDENTITIES) if row["address"] == address]
    assert identity["proven"] is proven
    assert open_cognito().sign_in(address, password), "the password does not sign in"


def woken(name: str, event: dict[str, Any] | None = None) -> Answer:
    """A run that nobody waits for: 200 if all of it went well."""
    try:
        failures = (wake(name, event) or {}).get("batchItemFailures")
    except Exception as error:  # noqa: BLE001 (Lambda's part: the run has failed)
        return Answer(500, {}, type(error).__name__)
    return Answer(500 if failures else 200, {}, "")


def assert_invited(*, notified: int) -> None:
    """Lee is, and so many others were told."""
    assert_user(LEE, "invited", "user.invited")
    assert sum(mail["kind"] == "notify" for mail in rows(MAIL)) == notified
