"""Run MiniStack until its standard input, a pipe, ends: `python -m infra.local.emulator PYTHON`.

PYTHON is the interpreter of the functions.
"""

import os
import signal
import sys
from pathlib import Path
from threading import Thread

from infra.local import ministack_patches


def stop_with_parent() -> None:
    """Wait for the end of standard input, then save the state and stop."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    ministack_patches.forget_stream_positions(Path(os.environ["STATE_DIR"]))
    Thread(target=stop_with_parent, daemon=True).start()
    sys.executable = sys.argv.pop(1)
    from ministack.app import main as serve  # noqa: PLC0415 (reads the environment and sys.executable)

    ministack_patches.relay_raw_mails()
    ministack_patches.enforce_user_pool_settings()
    serve()


if __name__ == "__main__":
    main()
