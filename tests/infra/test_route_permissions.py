"""API Gateway may invoke the function of every route: permissions are matched with invocation ARNs, as IAM does."""

from fnmatch import fnmatchcase

import pytest

from infra.catalog import CATALOG
from infra.http_api import HOST_STAGE
from tests.infra.templates import Templates

API = "ApiHttpApi"
ROUTES = [(route, row.name) for row in CATALOG for route in row.routes]


def invocation_arn(route: str, stage: str = "$default") -> str:
    """Return the source ARN of an invocation in a stage: `<api>/<stage>/<method>/<path>`, or `.../$default`."""
    method, _, path = route.rpartition(" ")
    resource = f"{method}{path}" if method else route
    return f"arn:aws:execute-api:us-east-1:111122223333:{API}/{stage}/{resource}"


def arn_like(arn: str, pattern: str) -> bool:
    """Match like IAM's ArnLike: each of the six parts on its own, `*` also over slashes."""
    return all(
        fnmatchcase(part, allowed) for part, allowed in zip(arn.split(":", 5), pattern.split(":", 5), strict=True)
    )


def patterns(prod: Templates, function: str) -> list[str]:
    """Return the source ARNs from which API Gateway may invoke a function."""
    found = [
        str(permission["SourceArn"])
        for permission in prod.of_type("AWS::Lambda::Permission")
        if permission["FunctionName"] == f"usher-prod-{function}.Arn"
        and permission["Principal"] == "apigateway.amazonaws.com"
    ]
    values = {"AWS::Partition": "aws", "AWS::AccountId": "111122223333", "AWS::Region": "us-east-1"}
    for name, value in values.items():
        found = [pattern.replace(name, value) for pattern in found]
    return found


@pytest.mark.parametrize(("route", "function"), ROUTES, ids=[route for route, _ in ROUTES])
def test_function_of_a_route_may_be_invoked(prod: Templates, route: str, function: str) -> None:
    allowed = patterns(prod, function)

    for stage in ("$default", HOST_STAGE):
        arn = invocation_arn(route, stage)
        assert any(arn_like(arn, pattern) for pattern in allowed), (arn, allowed)


def test_no_other_api_may_invoke_a_function(prod: Templates) -> None:
    found = [pattern for _, function in ROUTES for pattern in patterns(prod, function)]

    assert {pattern.split(":")[5].split("/")[0] for pattern in found} == {API}


def test_routes_need_a_path_and_the_default_route_has_none() -> None:
    assert arn_like(invocation_arn("GET /v1/me"), f"arn:aws:execute-api:us-east-1:111122223333:{API}/*/*/*")
    assert not arn_like(invocation_arn("$default"), f"arn:aws:execute-api:us-east-1:111122223333:{API}/*/*/*")
