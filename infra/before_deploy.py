"""Refuse a deployment beside data that a deleted stack left over: the first step of `make deploy`.

Reads AWS, and changes nothing. What it may not ask is said, and hinders no deployment.
"""

import argparse

import boto3

from infra.diagnosis import kept_data
from infra.diagnosis.dns import look_up
from infra.diagnosis.findings import Deployment, guarded
from infra.stages import Local, stage_named


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    require_nothing_left_over(
        Deployment(stage_named(parser.parse_args().stage, Local()), boto3.client, look_up),
    )


def require_nothing_left_over(deployment: Deployment) -> None:
    """Exit with what is left over, and what to do with it."""
    findings = [finding for check in kept_data.CHECKS for finding in guarded(check, deployment)]
    faults = [finding for finding in findings if finding.verdict == "fault"]
    if faults:
        raise SystemExit("\n".join(f"{finding.what}\n  -> {finding.cure}" for finding in faults))
    for finding in findings:
        if finding.verdict == "unknown":
            print(f"Not checked. {finding.what}")


if __name__ == "__main__":
    main()
