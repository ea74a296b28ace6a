"""The last seats are given away once while everything that moves seats happens at the same moment (rules 5 and 26)."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from tests.factories import invitation
from tests.invoke import Answer
from tests.journeys.api import ApiClient
from tests.journeys.awaiting import awaited
from tests.journeys.crowds import at_once, rounds_of
from tests.journeys.emulator import Emulator
from tests.journeys.people import People, an_address
from tests.journeys.seat_history import SeatHistory, SeatsThen
from tests.proofs.promises import is_release

SUITE = "seat races"
TIMES = 4 if is_release() else 1
# Of 16 clients. Before a release there are 64: two cores that do other things as well could not serve them in time.
CLIENTS = {"invite": 8, "batch": 1, "buy": 1, "give back": 1, "cut": 2, "revoke": 2, "sweep": 1}
LEFT, LEAVING, DUE = 3, 2 * TIMES, TIMES  # Seats that are free; invitations to be revoked; those whose time has come.
LIMIT = 1 + LEAVING + DUE + LEFT
CUTS = [max(1, LIMIT + change) for change in (-3, 2, -7, -4, -1, 4, 0, 1)]
SEATED = {"invited", "active", "blocked"}
NOTHING_DONE = {(409, "conflict"), (503, "busy")}
NO_SEAT = (409, "no_seat_available")
REFUSED = {
    "invite": {*NOTHING_DONE, NO_SEAT},
    "batch": {*NOTHING_DONE, NO_SEAT},
    "buy": NOTHING_DONE,
    "give back": {*NOTHING_DONE, (422, "invalid_request")},
    "cut": NOTHING_DONE,
    "revoke": NOTHING_DONE,
    "sweep": NOTHING_DONE,
}


Request = Callable[[], Answer]
STEP = 8  # How many processes of functions the emulator starts at once.


class Race(NamedTuple):
    """What each kind of request was answered, and the seats after each write."""

    answers: list[tuple[str, Answer]]
    history: list[SeatsThen]

    def of(self, kind: str) -> list[Answer]:
        """Return the successes of one kind."""
        return [answer for name, answer in self.answers if name == kind and answer.status < 400]


def batch_of(number: int) -> dict[str, Any]:
    return {"users": [invitation(an_address()) for _ in range(number)]}


def invited_by(race: Race) -> set[str]:
    """Return the ids of all users who were answered to be invited."""
    single = {answer.body["user_id"] for answer in race.of("invite")}
    results = [result for answer in race.of("batch") for result in answer.body["results"]]
    return single | {result["user"]["user_id"] for result in results if result["outcome"] == "invited"}


class Crowd:
    """One account with few seats, and all that its people, staff and schedules ask for at once."""

    def __init__(self, people: People, api: ApiClient, emulator: Emulator) -> None:
        self._people, self._api, self._emulator = people, api, emulator
        self.ann = people.an_account(seats=LIMIT)
        answer = api.post(self.ann.path("/users/batch"), batch_of(LEAVING + DUE), token=self.ann.token)
        assert answer.status == 200, answer.text
        pending = [result["user"] for result in answer.body["results"]]
        self.leaving, self.due = pending[:LEAVING], pending[LEAVING:]
        for user in self.due:
            emulator.let_time_pass(user, days=8)
        self._staff = people.operator_token()
        self._functions = emulator.client("lambda")

    def warm_up(self) -> None:
        """Have the emulator start a process for each request of a race, some at a time, with requests without effect.

        It starts one for each request that finds none idle, and keeps them for minutes: all at once would take so long
        on two cores that requests time out.
        """
        nobody = f"/users/{'n' * 26}/revoke"
        alike: list[tuple[int, Request]] = [
            (9 * TIMES, partial(self._ask, "/users/batch", batch_of(60) | {"dry_run": True})),
            (4 * TIMES, partial(self._set, LIMIT)),
            (2 * TIMES, partial(self._ask, nobody, {})),
            (TIMES, self.sweep),
        ]
        for most, call in alike:
            for number in range(min(most, STEP), most + 1, STEP):
                at_once([call] * number)

    def race(self) -> Race:
        """Send everything at once."""
        kinds: dict[str, Callable[[int], Request]] = {
            "invite": lambda _: partial(self._people.try_invite, self.ann, an_address()),
            "batch": lambda _: partial(self._ask, "/users/batch", batch_of(3)),
            "buy": lambda _: partial(self._ask_for_seats, "purchase", 2),
            "give back": lambda _: partial(self._ask_for_seats, "return", 1),
            "cut": lambda number: partial(self._set, CUTS[number]),
            "revoke": lambda number: partial(self._ask, f"/users/{self.leaving[number]['user_id']}/revoke", {}),
            "sweep": lambda _: self.sweep,
        }
        calls = [(kind, kinds[kind](number)) for kind, clients in CLIENTS.items() for number in range(clients * TIMES)]
        random.shuffle(calls)
        history = SeatHistory(self._emulator, self.ann.account_id)
        answers = at_once([call for _, call in calls])
        return Race([(name, answer) for (name, _), answer in zip(calls, answers, strict=True)], history.read())

    def sweep(self) -> Answer:
        """Run the schedule of every minute; one that others held up all the time fails, and the next run goes on."""
        name = self._emulator.function("expire")
        answer = self._functions.invoke(FunctionName=name, Payload=b'{"every": "minute"}')
        failed = "FunctionError" in answer
        return Answer(503 if failed else 200, {}, '{"code": "busy"}' if failed else "{}")

    def rows(self) -> list[dict[str, Any]]:
        """Return the users of the account as they are stored."""
        rows = self._emulator.rows("directory")
        return [row for row in rows if row["pk"] == self.ann.account_id and row["sk"].startswith("user#")]

    def entries(self) -> list[dict[str, Any]]:
        """Return the journal of the account in the order of its ids."""
        rows = [row for row in self._emulator.rows("journal") if row["pk"] == self.ann.account_id]
        return sorted(rows, key=lambda row: str(row["entry_id"]))

    def wait_until_sent(self) -> None:
        """Wait until no mail of the account is left to send: other tests share the processes that send them."""
        awaited(lambda: not [mail for mail in self._mails() if mail["state"] == "queued"], what="the mails of a race")

    def seats(self) -> dict[str, int]:
        """Return the seats as an administrator sees them."""
        return dict(self._api.get(self.ann.path(), token=self.ann.token).body["seats"])

    def _mails(self) -> list[dict[str, Any]]:
        return [mail for mail in self._emulator.rows("mail") if mail.get("account_id") == self.ann.account_id]

    def _ask(self, path: str, body: dict[str, Any]) -> Answer:
        return self._api.post(self.ann.path(path), body, token=self.ann.token)

    def _ask_for_seats(self, kind: str, quantity: int) -> Answer:
        return self._ask("/seats/requests", {"kind": kind, "quantity": quantity})

    def _set(self, purchased: int) -> Answer:
        path = f"/v1/operator/accounts/{self.ann.account_id}/seats"
        return self._api.request("PUT", path, {"purchased": purchased, "granted": 0}, token=self._staff)


def test_the_last_seats_are_taken_once_whatever_else_moves_them(
    people: People, api: ApiClient, emulator: Emulator
) -> None:
    met: Counter[str] = Counter()
    Crowd(people, api, emulator).warm_up()
    for _ in rounds_of(SUITE):
        crowd = Crowd(people, api, emulator)

        race = crowd.race()
        crowd.sweep()

        assert_answers(race)
        assert_history(race)
        assert_state(crowd, race)
        crowd.wait_until_sent()
        met.update(name for name, answer in race.answers if answer.status < 400)
    never = {name for name in REFUSED if not met[name]}
    assert not never if is_release() else "invite" not in never, f"never accepted: {met}"


def assert_answers(race: Race) -> None:
    """Assert that each answer is a success or one of the documented refusals of its kind."""
    refused = {(name, (answer.status, answer.code)) for name, answer in race.answers if answer.status >= 400}
    allowed = {(name, refusal) for name, refusals in REFUSED.items() for refusal in refusals}
    assert refused <= allowed, f"unexpected refusals: {refused - allowed}"


def assert_history(race: Race) -> None:
    """Assert that no write took a seat that was not free at that moment, and that what is available is the rest."""
    assert race.history, "the stream tells nothing"
    for before, after in pairwise(race.history):
        assert after.used <= before.used or after.used <= after.limit, f"a seat was taken at {before} that is not there"
    assert all(then.available == then.limit - then.used for then in race.history)


def assert_state(crowd: Crowd, race: Race) -> None:
    """Assert that counter, users, journal and answers agree."""
    statuses = {row["user_id"]: row["status"] for row in crowd.rows()}
    seats, entries = crowd.seats(), crowd.entries()
    used = sum(status in SEATED for status in statuses.values())
    limit = race.history[-1].limit
    assert seats == {"limit": limit, "used": used, "available": max(0, limit - used)}
    assert {statuses[user["user_id"]] for user in crowd.due} == {"expired"}
    invited = invited_by(race)
    before = {crowd.ann.user_id, *(user["user_id"] for user in (*crowd.leaving, *crowd.due))}
    assert statuses.keys() == before | invited, "someone was invited without an answer, or answered and not invited"
    written = Counter(entry["type"] for entry in entries)
    assert written["user.invited"] == len(statuses)
    assert written["invitation.revoked"] == len(race.of("revoke"))
    assert written["invitation.expired"] == DUE
    assert written["seats.approved"] == len(race.of("buy"))
    assert written["seats.returned"] == len(race.of("give back"))
