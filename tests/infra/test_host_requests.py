"""Requests of the host product reach a stage of the API of their own, which has a rate of its own (rule 39)."""

import base64
import json
from typing import Any

import pytest

from infra.http_api import HOST_STAGE
from infra.viewer_functions import host_requests
from shared.api.authentication import HOST_SCOPE
from tests.infra.viewer_functions import run

PATH = "/v1/accounts/ab123/access/v1/evaluation"


def bearer(claims: Any) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"Bearer eyJhbGciOiJSUzI1NiJ9.{body}.c2lnbmVk"


@pytest.mark.parametrize(
    ("authorization", "prefix"),
    [
        (bearer({"scope": HOST_SCOPE}), f"/{HOST_STAGE}"),
        (bearer({"scope": f"other/scope {HOST_SCOPE}", "client_id": "c\u00f6"}), f"/{HOST_STAGE}"),
        (bearer({"scope": "aws.cognito.signin.user.admin", "username": "ann"}), ""),
        (bearer({"scope": f"{HOST_SCOPE}s"}), ""),
        (bearer({"username": HOST_SCOPE}), ""),
        (bearer([]), ""),
        (bearer(None), ""),
        ("Bearer a.%%%.c", ""),
        ("Bearer", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_a_token_with_the_hosts_scope_leads_to_its_stage(authorization: str | None, prefix: str) -> None:
    headers = {} if authorization is None else {"authorization": {"value": authorization}}

    sent = run(host_requests(), PATH, headers)

    assert sent == {"uri": prefix + PATH, "headers": headers}


@pytest.mark.parametrize("path", ["/v1/invitations/preview", "/v1/recovery/start", "/v1/openapi.json", "/v1/me"])
def test_routes_that_the_host_does_not_call_never_use_its_rate(path: str) -> None:
    headers = {"authorization": {"value": bearer({"scope": HOST_SCOPE})}}

    assert run(host_requests(), path, headers) == {"uri": path, "headers": headers}
