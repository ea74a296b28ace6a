import pytest

from infra.catalog import CATALOG
from shared.domain.model.signed_tokens import TokenPurpose
from shared.storage_schema import TABLES, Table
from tests.infra.stages import PROD
from tests.infra.templates import Resource, Templates
from tests.proofs.streams import view_of

EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
STACKS = ("data", "identity", "web", "service")


@pytest.mark.parametrize("stack", STACKS)
def test_stack_is_below_the_resource_limit(prod: Templates, stack: str) -> None:
    assert len(prod.resources(stack)) < 450


@pytest.mark.parametrize("stack", STACKS)
def test_stack_is_below_the_limit_of_dynamic_references(prod: Templates, stack: str) -> None:
    template = (prod.folder / f"usher-prod-{stack}.template.json").read_text()

    assert template.count("{{resolve:") <= 55  # CloudFormation takes 60


@pytest.mark.parametrize("stack", ["data", "identity"])
def test_stateful_resources_are_retained(prod: Templates, stack: str) -> None:
    lasting = {
        "AWS::DynamoDB::GlobalTable",
        "AWS::KMS::Key",
        "AWS::SecretsManager::Secret",
        "AWS::S3::Bucket",
        "AWS::Cognito::UserPool",
    }
    fates = {
        name: resource["DeletionPolicy"]
        for name, resource in prod.resources(stack).items()
        if resource["Type"] in lasting
    }

    assert fates
    assert set(fates.values()) == {"RetainExceptOnCreate"}


@EVERY_TABLE
def test_table_has_keys_and_indexes_of_the_schema(prod: Templates, table: Table) -> None:
    made = prod.named("AWS::DynamoDB::GlobalTable", table.name)

    assert keys(made) == [key for key in (table.partition_key, table.sort_key) if key]
    assert {index["IndexName"]: keys(index) for index in made.get("GlobalSecondaryIndexes", [])} == {
        index.name: [index.partition_key, index.sort_key] for index in table.indexes
    }
    projections = {index["IndexName"]: index["Projection"] for index in made.get("GlobalSecondaryIndexes", [])}
    assert projections == {
        index.name: {"ProjectionType": "KEYS_ONLY" if index.keys_only else "ALL"} for index in table.indexes
    }


@EVERY_TABLE
def test_table_is_encrypted_protected_and_recoverable(prod: Templates, table: Table) -> None:
    made = prod.named("AWS::DynamoDB::GlobalTable", table.name)
    [replica] = made["Replicas"]

    assert made["BillingMode"] == "PAY_PER_REQUEST"
    assert made["SSESpecification"]["SSEEnabled"] is True
    assert replica["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert replica["DeletionProtectionEnabled"] is True


@EVERY_TABLE
def test_table_has_ttl_and_stream_of_the_schema(prod: Templates, table: Table) -> None:
    made = prod.named("AWS::DynamoDB::GlobalTable", table.name)

    forgets = {"AttributeName": table.time_to_live, "Enabled": True} if table.time_to_live else None
    assert made.get("TimeToLiveSpecification") == forgets
    assert made.get("StreamSpecification") == ({"StreamViewType": view_of(table)} if table.stream else None)


def test_log_groups_have_the_stage_retention(prod: Templates) -> None:
    retentions = {group.get("RetentionInDays") for group in prod.of_type("AWS::Logs::LogGroup")}

    assert retentions == {PROD.log_retention_days}


def test_token_keys_are_hmac_keys(prod: Templates) -> None:
    made = prod.of_type("AWS::KMS::Key")

    assert len(made) == len(TokenPurpose)
    assert {(key["KeySpec"], key["KeyUsage"]) for key in made} == {("HMAC_256", "GENERATE_VERIFY_MAC")}


def test_ses_events_exclude_opens_and_clicks(prod: Templates) -> None:
    [destination] = prod.of_type("AWS::SES::ConfigurationSetEventDestination")
    followed = destination["EventDestination"]["MatchingEventTypes"]

    assert {"bounce", "complaint", "delivery"} <= {event.lower() for event in followed}
    assert not {"click", "open", "send"} & {event.lower() for event in followed}


def test_ses_suppresses_nothing_by_itself(prod: Templates) -> None:
    """A mailbox that is set up after a bounce must get what is resent; who complained gets a password reset link."""
    [configuration_set] = prod.of_type("AWS::SES::ConfigurationSet")

    assert configuration_set["SuppressionOptions"] == {"SuppressedReasons": []}


def keys(made: Resource) -> list[str]:
    return [key["AttributeName"] for key in made["KeySchema"]]


def test_a_stage_that_gets_a_domain_still_exports_what_was_imported_before(dev: Templates, prod: Templates) -> None:
    for templates in (dev, prod):
        assert "SiteDistribution.DomainName" in templates.exported


def test_new_pages_are_uploaded_after_the_functions_that_they_call(prod: Templates) -> None:
    resources = prod.resources("service")
    pages = next(one for name, one in resources.items() if name.startswith("OtherPages"))
    functions = {name for name, one in resources.items() if one["Type"] == "AWS::Lambda::Function"}
    routes = {name for name, one in resources.items() if one["Type"] == "AWS::ApiGatewayV2::Route"}

    assert routes
    assert routes <= set(pages["DependsOn"])
    assert len(functions) == len(CATALOG) + 1
    assert len(functions & set(pages["DependsOn"])) == len(CATALOG)  # All but that which uploads them.
