"""Requests that nobody thought of: no server error, no answer beside its schema, and no write unless it succeeds."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core import NotSet

from tests.calls import SignedIn
from tests.functions.contract import call, document
from tests.proofs import corpora, snapshots
from tests.proofs.every_route import ROUTES, Parts, Scene, caller_of, parts_of, scene
from tests.proofs.promises import PROMISES, tried
from tests.proofs.touches import touches
from tests.wire import Exchange, listening

# The corpora try as many as there are places for them; what is generated makes up the rest.
_FROM_CORPORA = 2_000
_EXAMPLES = -(-(PROMISES["bad input"].cases - _FROM_CORPORA) // (2 * len(ROUTES)))
SCHEMA: Any = schemathesis.openapi.from_dict(document())


class Trial:
    """Sends requests into one scene, which is put back after each that has changed it."""

    def __init__(self, route: str) -> None:
        self.route, self.sent = route, 0
        self.statuses: dict[str, int] = {}
        self.there = scene()
        self._before = snapshots.keep()
        self._effects: list[str] = []

    def send(self, parts: Parts) -> None:
        """Fails for an answer that the document does not describe, a server error, and a write on a refusal."""
        self._effects.clear()
        with listening(self._note):
            answer = call(self.route, **parts)
        self.sent += 1
        self.statuses[f"{answer.status}"] = self.statuses.get(f"{answer.status}", 0) + 1
        if answer.status >= 400:
            assert self._effects == [], answer.text
        if self._effects:
            snapshots.put_back(self._before)

    def _note(self, exchange: Exchange) -> None:
        if exchange.took_effect and changes_something(exchange):
            self._effects.append(exchange.operation)


def changes_something(exchange: Exchange) -> bool:
    """Whether anything is other than before; that somebody signs in changes nothing of ours."""
    if exchange.service == "dynamodb":
        return any(touch.is_write for touch in touches(exchange))
    return exchange.operation not in {"GenerateMac", "VerifyMac", "InitiateAuth", "AdminGetUser"}


@pytest.mark.parametrize("route", ROUTES)
def test_values_that_have_broken_programs_break_nothing_anywhere(route: str) -> None:
    trial = Trial(route)

    for parts in corpora.requests(route, trial.there):
        trial.send(parts)

    tried("bad input", trial.sent, trial.statuses)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("route", ROUTES)
def test_no_request_that_can_be_generated_breaks_anything(route: str, mode: GenerationMode) -> None:
    trial = Trial(route)
    method, path = route.split(" ")

    @settings(
        max_examples=_EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(SCHEMA[path][method].as_strategy(generation_mode=mode), st.sampled_from(callers(route, trial.there)), st.booleans())
    def send(case: Case, caller: SignedIn | None, is_aimed: bool) -> None:
        trial.send(request(case, caller, parts_of(route, trial.there) if is_aimed else {}))

    send()
    tried("bad input", trial.sent, trial.statuses)


def callers(route: str, there: Scene) -> list[SignedIn | None]:
    """Everybody, and half of the time whoever usually calls."""
    usual = caller_of(route)
    return [there.callers[usual], *there.callers.values()] if usual else [None]


def request(case: Case, caller: SignedIn | None, good: Parts) -> Parts:
    """The generated case as API Gateway would hand it on; aimed with the ids and the link of a good request."""
    parts = {name: str(value) for name, value in (case.path_parameters or {}).items()}
    parts |= {name: value for name, value in good.items() if name in parts}
    made: Parts = parts | {"caller": caller}
    made["headers"] = {name.lower(): str(value) for name, value in (case.headers or {}).items()}
    made["query"] = {str(name): as_text(value) for name, value in (case.query or {}).items()}
    if isinstance(case.body, bytes):
        made["raw"] = case.body.decode("latin-1")
    elif not isinstance(case.body, NotSet):
        token = {"token": good["body"]["token"]} if "token" in good.get("body", {}) else {}
        made["raw"] = json.dumps(case.body | token if isinstance(case.body, dict) else case.body)
    return made


def as_text(value: object) -> str:
    """A value of the query: what is repeated comes joined by commas."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
