"""A clock that can be moved, pauses that are hardly there, and a mock that does not dawdle."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.retries.quota import RetryQuota
from moto.core.serialize import JSONSerializer

from tests.proofs import moments

_pause = time.sleep
_serialize = JSONSerializer._serialize_type_structure  # noqa: SLF001 (there is no other door)


def _serialize_swiftly(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """The mock keeps attributes of items as they are sent, but walks through each of them: a third of its time."""
    if shape.name == "AttributeValue" and isinstance(value, dict):
        serialized[key] = value
    else:
        _serialize(self, serialized, value, shape, key)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(JSONSerializer, "_serialize_type_structure", _serialize_swiftly)
    monkeypatch.setattr(time, "sleep", lambda seconds: _pause(seconds / 1000))
    # Each case stands for a process of its own, whose clients have their whole allowance of retries.
    monkeypatch.setattr(RetryQuota, "acquire", lambda _quota, _amount: True)
    moments.install()
    yield
    moments.uninstall()
