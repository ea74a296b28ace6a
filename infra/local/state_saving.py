"""Saving of the emulator's state every few seconds. MiniStack itself saves only where it is stopped."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infra.local.mail_relay import RelayLog
from infra.local.saved_state import SavedState, write_saved_state

PAUSE_SECONDS = 5.0
SHARE = 10  # of the time at most, so that a large state slows nothing down
GetState = Callable[[], Any]

logger = logging.getLogger(__name__)


class StateSaver:
    """Saves the state of all services at one moment, by a forked child while the emulator goes on.

    The child sees the memory of that moment: between two requests, hence no half of a transaction.
    """

    def __init__(self, state: Path, relayed: RelayLog) -> None:
        self._state, self._relayed = state, relayed
        self._child: int | None = None

    def install(self) -> None:
        """Save often while MiniStack runs, and once more when it stops."""
        from ministack import app

        when_ready = app._run_ready_scripts

        async def save_often() -> None:
            await when_ready()
            pause = PAUSE_SECONDS
            while True:
                await asyncio.sleep(pause)
                began = time.monotonic()
                await self._save_in_child(app._build_persistence_save_dict())
                pause = max(PAUSE_SECONDS, SHARE * (time.monotonic() - began))

        app._run_ready_scripts = save_often
        app.save_all = self.save_at_end

    def save_at_end(self, services: Mapping[str, GetState]) -> None:
        """Save in this process. A child that is still saving an earlier moment is ended before."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
        self._save(services, complete=True)

    async def _save_in_child(self, services: Mapping[str, GetState]) -> None:
        relayed = self._relayed.recent
        child = os.fork()
        if child == 0:
            os._exit(self._exit_status(services))
        self._child = child
        _, status = await asyncio.to_thread(os.waitpid, child, 0)
        self._child = None
        if status == 0:
            self._relayed.saved(relayed)

    def _exit_status(self, services: Mapping[str, GetState]) -> int:
        try:
            self._save(services, complete=False)
        except Exception:
            logger.exception("The state was not saved.")
            return 1
        return 0

    def _save(self, services: Mapping[str, GetState], *, complete: bool) -> None:
        """Write all files beside the saved ones, then put all in place, so that they are of one moment."""
        from ministack.core import persistence

        moment, drafts = datetime.now(UTC).astimezone(), self._state / "draft"
        drafts.mkdir(parents=True, exist_ok=True)
        persistence.STATE_DIR = str(drafts)
        persistence.logger.setLevel(logging.WARNING)  # it has a line for each service
        states = {name: get_state() for name, get_state in services.items()}
        written = [name for name, state in states.items() if state is not None]
        for name in written:
            persistence.save_state(name, states[name])
        missing = [name for name in written if not (drafts / f"{name}.json").exists()]
        if missing:
            raise RuntimeError(f"The state of {', '.join(missing)} could not be saved.")
        for name in written:
            (drafts / f"{name}.json").replace(self._state / f"{name}.json")
        write_saved_state(self._state, SavedState(moment, complete=complete))
