"""Stages are files, checked when they are read; a developer's own is one file."""

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_wafv2 as waf

from infra.app import build
from infra.catalog import CATALOG
from infra.page_config import page_config
from infra.stages import FOLDER, Stage, read_stage
from tests.infra.stages import DEV
from tests.infra.templates import Templates

PLACEHOLDERS = 'sender = "usher@alice.example.org"\nstaff_mail = "staff@example.org"\n'
MINIMAL = f"keeps_data = false\n{PLACEHOLDERS}"


def a_file(folder: Path, text: str, *, name: str = "alice") -> Path:
    (folder / f"{name}.toml").write_text(text)
    return folder


def the_mistake(folder: Path, text: str, *, name: str = "alice") -> str:
    with pytest.raises(SystemExit) as refused:
        read_stage(name, folder=a_file(folder, text, name=name))
    return str(refused.value)


def kinds(app: cdk.App) -> set[type]:
    return {type(node) for node in app.node.find_all()}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_shipped_stage_is_valid(file: Path) -> None:
    assert read_stage(file.stem).name == file.stem


def test_own_stage_is_one_file(tmp_path: Path) -> None:
    stage = read_stage("alice", folder=a_file(tmp_path, MINIMAL))

    assert stage.named("journal") == "usher-alice-journal"
    assert stage.sender_domain == "alice.example.org"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("colour = 'red'", "colour: Extra inputs are not permitted"),
        ("domain = 'https://app.example.org'", "domain: String should match"),
        ("dmarc_reports = 'Usher <dmarc@example.org>'", "dmarc_reports: String should match"),
        ("region = 'us-gov-west-1'", "region: String should match"),
        ("region = 'cn-north-1'", "region: String should match"),
        ("region = 'eu-central'", "region: String should match"),
        ("account = 123", "account: Input should be a valid string"),
        ("log_retention_days = 31", "log_retention_days: Input should be 7, 30 or 365"),
        ("help_url = 'help.example.org'", "help_url: Use a web address that begins with https://"),
        ("app_url = 'https://app.example.org'", "app_url: must contain {account_id}"),
        ("app_url = 'https://app.example.org/?a={account_id}'", "app_url: must contain {account_id}, and neither"),
        ("app_url = 'http://{account_id}.example.org'", "app_url: Use a web address"),
        ("allowed_origins = ['*']", "allowed_origins.0: must be an origin"),
        ("allowed_origins = ['https://*.example.org']", "allowed_origins.0: must be an origin"),
        ("allowed_origins = ['https://a.example.org/']", "allowed_origins.0: must be an origin"),
        ("allowed_origins = ['https://a.example.org:443']", "allowed_origins.0: must be an origin"),
        ("allowed_origins = ['http://a.example.org']", "allowed_origins.0: must be an origin"),
        ("allowed_origins = ['https://A.example.org']", "allowed_origins.0: must be an origin"),
        ("allowed_origins = ['null']", "allowed_origins.0: must be an origin"),
        ("help_url = 'https://-'", "help_url: Use a web address"),
        ("public_concurrency = 0", "public_concurrency: Input should be greater than or equal to 1"),
        ("[token_keys.invitation_mailed]\noldest = 1\nnewest = 3", "one or two must live"),
        ("[token_keys.letters]\nnewest = 2", "token_keys.letters"),
        ("[password]\nmin_length = 6", "password.min_length: Input should be greater than or equal to 7"),
        ("[password]\ncomposition = 'strong'", "password.composition: Input should be 'mixed' or 'any'"),
        ("security_question = 'maybe'", "security_question: Input should be 'ask' or 'off'"),
        ("name = 'bob'", "name cannot be set"),
        ("domain = ", "is not TOML"),
    ],
)
def test_mistake_is_named_with_its_file(tmp_path: Path, text: str, expected: str) -> None:
    said = the_mistake(tmp_path, MINIMAL + text)

    assert expected in said
    assert "Traceback" not in said


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    said = the_mistake(tmp_path, f"{MINIMAL}colour = 'red'\nregion = 'eu-west'\n")

    assert [line.split(": ")[1] for line in said.splitlines()] == ["region", "colour"]
    assert "alice.toml" in said


def test_lasting_data_needs_an_account(tmp_path: Path) -> None:
    assert "names its AWS account" in the_mistake(tmp_path, PLACEHOLDERS)


def test_nothing_stands_in_for_the_addresses_of_the_product(tmp_path: Path) -> None:
    said = the_mistake(tmp_path, "keeps_data = false\n")

    assert [line.split(": ")[1:] for line in said.splitlines()] == [
        ["sender", "Field required"],
        ["staff_mail", "Field required"],
    ]


@pytest.mark.parametrize("name", ["Alice", "my-stage", "a", "1st", "x" * 17, "awsome", "myamazon", "cognito2"])
def test_name_must_fit_into_physical_names(tmp_path: Path, name: str) -> None:
    assert "name: " in the_mistake(tmp_path, MINIMAL, name=name)


