"""Say what stands between a deployment and working mail and sign-in: `make doctor STAGE=prod`.

Reads AWS and DNS, and changes nothing. Exits with 1 if something has to be mended.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.diagnosis import kept_data, mail, sign_in
from infra.diagnosis.dns import look_up
from infra.diagnosis.findings import Check, Deployment, Finding, guarded
from infra.stages import LOCAL, Stage, read_stage

CHAPTERS: Mapping[str, tuple[Check, ...]] = {"Mail": mail.CHECKS, "Sign-in": (*sign_in.CHECKS, *kept_data.CHECKS)}
MARKS = {"ok": "ok     ", "warning": "WARNING", "fault": "FAULT  ", "unknown": "unknown"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    name = parser.parse_args().stage
    if name == LOCAL:
        raise SystemExit("The local stage needs nothing of AWS: make up says what does not work.")
    deployment = Deployment(read_stage(name), boto3.client, look_up)
    require_account(deployment)
    findings = list(report(deployment))
    faults = sum(finding.verdict == "fault" for finding in findings)
    print(f"\n{faults} to mend." if faults else "\nNothing stands in the way.")
    sys.exit(1 if faults else 0)


def require_account(deployment: Deployment) -> None:
    """Exit unless the credentials are of the stage's account, since every answer would be about another."""
    stage: Stage = deployment.stage
    try:
        account = deployment.client_of("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise SystemExit(f"AWS cannot be asked: {error}") from None
    if stage.account and account != stage.account:
        raise SystemExit(
            f"The stage {stage.name} is in the account {stage.account}; these credentials are of {account}."
        )


def require_account_of(stage: Stage) -> None:
    """Exit unless the credentials are of the stage's account, before a command changes something there."""
    require_account(Deployment(stage, boto3.client, look_up))


def report(deployment: Deployment) -> Iterator[Finding]:
    """Run all checks; print each finding as it is made, and yield it."""
    for chapter, checks in CHAPTERS.items():
        print(f"\n{chapter}")
        yield from _printed(finding for check in checks for finding in guarded(check, deployment))


def _printed(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        print(f"  {MARKS[finding.verdict]}  {finding.what}")
        if finding.cure:
            print(f"           -> {finding.cure}")
        yield finding


if __name__ == "__main__":
    main()
