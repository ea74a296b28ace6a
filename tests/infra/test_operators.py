import os
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from infra import operators
from tests.infra.stages import DEV


def test_operator_command_uses_a_function_environment_without_layer_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {"IDENTITIES_TABLE": "usher-dev-identities", "AWS_CA_BUNDLE": "/opt/python/amazon-roots.pem"}
    asked: dict[str, Any] = {}

    def configuration(**name: str) -> dict[str, Any]:
        asked.update(name)
        return {"Environment": {"Variables": told}}

    monkeypatch.setattr(boto3, "client", lambda *_, **__: SimpleNamespace(get_function_configuration=configuration))
    monkeypatch.setattr(os, "environ", {"HOME": "/home/olga", "AWS_DEFAULT_REGION": "eu-west-1"})

    operators._load_environment(DEV)  # noqa: SLF001 (the rest asks for a password)

    assert asked == {"FunctionName": DEV.named("accept")}
    assert os.environ["IDENTITIES_TABLE"] == "usher-dev-identities"
    assert "AWS_CA_BUNDLE" not in os.environ
    assert {os.environ["AWS_REGION"], os.environ["AWS_DEFAULT_REGION"]} == {DEV.region}
