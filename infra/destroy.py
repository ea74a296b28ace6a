"""Tear a stage down: `make destroy STAGE=dev`.

Stacks go in the reverse order of their deployment. Where a stage keeps its data, only those go that hold nothing that
lasts, so that `make deploy` brings the stage back with its people.
"""

import argparse
import os
import subprocess
import sys

from infra.paths import BUILD
from infra.stages import Local, Stage, stage_named

SHORT_LIVED = ("service", "web")
LASTING = ("identity", "data")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("--force", action="store_true", help="do not ask")
    arguments = parser.parse_args()
    stage = stage_named(arguments.stage, Local())
    print(announcement(stage))
    if not arguments.force and input(f"Type {stage.name} to go on: ") != stage.name:
        sys.exit("Nothing was deleted.")
    subprocess.run(command(stage), check=True)


def stacks(stage: Stage) -> list[str]:
    """Return the names of the stacks that are deleted, in order."""
    return [stage.named(part) for part in (SHORT_LIVED if stage.keeps_data else SHORT_LIVED + LASTING)]


def command(stage: Stage) -> list[str]:
    """Return the CDK's command. The stacks are named, since `--all` would take those that keep data, too."""
    cdk = [os.environ["NODE"], os.environ["CDK"], "destroy", "--force", "--exclusively"]
    return [*cdk, "--app", str(BUILD / "cdk.out" / stage.name), *stacks(stage)]


def announcement(stage: Stage) -> str:
    """Return the stacks that are deleted, and those that stay."""
    goes = f"This deletes {', '.join(stacks(stage))}."
    if stage.keeps_data:
        kept = " and ".join(stage.named(part) for part in LASTING)
        return f"{goes} {kept} stay, with tables, keys, sign-ins and logos; so do the log groups."
    return f"{goes} Nothing of the stage stays: its tables, keys, sign-ins and logos are gone for good."


if __name__ == "__main__":
    main()
