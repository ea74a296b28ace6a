"""Compare each function's policy with the calls that it makes: all allowed, none unused."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from infra.catalog import CATALOG, Function
from tests import aws_fixture
from tests.aws_recorder import Exchange, listening
from tests.infra.policies import Policy, Right, rights_needed
from tests.infra.templates import Templates, dead_letters_of, log_group_of
from tests.proofs import moto_patches, movable_clock
from tests.proofs.promises import tried
from tests.proofs.traffic import run_every_case

EVERY_ROW = pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)
STREAMS = {f"dynamodb:{action}" for action in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")}
Recorded = dict[str, set[Right]]


@pytest.fixture(scope="module")
def recorded(prod: Templates) -> Iterator[Recorded]:
    """Record the rights that each function needs for everything it does."""
    needed: Recorded = defaultdict(set)

    def note(exchange: Exchange) -> None:
        if exchange.is_signed:
            needed[exchange.function] |= set(rights_needed(exchange, stage=prod.stage))

    movable_clock.install()
    with moto_patches.active(), listening(note):
        run_every_case()
    movable_clock.uninstall()
    yield needed
    aws_fixture.reset()


@EVERY_ROW
def test_policy_allows_each_recorded_call(prod: Templates, recorded: Recorded, row: Function) -> None:
    policy = Policy(prod, row.name)

    refused = {right for right in recorded[row.name] if not policy.allows(right)}

    tried("privilege", len(recorded[row.name]))
    assert refused == set()


@EVERY_ROW
def test_policy_has_no_unused_right(prod: Templates, recorded: Recorded, row: Function) -> None:
    granted = Policy(prod, row.name).rights

    unused = granted - recorded[row.name] - used_by_lambda_itself(row, granted)

    tried("privilege", len(granted))
    assert unused == set()


@EVERY_ROW
def test_policy_denies_calls_of_other_functions(prod: Templates, recorded: Recorded, row: Function) -> None:
    policy = Policy(prod, row.name)
    others = {right for name, rights in recorded.items() if name != row.name for right in rights} - recorded[row.name]

    allowed = {right for right in others if policy.allows(right)}

    tried("privilege", len(others))
    assert allowed == set()


def used_by_lambda_itself(row: Function, granted: set[Right]) -> set[Right]:
    """Return the rights that Lambda uses: logs, stream, dead letters; and those of presigned forms."""
    log_group = f"{log_group_of(row.name)}.Arn"
    around = {("logs:CreateLogStream", log_group), ("logs:PutLogEvents", log_group)}
    if row.stream_source:
        around |= {(action, f"usher-prod-{row.stream_source.name}.StreamArn") for action in STREAMS}
    if row.is_async:
        around.add(("sqs:SendMessage", f"{dead_letters_of(row.name)}.Arn"))
    if row.manages_logos:  # A presigned form carries the rights of its signer.
        around.add(("s3:PutObject", "arn:AWS::Partition:s3:::usher-prod-logos-111122223333/uploads/*"))
    assert around <= granted
    return around
