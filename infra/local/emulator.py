"""Runs MiniStack until the pipe that is its standard input ends: `python -m infra.local.emulator PYTHON`.

PYTHON becomes the interpreter of the functions.
"""

import os
import signal
import sys
from pathlib import Path
from threading import Thread

from infra.local import repairs


def leave_with_parent() -> None:
    """Save the state and stop, as on Ctrl-C."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    repairs.forget_stream_positions(Path(os.environ["STATE_DIR"]))
    Thread(target=leave_with_parent, daemon=True).start()
    sys.executable = sys.argv.pop(1)
    from ministack.app import main as serve  # noqa: PLC0415 (reads the environment and sys.executable)

    repairs.relay_mails_as_written()
    repairs.keep_the_rules_of_user_pools()
    serve()


if __name__ == "__main__":
    main()
