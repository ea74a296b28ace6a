"""Give every proof a movable clock, short pauses, cheap hashes and a fast DynamoDB."""

import hashlib
import time
from collections.abc import Iterator

import pytest
from botocore.retries.quota import RetryQuota

from tests.proofs import moto_patches, movable_clock

_pause = time.sleep
_slow = hashlib.scrypt


@pytest.fixture(autouse=True)
def _fast_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(time, "sleep", lambda seconds: _pause(seconds / 1000))
    # Each case stands for a new process, whose clients have their whole retry quota.
    monkeypatch.setattr(RetryQuota, "acquire", lambda _quota, _amount: True)
    # No result depends on the cost of the hash.
    monkeypatch.setattr(hashlib, "scrypt", lambda secret, **cost: _slow(secret, **(cost | {"n": 2})))
    movable_clock.install()
    with moto_patches.active():
        yield
    movable_clock.uninstall()
