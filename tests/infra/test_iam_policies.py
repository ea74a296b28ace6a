from collections.abc import Iterator

import pytest

from infra.catalog import CATALOG, Function
from tests.infra.policies import Policy, Right
from tests.infra.stages import PROD
from tests.infra.templates import Templates, dead_letters_of, log_group_of

SES = "arn:AWS::Partition:ses:us-east-1:111122223333"
EVERY_ROW = pytest.mark.parametrize("row", CATALOG, ids=lambda row: row.name)


@EVERY_ROW
def test_policy_grants_exactly_the_row(prod: Templates, row: Function) -> None:
    granted = rights_of(prod, row)

    assert granted == expected_rights(row, prod.stage)


@EVERY_ROW
def test_policy_has_no_wildcards(prod: Templates, row: Function) -> None:
    wide = {(action, on) for action, on in rights_of(prod, row) if "*" in action or "*" in on}
    if row.manages_logos or row.deletes_logos:
        wide -= on_logos(prod.stage)
    if row.sends_mail:
        wide -= {(f"ses:{action}", f"{SES}:identity/*") for action in ("SendEmail", "SendRawEmail")}

    assert wide == set()


def test_mailer_may_send_raw_mail(prod: Templates) -> None:
    [sender] = [row for row in CATALOG if row.sends_mail]

    granted = {action for action, _ in rights_of(prod, sender) if action.startswith("ses:")}

    assert granted == {"ses:SendEmail", "ses:SendRawEmail"}


def test_mails_can_be_sent_from_the_sender_address_only(prod: Templates) -> None:
    sending = [
        statement
        for role in prod.of_type("AWS::IAM::Role")
        for policy in role.get("Policies", [])
        for statement in policy["PolicyDocument"]["Statement"]
        if "ses:" in str(statement["Action"])
    ]

    assert [statement["Condition"] for statement in sending] == [{"StringEquals": {"ses:FromAddress": PROD.sender}}]


def test_journal_is_append_only(prod: Templates) -> None:
    on_journal = {
        (action, row.name)
        for row in CATALOG
        for action, on in rights_of(prod, row)
        if action.startswith("dynamodb:") and "usher-prod-journal" in on
    }

    to_read_the_stream = {"DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"}
    harmless = {f"dynamodb:{action}" for action in {"PutItem", "Query", *to_read_the_stream}}
    assert {action for action, _ in on_journal} <= harmless
    assert {name for action, name in on_journal if action == "dynamodb:Query"} == {"directory"}


def test_only_mailer_generates_mailed_links_and_verifiers_generate_none(prod: Templates) -> None:
    makers = {row.name: {on for action, on in rights_of(prod, row) if action == "kms:GenerateMac"} for row in CATALOG}

    mailed = {name for name, keys in makers.items() if "InvitationMailedKey1.Arn" in keys}
    assert mailed == {"send_mail"}
    assert not [row.name for row in CATALOG if row.verifies_mac_with and makers[row.name]]


def test_roles_have_no_additional_policies(prod: Templates) -> None:
    roles = {name for name, resource in prod.resources("service").items() if resource["Type"] == "AWS::IAM::Role"}
    policies = [resource for resource in prod.resources("service").values() if resource["Type"] == "AWS::IAM::Policy"]
    of_the_upload = {name for name in roles if name.startswith("CustomCDKBucketDeployment")}

    assert roles > of_the_upload
    assert {role["Ref"] for one in policies for role in one["Properties"]["Roles"]} == of_the_upload


def rights_of(prod: Templates, row: Function) -> set[Right]:
    return Policy(prod, row.name).rights


def on_logos(stage: str) -> set[Right]:
    """Return the rights on the two prefixes of the bucket."""
    bucket = f"arn:AWS::Partition:s3:::usher-{stage}-logos-111122223333"
    uploads = {(f"s3:{action}", f"{bucket}/uploads/*") for action in ("GetObject", "PutObject")}
    return uploads | {(f"s3:{action}", f"{bucket}/logos/*") for action in ("PutObject", "DeleteObject")}


def first_key_of(purpose: str) -> str:
    return f"{purpose.title().replace('_', '')}Key1.Arn"


def expected_rights(row: Function, stage: str) -> set[Right]:
    return set(_expected(row, f"usher-{stage}"))


def _expected(row: Function, usher: str) -> Iterator[Right]:
    log_group = f"{log_group_of(row.name)}.Arn"
    yield "logs:CreateLogStream", log_group
    yield "logs:PutLogEvents", log_group
    for on in row.tables:
        table = f"{usher}-{on.table.name}.Arn"
        yield from ((f"dynamodb:{action}", table) for action in on.actions)
        yield from (("dynamodb:Query", f"{table}/index/{index}") for index in on.query)
    yield from (("kms:GenerateMac", first_key_of(purpose)) for purpose in row.generates_mac_with)
    yield from (("kms:VerifyMac", first_key_of(purpose)) for purpose in row.verifies_mac_with)
    yield from ((f"cognito-idp:{action}", f"{usher}.Arn") for action in row.user_pool)
    if row.sends_mail:
        for action in ("ses:SendEmail", "ses:SendRawEmail"):
            yield action, f"{SES}:identity/*"
            yield action, f"{SES}:configuration-set/{usher}"
    if row.puts_events:
        yield "events:PutEvents", f"{usher}.Arn"
    if row.manages_logos:
        yield from on_logos(usher.removeprefix("usher-"))
    if row.deletes_logos:
        yield from (each for each in on_logos(usher.removeprefix("usher-")) if each[0] == "s3:DeleteObject")
    if row.stream_source:
        stream = f"{usher}-{row.stream_source.name}.StreamArn"
        for action in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"):
            yield f"dynamodb:{action}", stream
    if row.is_async:
        yield "sqs:SendMessage", f"{dead_letters_of(row.name)}.Arn"
