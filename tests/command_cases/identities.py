"""Cases of operators who block and erase identities."""

from datetime import timedelta
from functools import partial
from typing import Any

from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, RECORDS
from tests import aws_fixture
from tests.command_cases.case import CommandCase, Cost, Given, RefusedCase, done
from tests.command_cases.effects import identity_of
from tests.command_cases.records import put
from tests.factories import (
    ACCOUNT,
    BLOCK_IDENTITY,
    ERASE_IDENTITY,
    LEE_ADDRESS,
    PROFILE,
    UNBLOCK_IDENTITY,
    ActiveUser,
    a_user,
    an_account,
    an_operator,
    invited,
)
from tests.functions.faults import refusing
from tests.invoke import call
from tests.logos import a_png, served, uploaded
from tests.proofs import movable_clock
from tests.proofs.snapshots import rows, sign_ins


def blocking() -> Given:
    ann = an_account()
    a_user(ann)
    effect = partial(assert_identity, "identity.blocked", blocked=True)
    return Given({"caller": an_operator(), "email": LEE_ADDRESS, "body": {}}, effect, ann=ann)


def unblocking() -> Given:
    given = blocking()
    done(call(BLOCK_IDENTITY, **given.parts))
    effect = partial(assert_identity, "identity.blocked", "identity.unblocked", blocked=False)
    return Given(given.parts, effect, ann=given.ann)


def erasing(*, has_logo: bool = False, owns: bool = False) -> Given:
    ann = an_account()
    lee = a_user(ann)
    if has_logo:
        done(call(PROFILE, caller=lee.signed_in, body={"logo": uploaded(lee.signed_in, a_png())}))
    if owns:
        put(ann, "contact", "c-1", lee)
        put(ann, "task", "t-1", lee, "completed")
    return Given({"caller": an_operator(), "email": LEE_ADDRESS, "body": {}}, partial(assert_erased, lee), ann=ann)


def erasing_invited() -> Given:
    ann = an_account()
    kim = invited(ann, "kim@example.org")
    effect = partial(_assert_tombstone, kim["user_id"], "user.invited", "user.erased")
    return Given({"caller": an_operator(), "email": "kim@example.org", "body": {}}, effect, ann=ann)


def finishing_erasure() -> Given:
    """An erasing that came no further than the tombstone of the identity, a while ago."""
    with movable_clock.ago(timedelta(minutes=2)):
        given = erasing(has_logo=True, owns=True)
        with refusing("cognito-idp", "AdminDeleteUser", "TooManyRequestsException"):
            assert call(ERASE_IDENTITY, **given.parts).status == 503

    def assert_effect() -> None:
        given.assert_effect()
        assert not any(row["sk"] == "erasure" for row in rows(DIRECTORY))

    return Given({}, assert_effect)


def assert_erased(person: ActiveUser) -> None:
    """Assert that tombstones stand in the place of the person's identity and user, and the sign-in is deleted."""
    _assert_tombstone(person.user_id, "user.invited", "user.joined", "user.erased")
    assert [row["erasures"] for row in rows(IDENTITIES) if "erased_at" in row] == [1]
    assert (person.address in sign_ins(), served()) == (False, {})
    assert person.address not in str([list(rows(DIRECTORY)), list(rows(IDENTITIES))])
    ordered = [row["removes"] for row in rows(DIRECTORY) if row["sk"].startswith("job#")]
    assert ordered == [["task"] for row in rows(RECORDS) if row["sk"] == "record#task#t-1"]


def _assert_tombstone(user_id: str, *entries: str) -> None:
    [user] = [row for row in rows(DIRECTORY) if row.get("user_id") == user_id and row["pk"] == ACCOUNT]
    assert ("erased_at" in user, user["status"], user["email"]) == (True, "removed", "")
    assert sorted(row["type"] for row in rows(JOURNAL) if row.get("user_id") == user_id) == sorted(entries)


def assert_identity(*entries: str, blocked: bool) -> None:
    """Assert that Lee's identity and sign-in are blocked or not, and which entries tell it."""
    written = [row["type"] for row in rows(JOURNAL) if row["type"].startswith("identity.")]
    assert (identity_of(LEE_ADDRESS)["blocked"], sorted(written)) == (blocked, sorted(entries))
    assert sign_in()["Enabled"] is not blocked


def sign_in(address: str = LEE_ADDRESS) -> dict[str, Any]:
    """The Cognito user of an address."""
    found: dict[str, Any] = aws_fixture.cognito.admin_get_user(UserPoolId=aws_fixture.USER_POOL_ID, Username=address)
    return found


def _of_nobody(given: Given) -> dict[str, Any]:
    return {**given.parts, "email": "nobody@example.org"}


def _own(given: Given) -> dict[str, Any]:
    return {**given.parts, "email": given.parts["caller"].username}


def _of_last_admin(given: Given) -> dict[str, Any]:
    return {**given.parts, "email": "ann@example.org"}


# An erasing is a transaction for the ID and one for each account that the ID is in, with an order to remove tasks.
CASES = (
    CommandCase(
        "block_identity",
        BLOCK_IDENTITY,
        blocking,
        cost=Cost.SMALL_CHANGE,
        refusals=(
            RefusedCase("without_identity", 404, "not_found", changed=_of_nobody),
            RefusedCase("own", 409, "cannot_act_on_self", changed=_own),
        ),
    ),
    CommandCase("unblock_identity", UNBLOCK_IDENTITY, unblocking, cost=Cost.SMALL_CHANGE),
    CommandCase(
        "erase_identity",
        ERASE_IDENTITY,
        erasing,
        cost=Cost.UNBOUNDED,
        refusals=(
            RefusedCase("without_identity", 404, "not_found", changed=_of_nobody),
            RefusedCase("own", 409, "cannot_act_on_self", changed=_own),
            RefusedCase("last_admin", 409, "last_admin", changed=_of_last_admin),
        ),
    ),
    CommandCase("erase_logo", ERASE_IDENTITY, partial(erasing, has_logo=True), cost=Cost.UNBOUNDED),
    CommandCase("erase_owner", ERASE_IDENTITY, partial(erasing, owns=True), cost=Cost.UNBOUNDED),
    CommandCase("erase_invited", ERASE_IDENTITY, erasing_invited, cost=Cost.UNBOUNDED),
    CommandCase("finish_erasures", "finish_erasures", finishing_erasure, cost=Cost.SMALL_CHANGE),
)
