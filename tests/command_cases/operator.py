"""Cases of operators."""

from functools import partial

from shared.domain.policy.rate_limits import MIN_INTERVAL
from tests.command_cases.case import CommandCase, Given, Refusal, done
from tests.command_cases.effects import assert_user
from tests.factories import ACCOUNT, ADMINISTRATORS, OPEN_ACCOUNT, an_account, an_operator
from tests.invoke import call
from tests.proofs import movable_clock

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


CASES = (
    CommandCase(
        "open_account",
        OPEN_ACCOUNT,
        opening,
        status=201,
        refusals=(Refusal("opened_by_another", 409, "conflict", happens=_opened_by_another),),
    ),
    CommandCase("invite_administrator", ADMINISTRATORS, inviting_administrator, status=201),
    CommandCase("invite_administrator_again", ADMINISTRATORS, inviting_administrator_again, status=201),
)
