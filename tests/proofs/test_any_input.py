"""Arbitrary requests: no server error, no answer beside its schema, and no write unless it succeeds."""

import json
from itertools import islice
from typing import Any
from urllib.parse import unquote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core import NotSet

from tests.aws_recorder import Exchange, listening
from tests.command_cases import ROUTES
from tests.functions.contract import call, document, operation_of
from tests.invoke import Answer, SignedIn
from tests.leak_detection import Watch
from tests.proofs import corpora, snapshots
from tests.proofs.dynamodb_access import accesses
from tests.proofs.promises import PROMISES, is_release, tried
from tests.proofs.route_states import Parts, state_of

# The corpora make up the smaller part of the requests; each generated case is sent two or three times.
_EVERY = 1 if is_release() else 8
_CASES = 2 * PROMISES["bad input"].cases // (11 * len(ROUTES))
SCHEMA: Any = schemathesis.openapi.from_dict(document())


def _counts_as_a_try(answer: Answer) -> bool:
    """Whether the refusal is of a wrong security answer or password: these are counted (rule 18)."""
    reasons = {error.get("reason") for error in answer.body.get("errors", [])}
    return answer.code == "wrong_answer" or "wrong_password" in reasons


class InvalidRequests:
    """Sends requests into the state of one route, which is put back after each that has changed it."""

    def __init__(self, route: str) -> None:
        self.route, self.sent = route, 0
        self.statuses: dict[str, int] = {}
        self.state = state_of(route)
        self._before = snapshots.keep()
        self._effects: list[str] = []

    def send(self, parts: Parts) -> None:
        """Fails for an answer that the document does not describe, a server error, and a write on a refusal."""
        self._effects.clear()
        with listening(self._note):
            answer = call(self.route, **parts)
        self.sent += 1
        self.statuses[f"{answer.status}"] = self.statuses.get(f"{answer.status}", 0) + 1
        if answer.status >= 400 and not _counts_as_a_try(answer):
            assert self._effects == [], answer.text
        if self._effects:
            snapshots.put_back(self._before)

    def _note(self, exchange: Exchange) -> None:
        if exchange.took_effect and changes_something(exchange):
            self._effects.append(exchange.operation)


def changes_something(exchange: Exchange) -> bool:
    """Whether anything is other than before; a sign-in changes nothing of ours."""
    if exchange.service == "dynamodb":
        return any(access.is_write for access in accesses(exchange))
    return exchange.operation not in {"GenerateMac", "VerifyMac", "InitiateAuth", "AdminGetUser", "GetObject"}


def takes_anything(route: str) -> bool:
    """Whether anything in a request could be wrong."""
    operation = operation_of(route)
    return bool(operation["parameters"] or operation["security"])


@pytest.mark.parametrize("route", ROUTES)
def test_known_troublesome_values_break_nothing(route: str) -> None:
    requests = InvalidRequests(route)

    for parts in islice(corpora.requests(route, requests.state.request()), 0, None, _EVERY):
        requests.send(parts)

    tried("bad input", requests.sent, requests.statuses)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("route", [route for route in ROUTES if takes_anything(route)])
def test_generated_requests_break_nothing(route: str, mode: GenerationMode, watch: Watch) -> None:
    requests = InvalidRequests(route)
    method, path = route.split(" ")
    callers = list(requests.state.callers.values())

    @settings(
        max_examples=_CASES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(SCHEMA[path][method].as_strategy(generation_mode=mode), st.sampled_from(callers))
    def send(case: Case[Any], another: SignedIn) -> None:
        good = requests.state.request()
        requests.send(request(case, good["caller"], {}))
        requests.send(request(case, good["caller"], good))
        if good["caller"]:
            requests.send(request(case, another, good))

    send()
    watch.forget()  # A password that was generated may be any word, such as those that refusals and rows are made of.
    tried("bad input", requests.sent, requests.statuses)


def request(case: Case[Any], caller: SignedIn | None, good: Parts) -> Parts:
    """The generated case as API Gateway would hand it on; aimed with the ids and the link of a good request."""
    parts = {name: unquote(str(value)) for name, value in (case.path_parameters or {}).items()}
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
