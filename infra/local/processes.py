"""Child processes of `make up`, which stop with it and with each other."""

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from infra.paths import ROOT

POLL_SECONDS = 0.05
STARTING_SECONDS = 30
STOPPING_SECONDS = 20
RESTART_SECONDS = 1.0  # doubled while a process does not live that long


@dataclass
class _Server:
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes]
    restarted: bool
    started_at: float = field(default_factory=time.monotonic)
    pause: float = RESTART_SECONDS


class Servers:
    """Context manager that stops the processes started in it."""

    def __init__(self, logs: Path, *, tell: Callable[[str], None]) -> None:
        self._logs, self._tell = logs, tell
        self._running: dict[str, _Server] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._running.values():
            server.process.terminate()
        for name, server in self._running.items():
            try:
                server.process.wait(timeout=STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                self._tell(f"the {name} does not stop and is killed")
                server.process.kill()
                server.process.wait()
            _close(server.process)

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        restarted: bool = False,
        pass_fds: Sequence[int] = (),
    ) -> None:
        """Start a process in its own session, so that Ctrl-C reaches only the parent, with a minimal environment.

        Its standard input is a pipe, which ends with the parent even after SIGKILL; the process then stops.
        One that is `restarted` may end: it is started again.
        """
        bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

        def start() -> subprocess.Popen[bytes]:
            with (self._logs / f"{name}.log").open("ab") as log:
                return subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env={**bare, "LANG": "C.UTF-8", **environment},
                    start_new_session=True,
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    pass_fds=pass_fds,
                )

        self._running[name] = _Server(start, start(), restarted)

    def wait_for(self, name: str, url: str) -> None:
        until = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < until:
            self.keep_running()
            try:
                urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 (a local address)
            except OSError:
                time.sleep(POLL_SECONDS)
            else:
                return
        raise SystemExit(f"The {name} does not respond; see {self._logs / name}.log")

    def keep_running(self) -> None:
        """Start again what has ended and may be. Exits if something else has ended."""
        for name, server in self._running.items():
            status = server.process.poll()
            if status is None:
                continue
            if not server.restarted:
                raise SystemExit(f"The {name} ended unexpectedly ({_describe(status)}); see {self._logs / name}.log")
            self._restart(name, server, status)

    def _restart(self, name: str, server: _Server, status: int) -> None:
        lived = time.monotonic() - server.started_at
        if lived < server.pause:
            return  # waits for the rest of the pause
        self._tell(f"the {name} ended ({_describe(status)}) and is started again; see {self._logs / name}.log")
        server.pause = RESTART_SECONDS if lived > 10 * server.pause else 2 * server.pause
        _close(server.process)
        server.process, server.started_at = server.start(), time.monotonic()


def _close(ended: subprocess.Popen[bytes]) -> None:
    if ended.stdin is not None:
        ended.stdin.close()


def _describe(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"
