"""A clock that can be moved, short pauses, fast hashes and a fast DynamoDB: for the proofs alone."""

import hashlib
import time
from collections.abc import Iterator

import pytest
from botocore.retries.quota import RetryQuota

from tests.proofs import moments, moto_patches

_pause = time.sleep
_slow = hashlib.scrypt


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(time, "sleep", lambda seconds: _pause(seconds / 1000))
    # Each case stands for a process of its own, whose clients have their whole allowance of retries.
    monkeypatch.setattr(RetryQuota, "acquire", lambda _quota, _amount: True)
    # Nothing that is compared depends on what a slow hash costs.
    monkeypatch.setattr(hashlib, "scrypt", lambda secret, **cost: _slow(secret, **(cost | {"n": 2})))
    moments.install()
    with moto_patches.active():
        yield
    moments.uninstall()