def test_unknown_stage_lists_the_known_ones(tmp_path: Path) -> None:
    a_file(tmp_path, MINIMAL, name="carol")

    with pytest.raises(SystemExit, match="choose one of local, carol, or write"):
        read_stage("alice", folder=tmp_path)


@pytest.mark.parametrize(
    ("option", "kind"),
    [
        ("waf", waf.CfnWebACL),
        ("alarms", cloudwatch.Alarm),
        ("dashboard", cloudwatch.Dashboard),
    ],
)
def test_optional_part_is_left_out(tmp_path: Path, option: str, kind: type) -> None:
    app = build(a_stage(**{option: False}), outdir=str(tmp_path))

    assert kind not in kinds(app)
    assert {waf.CfnWebACL, cloudwatch.Alarm, cloudwatch.Dashboard} - {kind} <= kinds(app)


def test_tracing_is_an_option_of_every_function(tmp_path: Path) -> None:
    app = build(a_stage(tracing=True), outdir=str(tmp_path))
    app.synth()  # with cdk-nag

    functions = [node for node in app.node.find_all() if isinstance(node, lambda_.CfnFunction)]
    traced = [one for one in functions if cdk.Stack.of(one).resolve(one.tracing_config)]
    assert len(traced) == len(CATALOG)


def test_bootstrap_qualifier_of_a_company_is_used(tmp_path: Path) -> None:
    app = build(a_stage(bootstrap_qualifier="acme"), outdir=str(tmp_path))
    app.synth()  # with cdk-nag

    assert "cdk-acme-assets-" in (tmp_path / "usher-alice-service.assets.json").read_text()


def test_exactly_the_listed_origins_may_call_the_api(tmp_path: Path) -> None:
    origins = ["https://app.shop.example", "https://intranet.shop.example:8443", "http://localhost:3000"]
    stage = read_stage("alice", folder=a_file(tmp_path, f"{MINIMAL}allowed_origins = {origins}\n"))

    build(stage, outdir=str(tmp_path)).synth()

    [api] = Templates(tmp_path, "alice").of_type("AWS::ApiGatewayV2::Api")
    allowed = api["CorsConfiguration"]
    assert allowed["AllowOrigins"] == origins
    headers = {"authorization", "content-type", "idempotency-key", "if-match", "x-request-id"}
    assert headers == set(allowed["AllowHeaders"])
    assert allowed["ExposeHeaders"] == ["retry-after", "x-request-id"]
    assert not allowed.get("AllowCredentials")


def test_without_a_list_no_other_origin_may_call_the_api(dev: Templates, prod: Templates) -> None:
    for templates in (dev, prod):
        [api] = templates.of_type("AWS::ApiGatewayV2::Api")
        assert "CorsConfiguration" not in api


def test_host_product_is_named_to_the_functions_that_lead_there(tmp_path: Path) -> None:
    url = "https://{account_id}.shop.example/home"
    stage = read_stage("alice", folder=a_file(tmp_path, f'{MINIMAL}app_url = "{url}/"\n'))

    build(stage, outdir=str(tmp_path)).synth()

    templates = Templates(tmp_path, "alice")
    for name in ("accept", "join", "send_mail"):
        assert templates.named("AWS::Lambda::Function", name)["Environment"]["Variables"]["APP_URL"] == url


def test_choice_of_passwords_reaches_pool_and_functions(tmp_path: Path) -> None:
    rules = "security_question = 'off'\n[password]\nmin_length = 15\ncomposition = 'any'\n"
    stage = read_stage("alice", folder=a_file(tmp_path, MINIMAL + rules))

    build(stage, outdir=str(tmp_path)).synth()

    templates = Templates(tmp_path, "alice")
    [pool] = templates.of_type("AWS::Cognito::UserPool")
    assert pool["Policies"]["PasswordPolicy"] == {
        "MinimumLength": 15,
        "RequireLowercase": False,
        "RequireNumbers": False,
        "RequireSymbols": False,
        "RequireUppercase": False,
    }
    chosen = {"PASSWORD_MIN_LENGTH": "15", "PASSWORD_COMPOSITION": "any", "SECURITY_QUESTION": "off"}
    for name in ("preview", "accept"):
        function = templates.named("AWS::Lambda::Function", name)
        assert function["Environment"]["Variables"].items() >= chosen.items()


def a_stage(**values: Any) -> Stage:
    return DEV.model_copy(update={"name": "alice", "waf": True, "alarms": True, "dashboard": True, **values})


def test_pages_are_told_of_help_and_host_product() -> None:
    told = {"region": "eu-central-1", "user_pool_client_id": "client", "cognito_endpoint": "https://cognito.example"}
    urls = {"help_url": "https://help.shop.example", "app_url": "https://{account_id}.shop.example"}

    assert page_config(a_stage(**urls), **told).items() >= {**told, **urls}.items()
    assert page_config(a_stage(), **told).items() >= {"help_url": None, "app_url": None}.items()
