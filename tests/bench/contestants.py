"""The programs that are run in processes of their own: each function of the API, the yardstick, a peer, the floor."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from infra.catalog import CATALOG
from tests import aws_fixture
from tests.bench import staging
from tests.bench.aws_stub import Conversation, Recorded
from tests.bench.metering import metered
from tests.bench.processes import ALL_AUTHORITIES, Program
from tests.bench.write_units import snapshot
from tests.command_cases import plain_case_of
from tests.invoke import Context, event, handler_of

API = tuple(function.name for function in CATALOG if function.routes)
SLOW = "accept"


def prepared(function: str) -> dict[str, Any]:
    """Return the event of the function's plain case, in an emulated AWS of its own."""
    aws_fixture.reset()
    case = plain_case_of(function)
    return case.event(case.arrange())


def _one_item() -> Conversation:
    """A user's item, so that the yardstick has as much to parse."""
    prepared("deactivate")
    item = next(item for item in snapshot().values() if "email" in item)
    read, written = (
        [Recorded(200, "application/x-amz-json-1.0", json.dumps(answer).encode())] for answer in ({"Item": item}, {})
    )
    return {"GetItem": read, "PutItem": written, "UpdateItem": written}


@dataclass(frozen=True)
class Folders:
    """What all programs share."""

    runtime: Path
    stock: Path
    typical: Path
    programs: Path

    @classmethod
    def made(cls) -> "Folders":
        """Copied and compiled again."""
        staging.clean_stage()
        return cls(
            staging.runtime_folder(), staging.stock_folder(), staging.typical_folder(), staging.programs_folder()
        )

    def yardstick(self) -> Program:
        """One call with stock boto3."""
        order = [self.programs, self.runtime, self.stock]
        return Program("stock boto3", "stock.lambda_handler", order, event("GET /orders"), _one_item())

    def page_of(self, lister: Program) -> Program:
        """What a function that lists reads, with stock boto3."""
        order = [self.programs, self.runtime, self.stock]
        request = event("GET /orders")
        return Program("stock boto3, a page", "stock_page.lambda_handler", order, request, lister.conversation)

    def peer(self) -> Program:
        """Powertools' validating resolver with idempotency."""
        order = [self.programs, self.typical, self.runtime, self.stock]
        request = event("POST /orders", body={"name": "tea", "amount": 2})
        return Program("typical Powertools", "typical.lambda_handler", order, request, _one_item())

    def floor(self) -> Program:
        """A socket and TLS."""
        order = [self.programs, self.runtime]
        return Program("raw socket", "socket_only.lambda_handler", order, event("GET /orders"), _one_item())

    def function(self, name: str) -> Program:
        """One function as it is deployed, with what AWS answers to its plain case."""
        request = prepared(name)
        with metered() as calls:
            answer = handler_of(name)(request, Context())
        assert answer["statusCode"] in range(200, 300), f"{name}: {answer['body']}"
        order = [staging.zip_folder(name), staging.LAYER, self.runtime]
        trusted = staging.AMAZONS_AUTHORITIES if staging.AMAZONS_AUTHORITIES.exists() else ALL_AUTHORITIES
        handler = f"functions.{name}.handler.lambda_handler"
        return Program(name, handler, order, request, calls.conversation, trusted)

    def functions(self) -> Sequence[Program]:
        """All of the API; that which hashes slowly on purpose is there a second time, without that."""
        found = [self.function(name) for name in API]
        [slow] = [program for program in found if program.name == SLOW]
        folders = [*slow.folders, self.programs]
        return [
            *found,
            replace(slow, name=f"{SLOW} but for its hash", handler="hashless.lambda_handler", folders=folders),
        ]
