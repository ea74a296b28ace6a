"""What is known of the saved state of a local stack, and the lock of its folder.

Shared by `make up` and the emulator.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

RELEASE_SECONDS = 30  # an emulator whose parent was killed saves its state before it ends


@dataclass(frozen=True)
class SavedState:
    """When the state was saved last, if ever, and whether nothing was written after that."""

    at: datetime | None = None
    complete: bool = True

    def describe(self) -> str:
        """Say what of the data is kept, in one sentence."""
        if self.complete:
            return "the data is kept until make clean"
        if self.at is None:
            return "the emulator ended without saving, and had not saved before: nothing is kept"
        return f"the emulator ended without saving: kept is the data of {self.at:%H:%M:%S}, what came later is lost"


def read_saved_state(folder: Path) -> SavedState:
    try:
        values = json.loads(_file(folder).read_text())
    except FileNotFoundError:
        return SavedState()
    return SavedState(datetime.fromisoformat(values["at"]) if values["at"] else None, values["complete"])


def write_saved_state(folder: Path, state: SavedState) -> None:
    """Write atomically, since the process may be killed at any moment."""
    draft = _file(folder).with_suffix(".draft")
    draft.write_text(json.dumps({"at": state.at.isoformat() if state.at else None, "complete": state.complete}))
    draft.replace(_file(folder))


@contextmanager
def locked(folder: Path) -> Iterator[int]:
    """Hold the lock of a stack's folder and yield its descriptor; who inherits it holds the lock, too.

    Waits while the emulator of a run that was killed saves. Exits if another stack runs in the folder.
    """
    with (folder / "lock").open("a+") as file:
        until = time.monotonic() + RELEASE_SECONDS
        while not _is_locked_by_us(file.fileno()):
            file.seek(0)
            holder = file.read().strip()
            if _is_running(holder):
                raise SystemExit(f"A stack runs in {folder} already, as process {holder}. Stop it, or set USHER_LOCAL.")
            if time.monotonic() > until:
                raise SystemExit(f"The emulator of an earlier run does not end and holds {folder / 'lock'}.")
            time.sleep(0.1)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file.fileno()


def _is_locked_by_us(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _file(folder: Path) -> Path:
    return folder / "saved.json"
