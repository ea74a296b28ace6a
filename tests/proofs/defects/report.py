"""Which test caught which defect, for people to read."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.proofs.defects.catalogue import UNNOTICEABLE
from tests.proofs.defects.defect import Defect
from tests.proofs.defects.generated import guards_that_cannot_be_dropped
from tests.proofs.defects.trial import Verdict


@dataclass
class Report:
    """Grows with every trial."""

    trials: list[tuple[Defect, Verdict]] = field(default_factory=list)

    def write(self, path: Path) -> None:
        caught = sum(verdict.caught_by is not None for _, verdict in self.trials)
        lines = [f"{caught} of {len(self.trials)} planted defects were caught.", ""]
        lines += ["| defect | caught by |", "| --- | --- |"]
        lines += [
            f"| {_cell(defect.name)} | {_cell(verdict.caught_by or 'nobody')} |" for defect, verdict in self.trials
        ]
        lines += ["", "Not planted, since nobody could notice:", ""]
        lines += [f"- `{name}`: {reason}" for name, reason in UNNOTICEABLE.items()]
        lines += ["", "Guards that make the value for which they are called, so that they cannot be dropped:", ""]
        lines += [f"- `{guard}`" for guard in guards_that_cannot_be_dropped()]
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
