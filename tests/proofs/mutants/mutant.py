"""One mutant: a few characters of one file, and what stands there instead."""

import zlib
from dataclasses import dataclass
from difflib import unified_diff

from infra.paths import ROOT


@dataclass(frozen=True)
class Mutant:
    """Replaces `length` characters `at` that offset of the file by `replacement`.

    `name` says file, function, kind of change and what is changed, so that it survives edits elsewhere in the file.
    """

    name: str
    path: str
    at: int
    length: int
    replacement: str

    @property
    def module(self) -> str:
        """Return the file's name as it is imported."""
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def order(self) -> int:
        """Return a stable hash of the name: sorted by it, the first n are a sample of all kinds and files."""
        return zlib.crc32(self.name.encode())

    @property
    def text(self) -> str:
        """Return the file with the change in it."""
        text = self._original
        return text[: self.at] + self.replacement + text[self.at + self.length :]

    @property
    def diff(self) -> str:
        """Return the change as a unified diff."""
        before, after = self._original.splitlines(), self.text.splitlines()
        return "\n".join(unified_diff(before, after, self.path, self.name, lineterm=""))

    @property
    def _original(self) -> str:
        return (ROOT / self.path).read_text("utf-8")
