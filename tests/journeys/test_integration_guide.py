"""docs/integration.md against the running stack: its commands run, and print what the page says."""

import fnmatch
import os
import re
import subprocess
from typing import NamedTuple

from infra.paths import ROOT
from tests.journeys.stack import FOLDER, LocalStack

GUIDE = ROOT / "docs" / "integration.md"
FENCE = re.compile(r"^```(bash|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TIMEOUT_SECONDS = 180
PROMPT = "@@ block"  # Printed before each block.


class Step(NamedTuple):
    """A block of commands, and what it prints: `…` stands for anything, nothing at all included."""

    commands: str
    expected: str


def test_the_commands_of_the_guide_run_and_print_what_it_says(stack: LocalStack) -> None:
    guide = steps(GUIDE.read_text("utf-8"))
    assert len(guide) >= 7
    assert stack.told["console_url"]

    printed, errors = _run(guide)

    assert len(printed) == len(guide), f"This block failed:\n{guide[len(printed) - 1].commands}\n{errors}"
    for step, text in zip(guide, printed, strict=True):
        assert matches(text, step.expected), f"printed:\n{text}\nexpected:\n{step.expected}\nby:\n{step.commands}"


def test_an_ellipsis_stands_for_anything() -> None:
    assert matches("port 4566\n", "port …\n")
    assert matches("[a, b]", "[…a…]")
    assert not matches("port 4566, closed\n", "port …, open\n")


def steps(text: str) -> list[Step]:
    """The blocks of a page; a block that prints nothing is followed by no text."""
    found: list[Step] = []
    for kind, content in FENCE.findall(text):
        if kind == "bash":
            found.append(Step(content, expected=""))
        else:
            found[-1] = found[-1]._replace(expected=content)
    return found


def matches(printed: str, expected: str) -> bool:
    pattern = "".join(
        "*" if character == "…" else f"[{character}]" if character in "*?[" else character for character in expected
    )
    return fnmatch.fnmatchcase(printed, pattern)


def _run(guide: list[Step]) -> tuple[list[str], str]:
    """What each block printed, the last one that began included, and the errors. All blocks share one shell."""
    script = (
        "set -euo pipefail\n" + "".join(f"echo '{PROMPT}'\n{step.commands}" for step in guide) + f"echo '{PROMPT}'\n"
    )
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        ["bash", "-c", script],  # noqa: S607 (the developer's own shell)
        cwd=ROOT,
        env=environment | {"LANG": "C.UTF-8", "USHER_LOCAL": str(FOLDER.relative_to(ROOT))},
        check=False,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
    )
    printed = done.stdout.split(f"{PROMPT}\n")[1:]
    return printed[:-1] if done.returncode == 0 else printed, done.stderr
