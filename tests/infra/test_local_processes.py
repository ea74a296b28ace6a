"""What `make up` does when a part of it ends, and what it says of the data then."""

import fcntl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.local import processes
from infra.local.mail_relay import RelayLog
from infra.local.processes import Servers
from infra.local.saved_state import SavedState, locked, read_saved_state, write_saved_state
from tests.domain_factories import NOW

ENDS_AT_ONCE = [sys.executable, "-c", "raise SystemExit(3)"]
WRITES_AND_ENDS = [sys.executable, "-c", "print('started', flush=True)"]


@pytest.fixture(autouse=True)
def quick_restarts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "RESTART_SECONDS", 0.05)


def test_process_that_ends_stops_the_stack(tmp_path: Path) -> None:
    with Servers(tmp_path, tell=print) as servers:
        servers.start("emulator", ENDS_AT_ONCE, environment={})

        with pytest.raises(SystemExit, match=r"The emulator ended unexpectedly \(exit status 3\)"):
            watched(servers, until=lambda: False)


def test_restarted_process_is_started_again_and_said_so(tmp_path: Path) -> None:
    told: list[str] = []
    log = tmp_path / "mailbox.log"

    with Servers(tmp_path, tell=told.append) as servers:
        servers.start("mailbox", WRITES_AND_ENDS, environment={}, restarted=True)
        watched(servers, until=lambda: log.read_text().count("started") > 1)

    assert told[0].startswith("the mailbox ended (exit status 0) and is started again")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SavedState(), "the data is kept until make clean"),
        (SavedState(NOW, complete=True), "the data is kept until make clean"),
        (SavedState(NOW, complete=False), f"kept is the data of {NOW:%H:%M:%S}, what came later is lost"),
        (SavedState(None, complete=False), "nothing is kept"),
    ],
)
def test_saved_state_survives_and_says_what_is_kept(tmp_path: Path, state: SavedState, words: str) -> None:
    write_saved_state(tmp_path, state)

    assert read_saved_state(tmp_path) == state
    assert words in state.describe()


def test_mails_relayed_since_the_last_but_one_save_are_known_after_a_crash(tmp_path: Path) -> None:
    log = RelayLog(tmp_path / "relayed.txt", after_crash=False)
    log.add("settled-long-ago")
    log.saved(log.recent)
    log.add("claimed-at-the-last-save")
    log.saved(log.recent)
    log.add("after-the-last-save")
    log.add("refused-by-the-mailbox")
    log.remove("refused-by-the-mailbox")

    lost = RelayLog(tmp_path / "relayed.txt", after_crash=True).lost

    assert lost == {"claimed-at-the-last-save", "after-the-last-save"}
    assert RelayLog(tmp_path / "relayed.txt", after_crash=True).lost == lost  # a second crash
    assert RelayLog(tmp_path / "relayed.txt", after_crash=False).lost == frozenset()


def test_second_stack_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(SystemExit, match=r"A stack runs in .* already, as process"), locked(tmp_path):
        pass


def test_stack_waits_while_the_emulator_of_a_killed_run_saves(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / "lock").write_text(str(ended.pid))
    holds = "import fcntl, sys, time; fcntl.flock(sys.stdin, fcntl.LOCK_EX); print(flush=True); time.sleep(0.5)"
    with (tmp_path / "lock").open() as file:
        emulator = subprocess.Popen([sys.executable, "-c", holds], stdin=file, stdout=subprocess.PIPE)
    assert emulator.stdout is not None
    emulator.stdout.readline()

    with locked(tmp_path) as descriptor:
        assert emulator.wait(timeout=5) == 0
        assert fcntl.fcntl(descriptor, fcntl.F_GETFD) is not None
    emulator.stdout.close()


def watched(servers: Servers, *, until: Callable[[], bool]) -> None:
    """Watch as `make up` does, for ten seconds at most."""
    end = time.monotonic() + 10
    while not until():
        assert time.monotonic() < end
        servers.keep_running()
        time.sleep(0.01)
