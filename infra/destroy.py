"""Tear a stage down: `make destroy STAGE=dev`.

Stacks go in the reverse order of their deployment. Where a stage keeps its data, only those go that hold nothing that
lasts, so that `make deploy` brings the stage back with its people.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

import boto3

from infra.doctor import require_account_of
from infra.paths import BUILD
from infra.stages import Local, Stage, stage_named

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
    require_account_of(stage)
    subprocess.run(command(stage, short_lived(stage)), check=True)
    if not stage.keeps_data:
        delete_rules(stage)
        subprocess.run(command(stage, LASTING), check=True)


def short_lived(stage: Stage) -> tuple[str, ...]:
    """Return the stacks that hold nothing that lasts, in the order in which they are deleted."""
    return tuple(part for part in reversed(stage.stacks) if part not in LASTING)


def stacks(stage: Stage) -> list[str]:
    """Return the names of the stacks that are deleted, in order."""
    return [stage.named(part) for part in (*short_lived(stage), *(() if stage.keeps_data else LASTING))]


def command(stage: Stage, parts: Sequence[str]) -> list[str]:
    """Return the CDK's command. The stacks are named, since `--all` would take those that keep data, too."""
    cdk = [os.environ["NODE"], os.environ["CDK"], "destroy", "--force", "--exclusively"]
    return [*cdk, "--app", str(BUILD / "cdk.out" / stage.name), *map(stage.named, parts)]


def delete_rules(stage: Stage) -> None:
    """Delete the rules of subscribers, without which AWS deletes no event bus; the archive's own goes with it."""
    client = boto3.client("events", region_name=stage.region)
    bus = stage.named()
    with suppress(client.exceptions.ResourceNotFoundException):
        rules = [
            rule for page in client.get_paginator("list_rules").paginate(EventBusName=bus) for rule in page["Rules"]
        ]
        for name in [rule["Name"] for rule in rules if "ManagedBy" not in rule]:
            targets = client.list_targets_by_rule(Rule=name, EventBusName=bus)["Targets"]
            if targets:
                client.remove_targets(Rule=name, EventBusName=bus, Ids=[target["Id"] for target in targets])
            client.delete_rule(Name=name, EventBusName=bus)


def announcement(stage: Stage) -> str:
    """Return the stacks that are deleted, and those that stay."""
    goes = f"This deletes {', '.join(stacks(stage))}."
    if stage.keeps_data:
        kept = " and ".join(stage.named(part) for part in LASTING)
        return f"{goes} {kept} stay, with tables, keys, sign-ins and logos; so do the log groups."
    return (
        f"{goes} Its tables, keys, sign-ins and logos are gone for good, and so are the rules on its event bus. "
        "AWS keeps a backup of each table for 35 days."
    )


if __name__ == "__main__":
    main()
