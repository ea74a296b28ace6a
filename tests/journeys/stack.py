"""A stack of each test process's own: the whole product on free ports, with state that begins empty."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import SystemRandom
from typing import Any

from infra.paths import ROOT

FOLDERS = ROOT / ".local"
LANE = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
LANES = 8
FOLDER = FOLDERS / f"test-{LANE}"
STARTING_SECONDS = 120
STOPPING_SECONDS = 120  # Each process of a function has unzipped it once, and all of that is deleted.
LIST_PROCESSES = [shutil.which("ps") or "ps", "-Awwo", "pid=,ppid=,args="]
PORTS = ("USHER_PORT", "USHER_WEB_PORT", "USHER_MAIL_PORT", "USHER_SMTP_PORT")


class LocalStack:
    """The product as a developer starts it. What it tells of itself is there from its start on."""

    def __init__(self) -> None:
        self._environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self._environment |= {"LANG": "C.UTF-8", "USHER_LOCAL": str(FOLDER.relative_to(ROOT))}
        self._environment |= {name: str(port) for name, port in zip(PORTS, _free_ports(len(PORTS)), strict=True)}
        self._process: subprocess.Popen[bytes] | None = None
        self.told: dict[str, Any] = {}

    @property
    def console_url(self) -> str:
        return str(self.told["console_url"])

    @property
    def environment(self) -> dict[str, str]:
        """What the functions of the stack read."""
        return dict(self.told["resources"]["environment"])

    def first_key(self, purpose: str) -> str:
        """Return the ARN of the first key of a purpose of tokens."""
        return self.environment[f"{purpose.upper()}_KEYS"].removeprefix("1=")

    def start(self) -> None:
        """Returns when it is ready."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / "up.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.up"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + STARTING_SECONDS
        while not self.file.exists():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"The stack did not start.\n{logs()}")
            time.sleep(0.05)
        self.told = json.loads(self.file.read_text())

    @property
    def file(self) -> Path:
        return FOLDER / "stack.json"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def log(self) -> str:
        """What `make up` has said."""
        return (FOLDER / "up.log").read_text()

    def signal(self, program: str, signal: int) -> None:
        """Send a signal to one of this stack's processes, by a word of its command line."""
        assert self._process is not None
        listed = subprocess.run(LIST_PROCESSES, capture_output=True, text=True, check=True).stdout
        rows = [line.split(maxsplit=2) for line in listed.splitlines()]
        mine = str(self._process.pid)
        [process] = [pid for pid, parent, command in rows if mine in (pid, parent) and program in command]
        os.kill(int(process), signal)

    def stop(self) -> None:
        """As Ctrl-C does: what was stored is kept."""
        if self._process is None:
            return
        self._process.terminate()
        self._process.wait(timeout=STOPPING_SECONDS)
        self._process = None


def running_stack() -> Iterator[LocalStack]:
    """Start a stack and stop it; a concurrent test process waits for its turn."""
    FOLDERS.mkdir(exist_ok=True)
    with FOLDER.with_suffix(".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        shutil.rmtree(FOLDER, ignore_errors=True)
        stack = LocalStack()
        stack.start()
        try:
            yield stack
        finally:
            stack.stop()


def logs() -> str:
    """The end of what each part of each stack has said."""
    return "\n".join(_end_of(log) for log in sorted(FOLDERS.glob("test-*/*.log")))


def _end_of(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-20:]
    return "\n".join([f"--- {log.relative_to(ROOT)}", *lines])


def _free_ports(number: int) -> list[int]:
    """Return ports of this process, below the ephemeral ones."""
    lane = list(range(15_000 + LANE % LANES, 30_000, LANES))
    SystemRandom().shuffle(lane)
    return list(islice(filter(_is_free, lane), number))


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) != 0
