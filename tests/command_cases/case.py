"""The description of one command that every matrix of the tests reads.

A case says how a command is called, which state it needs first, what must hold afterwards and what may refuse it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from infra.catalog import CATALOG
from tests.factories import ACCOUNT, DEACTIVATE, ActiveUser, a_user, an_account
from tests.invoke import Answer, call, event, function_of, wake

Parts = Mapping[str, Any]
KEYED = {"idempotency-key": "one-and-the-same"}


class Cost(Enum):
    """The budget of a command in requests and written items."""

    CHANGE = "at most one read, one transaction of seven items, and six units for indexes"
    SMALL_CHANGE = "as many requests and index entries as it needs, but at most seven items"
    UNBOUNDED = "as many requests and items as it needs"
    READ = "writes no item in a transaction"


@dataclass(frozen=True)
class Given:
    """The state of a case as it stands: `parts` are those of the request, or the event that invokes a function.

    Ann is an administrator of the account who can act on everyone else, Bob the administrator who calls or invites.
    """

    parts: Parts
    assert_effect: Callable[[], object]  # raises AssertionError unless the effect is there, exactly once
    ann: ActiveUser | None = None
    bob: ActiveUser | None = None
    user: Parts = field(default_factory=dict)  # the target, as the API shows it; at least its user_id

    @property
    def token(self) -> str:
        """Return the link's token in the body, or an empty text."""
        return str((self.parts.get("body") or {}).get("token", ""))


@dataclass(frozen=True)
class RefusedCase:
    """A reason to refuse the command: something that `happens` before its write, or a `changed` request.

    `arrange` replaces the state of the case. `decided` is the number of AWS calls between the last look at the clock
    and the write.
    """

    name: str
    status: int
    code: str
    happens: Callable[[Given], object] | None = None
    changed: Callable[[Given], Parts] | None = None
    arrange: Callable[[], Given] | None = None
    decided: int = 0


@dataclass(frozen=True)
class CommandCase:
    """One way to call a route or to invoke a function of the catalogue; the first case of a target is its plain one."""

    name: str
    target: str  # a route, or the name of a function that is woken
    arrange: Callable[[], Given]
    status: int = 200
    keyed: bool = True  # sent with an Idempotency-Key
    cost: Cost = Cost.CHANGE
    extra_mails: int = 0  # beyond the one that a change sends
    refusals: tuple[RefusedCase, ...] = ()

    @property
    def is_route(self) -> bool:
        return " " in self.target

    @property
    def function(self) -> str:
        """Return the function's name in the catalogue."""
        return function_of(self.target).name if self.is_route else self.target

    def request(self, given: Given, **changes: Any) -> dict[str, Any]:
        """Return the parts of a good request, as `tests.invoke.call` takes them."""
        headers = {"headers": KEYED} if self.keyed else {}
        return {**headers, **given.parts, **changes}

    def event(self, given: Given) -> dict[str, Any]:
        """Return the event of API Gateway for a good request without an Idempotency-Key."""
        return event(self.target, **given.parts)

    def run(self, given: Given, **changes: Any) -> Answer:
        """Call the route or invoke the function. A run that failed or asks for a retry answers 500."""
        if self.is_route:
            return call(self.target, **self.request(given, **changes))
        try:
            failures = (wake(self.target, given.parts.get("event")) or {}).get("batchItemFailures")
        except Exception as error:  # noqa: BLE001 (as Lambda does: the run has failed)
            return Answer(500, {}, type(error).__name__)
        return Answer(500 if failures else 200, {}, "")


def targets() -> set[str]:
    """Return what needs a case: every route of the catalogue and every function that runs on events."""
    routes = {route for function in CATALOG for route in function.routes} - {"$default"}
    return routes | {function.name for function in CATALOG if function.is_async}


def two_administrators(*, seats: int = 10) -> tuple[ActiveUser, ActiveUser]:
    """Open an account with two administrators, and return them: Ann and Bob."""
    ann = an_account(seats=seats)
    return ann, a_user(ann, "bob@example.org", admin=True)


def by_bob(
    people: tuple[ActiveUser, ActiveUser],
    assert_effect: Callable[[], object],
    *,
    user: Parts | None = None,
    **parts: Any,
) -> Given:
    """Return a request of Bob's in the account, about a user if one is given."""
    ann, bob = people
    ids = {"account_id": ACCOUNT} | ({"user_id": user["user_id"]} if user else {})
    return Given({"caller": bob.signed_in, **ids, **parts}, assert_effect, ann=ann, bob=bob, user=user or {})


def by_ann(given: Given, route: str, *, user_id: str = "", body: object = None) -> Answer:
    """Send a request of Ann's in the account, about the case's user unless another is given; fails if it is refused."""
    assert given.ann
    parts: dict[str, Any] = {"caller": given.ann.signed_in, "account_id": ACCOUNT, "body": body or {}}
    if "{user_id}" in route:
        parts["user_id"] = user_id or given.user["user_id"]
    return done(call(route, **parts))


def done(answer: Answer) -> Answer:
    """Return the answer; fails if it is a refusal."""
    assert answer.status < 300, answer.text
    return answer


def caller_is_deactivated(given: Given) -> None:
    assert given.bob
    by_ann(given, DEACTIVATE, user_id=given.bob.user_id)


CALLER_DEACTIVATED = RefusedCase("caller_deactivated", 404, "not_found", happens=caller_is_deactivated)
