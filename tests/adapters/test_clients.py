"""The clients that adapters share."""

import subprocess
import sys
from typing import Any

import botocore.session
import pytest
from botocore import handlers

from infra.build_layer import OPERATIONS_USED
from infra.paths import ROOT
from shared.adapters import clients

_OWN = {handler for _, handler, *_ in handlers.BUILTIN_HANDLERS}
_KINDS = {event.partition(".")[0] for event, *_ in handlers.BUILTIN_HANDLERS} - {"docs"}


@pytest.mark.parametrize("service", OPERATIONS_USED)
def test_a_client_has_all_of_botocores_handlers_that_concern_its_calls(service: str) -> None:
    ours: Any = clients.client(service)
    stock: Any = botocore.session.get_session().create_client(service)

    for event in _events(ours, OPERATIONS_USED[service]):
        assert _handlers(ours, event) == _handlers(stock, event), event


def test_handlers_are_registered_once() -> None:
    first: Any = clients.client("s3", attempts=7)
    second: Any = clients.client("s3", attempts=8)

    for event in _events(first, OPERATIONS_USED["s3"]):
        found = _handlers(second, event)
        assert len(found) == len(set(found)), event
        assert found == _handlers(first, event), event


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1"])
def test_a_form_names_the_address_of_its_bucket_in_its_region(region: str) -> None:
    """In a process of its own, since a process has clients of one region."""
    program = """
from shared.adapters import clients
print(clients.client("s3").generate_presigned_post("logos", "uploads/x")["url"])
"""
    environment = {"AWS_DEFAULT_REGION": region, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == f"https://logos.s3.{region}.amazonaws.com/"


def _events(client: Any, operations: set[str]) -> list[str]:
    """The names of all events of these operations for which botocore has handlers."""
    service = client.meta.service_model.service_id.hyphenize()
    return [f"{kind}.{service}.{operation}" for kind in _KINDS for operation in operations]


def _handlers(client: Any, event: str) -> list[object]:
    """Botocore's own handlers of an event, in the order in which they are called."""
    emitter = client.meta.events._emitter  # noqa: SLF001 (botocore has no public way to ask)
    return [handler for handler in emitter._handlers.prefix_search(event) if handler in _OWN]  # noqa: SLF001
