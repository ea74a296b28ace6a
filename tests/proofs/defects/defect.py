"""One defect: a few characters of one file, and what stands there instead."""

from dataclasses import dataclass
from difflib import unified_diff

from infra.paths import ROOT


@dataclass(frozen=True)
class Defect:
    """`snippet` begins `at` that character of the file, or stands in it only once.

    `caught_by` names tests, as pytest does; without it all are asked that might.
    """

    name: str
    path: str
    snippet: str
    replacement: str
    caught_by: str = ""
    at: int | None = None

    @property
    def module(self) -> str:
        """As it is imported."""
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def planted(self) -> str:
        """The file with the defect in it."""
        sound, begin = self._sound, self._begin
        return sound[:begin] + self.replacement + sound[begin + len(self.snippet) :]

    @property
    def diff(self) -> str:
        """For people."""
        sound, planted = self._sound.splitlines(), self.planted.splitlines()
        return "\n".join(unified_diff(sound, planted, self.path, self.name, lineterm=""))

    @property
    def _sound(self) -> str:
        return (ROOT / self.path).read_text("utf-8")

    @property
    def _begin(self) -> int:
        if self.at is not None:
            return self.at
        found = self._sound.count(self.snippet)
        if found != 1:
            raise ValueError(
                f"{self.path} holds {self.snippet!r} {found} times; the defect {self.name!r} needs it once."
            )
        return self._sound.index(self.snippet)
