"""Each function's synthesised policy beside the calls that it makes: all of these, and no others."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from infra.catalog import CATALOG, Function
from tests import aws_fixture
from tests.aws_recorder import Exchange, listening
from tests.infra.policies import Policy, Right, rights_needed
from tests.infra.synthesised import Synthesised
from tests.proofs import moments
from tests.proofs.promises import tried
from tests.proofs.traffic import tell_everything

EVERY_ROW = pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)
STREAMS = {f"dynamodb:{action}" for action in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")}
Recorded = dict[str, set[Right]]


@pytest.fixture(scope="module")
def recorded(prod: Synthesised) -> Iterator[Recorded]:
    """The rights that each function needed for everything that it does, in the words of the templates."""
    needed: Recorded = defaultdict(set)

    def note(exchange: Exchange) -> None:
        if exchange.is_signed:
            needed[exchange.function] |= set(rights_needed(exchange, stage=prod.stage))

    moments.install()
    with listening(note):
        tell_everything()
    moments.uninstall()
    yield needed
    aws_fixture.begin_anew()


@EVERY_ROW
def test_a_function_may_make_each_call_that_it_makes(prod: Synthesised, recorded: Recorded, row: Function) -> None:
    policy = Policy(prod, row.name)

    refused = {right for right in recorded[row.name] if not policy.allows(right)}

    tried("privilege", len(recorded[row.name]))
    assert refused == set()


@EVERY_ROW
def test_a_function_holds_no_right_that_it_never_uses(prod: Synthesised, recorded: Recorded, row: Function) -> None:
    granted = Policy(prod, row.name).rights

    unused = granted - recorded[row.name] - used_by_lambda_itself(row, granted)

    tried("privilege", len(granted))
    assert unused == set()


@EVERY_ROW
def test_a_function_may_not_do_what_others_do(prod: Synthesised, recorded: Recorded, row: Function) -> None:
    policy = Policy(prod, row.name)
    others = {right for name, rights in recorded.items() if name != row.name for right in rights} - recorded[row.name]

    allowed = {right for right in others if policy.allows(right)}

    tried("privilege", len(others))
    assert allowed == set()


def used_by_lambda_itself(row: Function, granted: set[Right]) -> set[Right]:
    """What others do with the role around the function: its logs, its stream, what failed, what it has signed."""
    log_group = f"/aws/lambda/usher-prod-{row.name}.Arn"
    around = {("logs:CreateLogStream", log_group), ("logs:PutLogEvents", log_group)}
    if row.woken_by:
        around |= {(action, f"usher-prod-{row.woken_by.name}.StreamArn") for action in STREAMS}
    if row.is_woken:
        around.add(("sqs:SendMessage", f"usher-prod-{row.name}-dead-letters.Arn"))
    if row.keeps_logos:  # Whoever bears a form uploads with the rights of its signer.
        around.add(("s3:PutObject", "arn:AWS::Partition:s3:::usher-prod-logos-AWS::AccountId/uploads/*"))
    assert around <= granted
    return around
