"""Cases of operators who block identities."""

from functools import partial
from typing import Any

from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.command_cases.case import CommandCase, Cost, Given, Refusal, done
from tests.command_cases.effects import LEE, identity_of
from tests.factories import BLOCK_IDENTITY, UNBLOCK_IDENTITY, a_user, an_account, an_operator
from tests.invoke import call
from tests.proofs.snapshots import rows


def blocking() -> Given:
    ann = an_account()
    a_user(ann)
    effect = partial(assert_identity, "identity.blocked", blocked=True)
    return Given({"caller": an_operator(), "email": LEE, "body": {}}, effect, ann=ann)


def unblocking() -> Given:
    given = blocking()
    done(call(BLOCK_IDENTITY, **given.parts))
    effect = partial(assert_identity, "identity.blocked", "identity.unblocked", blocked=False)
    return Given(given.parts, effect, ann=given.ann)


def assert_identity(*entries: str, blocked: bool) -> None:
    """Assert that Lee's identity and sign-in are blocked or not, and which entries tell it."""
    written = [row["type"] for row in rows(JOURNAL) if row["type"].startswith("identity.")]
    assert (identity_of(LEE)["blocked"], sorted(written)) == (blocked, sorted(entries))
    assert sign_in()["Enabled"] is not blocked


def sign_in(address: str = LEE) -> dict[str, Any]:
    """The Cognito user of an address."""
    found: dict[str, Any] = aws_fixture.cognito.admin_get_user(UserPoolId=aws_fixture.USER_POOL_ID, Username=address)
    return found


def _of_nobody(given: Given) -> dict[str, Any]:
    return {**given.parts, "email": "nobody@example.org"}


def _own(given: Given) -> dict[str, Any]:
    return {**given.parts, "email": given.parts["caller"].username}


CASES = (
    CommandCase(
        "block_identity",
        BLOCK_IDENTITY,
        blocking,
        cost=Cost.SMALL_CHANGE,
        refusals=(
            Refusal("without_identity", 404, "not_found", changed=_of_nobody),
            Refusal("own", 409, "cannot_act_on_self", changed=_own),
        ),
    ),
    CommandCase("unblock_identity", UNBLOCK_IDENTITY, unblocking, cost=Cost.SMALL_CHANGE),
)
