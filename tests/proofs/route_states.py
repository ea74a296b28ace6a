"""For every route its plain case, beside all kinds of callers and a second account that must stay unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.operators import enroll
from shared.storage_schema import DIRECTORY
from tests.command_cases import PLAIN
from tests.command_cases.case import CommandCase, Given
from tests.command_cases.seats import asked
from tests.factories import (
    ACCOUNT,
    CREATE_GROUP,
    CREATE_TEAM,
    DEACTIVATE,
    PASSWORD,
    ActiveUser,
    a_user,
    an_account,
    an_operator,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, cached
from tests.invoke import SignedIn, call
from tests.logos import a_png, uploaded
from tests.proofs.snapshots import rows

Parts = dict[str, Any]


@dataclass(frozen=True)
class RouteState:
    """A case's state, and callers by kind: "its own" makes the good request."""

    case: CommandCase
    given: Given
    callers: Mapping[str, SignedIn | None]
    target: ActiveUser  # a plain user of the account
    foreigner: ActiveUser  # a user of the second account
    foreign_token: str  # of an invitation to the second account
    foreign_request: str  # the second account's, for seats
    foreign_group: str  # of the second account
    foreign_team: str  # of the second account
    foreign_upload: str  # an upload of the account's administrator

    def request(self, *, caller: str = "its own") -> Parts:
        """The good request without an Idempotency-Key, made by this kind of caller."""
        parts = {**self.given.parts, "caller": self.callers[caller]}
        return parts | ({"account_id": SECOND} if caller == "administrator elsewhere" and "account_id" in parts else {})

    def accounts_of(self, caller: str) -> set[str]:
        """The accounts that a kind of caller is an active user of."""
        known = self.callers[caller]
        users = [row for row in rows(DIRECTORY) if known and row.get("email") == known.username]
        return {str(row["pk"]) for row in users if row["status"] == "active"}


def state_of(route: str) -> RouteState:
    """The state of the route's plain case; arranged once in each process, and put back from then on."""
    return cached(("route", route), lambda: _arranged(PLAIN[route]))


def _arranged(case: CommandCase) -> RouteState:
    given = case.arrange()
    ann = given.ann or _administrator()
    zoe = an_account(SECOND, admin="zoe@example.org")
    target, leaver = (a_user(ann, f"{name}@example.org") for name in ("pat", "dan"))
    assert call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=leaver.user_id, body={}).status == 200
    callers = {
        "its own": given.parts.get("caller"),
        "administrator": ann.signed_in,
        "plain user": target.signed_in,
        "administrator elsewhere": zoe.signed_in,
        "operator": an_operator(),
        "stranger": SignedIn(
            "stranger@example.org", enroll("stranger@example.org", PASSWORD, first_name="Sam", last_name="Stranger")
        ),
        "deactivated": leaver.signed_in,
        "without identity": SignedIn("nobody@example.org", "no-sub"),
    }
    return RouteState(
        case,
        given,
        callers,
        target=target,
        foreigner=a_user(zoe, "fay@example.org", account_id=SECOND),
        foreign_token=token_for(invited(zoe, "gil@example.org", account_id=SECOND)),
        foreign_request=asked(zoe, account_id=SECOND)["request_id"],
        foreign_group=_foreign(zoe, CREATE_GROUP, "group_id"),
        foreign_team=_foreign(zoe, CREATE_TEAM, "team_id"),
        foreign_upload=uploaded(zoe.signed_in, a_png()),
    )


def _foreign(by: ActiveUser, route: str, name: str) -> str:
    """Something that the second account's administrator creates, by its id."""
    return str(call(route, caller=by.signed_in, account_id=SECOND, body={"name": "Theirs"}).body[name])


def _administrator() -> ActiveUser:
    """The first account's, which is opened unless it is there."""
    found = [row for row in rows(DIRECTORY) if row["pk"] == ACCOUNT and row.get("email") == "ann@example.org"]
    return ActiveUser(found[0]["user_id"], "ann@example.org", signed_in("ann@example.org")) if found else an_account()
