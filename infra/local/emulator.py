"""Run MiniStack until its standard input, a pipe, ends: `python -m infra.local.emulator PYTHON`.

PYTHON is the interpreter of the functions.
"""

import os
import signal
import sys
from pathlib import Path
from threading import Thread

from infra.local import mail_relay, ministack_patches
from infra.local.saved_state import SavedState, read_saved_state, write_saved_state
from infra.local.state_saving import StateSaver


def stop_with_parent(stack_file: Path) -> None:
    """Wait for the end of standard input, then save the state and stop.

    A parent that was killed has left its stack file behind, which describes nothing any more.
    """
    sys.stdin.buffer.read()
    stack_file.unlink(missing_ok=True)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    state, stack_file = Path(os.environ["STATE_DIR"]), Path(os.environ["STACK_FILE"])
    ministack_patches.forget_stream_positions(state)
    before = read_saved_state(state)
    relayed = mail_relay.RelayLog(state / "relayed.txt", after_crash=not before.complete)
    write_saved_state(state, SavedState(before.at, complete=False))
    Thread(target=stop_with_parent, args=[stack_file], daemon=True).start()
    sys.executable = sys.argv.pop(1)
    from ministack.app import main as serve  # noqa: PLC0415 (reads the environment and sys.executable)

    StateSaver(state, relayed).install()
    mail_relay.relay_raw_mails()
    mail_relay.deliver_before_answering(relayed)
    ministack_patches.enforce_user_pool_settings()
    ministack_patches.keep_viewer_functions_running()
    serve()


if __name__ == "__main__":
    main()
