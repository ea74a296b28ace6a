"""A clock that can be moved, pauses that are hardly there, and a mock that does not dawdle."""

import time
from collections.abc import Iterator

import pytest
from botocore.retries.quota import RetryQuota

from tests.proofs import moments, swift_mock

_pause = time.sleep


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    swift_mock.install(monkeypatch)
    monkeypatch.setattr(time, "sleep", lambda seconds: _pause(seconds / 1000))
    # Each case stands for a process of its own, whose clients have their whole allowance of retries.
    monkeypatch.setattr(RetryQuota, "acquire", lambda _quota, _amount: True)
    moments.install()
    yield
    moments.uninstall()
