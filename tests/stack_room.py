"""Room on the interpreter's own stack for everything that a test calls.

CPython 3.11 keeps the frames of Python functions in chunks of 16 KB, and gives a chunk back as soon as its
last frame returns. Calls that cross the edge of a chunk in a loop map and unmap memory each time, which was up to a
quarter of the CPU time of a test run. A frame that needs more than a chunk gets a larger one, and the calls below it
use what is left of that.
"""

from collections.abc import Callable
from typing import Any

_VARIABLES = 70_000  # 560 KB, for which the interpreter takes a chunk of 1 MB.


def _made() -> Callable[[Callable[[], Any]], Any]:
    names = "=".join(f"_{number}" for number in range(_VARIABLES))
    scope: dict[str, Any] = {}
    exec(f"def call(run):\n  if False:\n    {names}=0\n  __tracebackhide__ = True\n  return run()", scope)  # noqa: S102
    made: Callable[[Callable[[], Any]], Any] = scope["call"]
    return made


call_with_room = _made()
