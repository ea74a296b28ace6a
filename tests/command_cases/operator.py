"""Cases of operators."""

from functools import partial
from typing import Any

from shared.domain.policy.rate_limits import MIN_INTERVAL
from shared.storage_schema import DIRECTORY, JOURNAL
from tests.command_cases.case import CommandCase, Cost, Given, RefusedCase, done
from tests.command_cases.effects import assert_user, nothing_changes
from tests.command_cases.seats import asked
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    GET_ANY_ACCOUNT,
    LIST_ACCOUNTS,
    OPEN_ACCOUNT,
    RESUME,
    SUSPEND,
    an_account,
    an_operator,
)
from tests.invoke import call
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows

OPENED = "nn100"
ADMIN = {"first_name": "Nora", "last_name": "Newman", "email": "nora@example.org"}


def opening() -> Given:
    body = {"account_id": OPENED, "name": "New", "seats": 3, "admin": ADMIN}
    effect = partial(assert_user, ADMIN["email"], "invited", "user.invited", account_id=OPENED)
    return Given({"caller": an_operator(), "body": body}, effect)


def _opened_by_another(given: Given) -> None:
    done(call(OPEN_ACCOUNT, caller=given.parts["caller"], body=given.parts["body"]))


def inviting_administrator() -> Given:
    ann = an_account()
    effect = partial(assert_user, ADMIN["email"], "invited", "user.invited")
    return Given({"caller": an_operator(), "account_id": ACCOUNT, "body": ADMIN}, effect, ann=ann)


def inviting_administrator_again() -> Given:
    with movable_clock.ago(MIN_INTERVAL):
        given = inviting_administrator()
        done(call(ADMINISTRATORS, **given.parts))
    effect = partial(assert_user, ADMIN["email"], "invited", "user.invited", "invitation.resent", generation=2)
    return Given(given.parts, effect)


def suspending() -> Given:
    ann = an_account()
    return Given({"caller": an_operator(), "account_id": ACCOUNT}, partial(assert_account, "suspended", 1), ann=ann)


def resuming() -> Given:
    ann = an_account()
    parts: dict[str, Any] = {"caller": an_operator(), "account_id": ACCOUNT}
    done(call(SUSPEND, **parts))
    return Given(parts, partial(assert_account, "active", 2), ann=ann)


def resuming_active() -> Given:
    ann = an_account()
    return Given({"caller": an_operator(), "account_id": ACCOUNT}, partial(assert_account, "active", 0), ann=ann)


def assert_account(status: str, entries: int) -> None:
    """Assert the account's status, and how many times it was changed."""
    [account] = [row for row in rows(DIRECTORY) if row["sk"] == "account"]
    written = [row["type"] for row in rows(JOURNAL) if row["type"].startswith("account.")]
    assert (account["status"], len(written)) == (status, 1 + entries)


def reading_account() -> Given:
    given = suspending()
    assert given.ann
    asked(given.ann)
    return Given(given.parts, nothing_changes(), ann=given.ann)


def listing_accounts() -> Given:
    ann = an_account()
    return Given({"caller": an_operator(), "query": {"search": ACCOUNT}}, nothing_changes(), ann=ann)


CASES = (
    CommandCase(
        "open_account",
        OPEN_ACCOUNT,
        opening,
        status=201,
        cost=Cost.UNBOUNDED,  # An account has entries of the search index.
        refusals=(RefusedCase("opened_by_another", 409, "conflict", happens=_opened_by_another),),
    ),
    CommandCase("suspend", SUSPEND, suspending),
    CommandCase("resume_active", RESUME, resuming_active),
    CommandCase("resume", RESUME, resuming),
    CommandCase("list_accounts", LIST_ACCOUNTS, listing_accounts, keyed=False, cost=Cost.READ),
    CommandCase("any_account", GET_ANY_ACCOUNT, reading_account, keyed=False, cost=Cost.READ),
    CommandCase("invite_administrator", ADMINISTRATORS, inviting_administrator, status=201),
    CommandCase("invite_administrator_again", ADMINISTRATORS, inviting_administrator_again, status=201),
)
