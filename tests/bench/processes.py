"""Functions in processes of their own, under the real runtime client."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import botocore

from infra import build_layer
from shared.settings import VARIABLES
from tests import aws_fixture
from tests.bench.aws_stub import AwsStub, Conversation
from tests.bench.runtime_api import RuntimeApi
from tests.bench.staging import LAYER

ALL_AUTHORITIES = Path(botocore.__file__).with_name("cacert.pem")


@dataclass(frozen=True, eq=False)
class Program:
    """A handler, the folders in which Python looks for it and its libraries, and one request with AWS's answers."""

    name: str
    handler: str
    folders: Sequence[Path]  # the zip's first, then the layer's, then what AWS brings
    event: dict[str, Any]
    conversation: Conversation
    authorities: Path = ALL_AUTHORITIES  # that it trusts


class Bench:
    """Runs programs one at a time."""

    def __init__(self, folder: Path) -> None:
        self.aws = AwsStub(folder)

    def cold(self, program: Program) -> float:
        """CPU seconds from the start of a process until its first request is answered."""
        with self._started(program) as runtime_api:
            used, _ = self._invoke(program, runtime_api)
        return used

    def warm(self, program: Program, *, before: int, requests: int) -> tuple[float, float]:
        """CPU seconds and requests to AWS for each request, once the process has answered some."""
        with self._started(program) as runtime_api:
            for _ in range(before):
                began, _calls = self._invoke(program, runtime_api)
            for _ in range(requests):
                ended, calls = self._invoke(program, runtime_api)
        return (ended - began) / requests, calls

    def answered(self, program: Program, *, requests: int, under: Sequence[str]) -> None:
        """Runs a process under a tool until it has answered these requests; the tool then sees it end."""
        with self._started(program, under=under) as runtime_api:
            for _ in range(requests):
                self._invoke(program, runtime_api)

    def _invoke(self, program: Program, runtime_api: RuntimeApi) -> tuple[float, int]:
        self.aws.begin()
        used, _ = runtime_api.invoke(program.event)
        return used, len(self.aws.calls)

    @contextmanager
    def _started(self, program: Program, *, under: Sequence[str] = ()) -> Iterator[RuntimeApi]:
        self.aws.answers = program.conversation
        runtime_api = RuntimeApi()
        # Without `site` and the working directory: nothing is found that AWS would not find.
        command = [*under, sys.executable, "-S", "-P", "-m", "awslambdaric", program.handler]
        process = subprocess.Popen(
            command, env=self._environment(program, runtime_api), stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )
        runtime_api.watched = process.pid
        try:
            yield runtime_api
        finally:
            process.terminate()
            process.wait()
            runtime_api.end()

    def _environment(self, program: Program, runtime_api: RuntimeApi) -> dict[str, str]:
        told = {name: value for name, value in os.environ.items() if name in _TOLD}
        told |= build_layer.ENVIRONMENT if LAYER in program.folders else {}
        return told | {
            "AWS_CA_BUNDLE": str(self.aws.trusted_with(program.authorities)),
            "AWS_ENDPOINT_URL": self.aws.endpoint,
            "AWS_LAMBDA_FUNCTION_NAME": program.name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "AWS_LAMBDA_RUNTIME_API": runtime_api.address,
            "AWS_REGION": aws_fixture.REGION,
            "LAMBDA_TASK_ROOT": str(program.folders[0]),
            "LANG": "en_US.UTF-8",
            "POWERTOOLS_LOG_LEVEL": "INFO",
            "POWERTOOLS_SERVICE_NAME": program.name,
            "PYTHONHASHSEED": "0",  # The same path through every dictionary.
            "PYTHONDONTWRITEBYTECODE": "1",  # On AWS a function's folders are read-only.
            "PYTHONPATH": os.pathsep.join(map(str, program.folders)),
        }


_TOLD = {"AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_SECRET_ACCESS_KEY", *VARIABLES}
