"""Child processes of `make up`, which stop with it and with each other."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from infra.paths import ROOT

POLL_SECONDS = 0.05
STARTING_SECONDS = 30
STOPPING_SECONDS = 20


class Servers:
    """Context manager that stops the processes started in it."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(timeout=STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()

    def start(self, name: str, command: Sequence[str | Path], *, environment: Mapping[str, str]) -> None:
        """Start a process in its own session, so that Ctrl-C reaches only the parent, with a minimal environment.

        Its standard input is a pipe, which ends with the parent even after SIGKILL; the process then stops.
        """
        bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with (self._logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**bare, "LANG": "C.UTF-8", **environment},
                start_new_session=True,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait_for(self, name: str, url: str) -> None:
        until = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < until:
            self.require_running()
            try:
                urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 (a local address)
            except OSError:
                time.sleep(POLL_SECONDS)
            else:
                return
        raise SystemExit(f"The {name} does not respond; see {self._logs / name}.log")

    def require_running(self) -> None:
        for name, process in self._running.items():
            if process.poll() is not None:
                raise SystemExit(f"The {name} stopped unexpectedly; see {self._logs / name}.log")
