"""A long random walk through the product, with a model of its rules at its side."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proofs.model.machine import Usher


def test_walk(monkeypatch) -> None:
    import os, time

    slow = hashlib.scrypt
    monkeypatch.setattr(hashlib, "scrypt", lambda secret, **cost: slow(secret, **(cost | {"n": 2})))
    began = time.perf_counter()
    n = int(os.environ.get("N", "10"))
    Usher.met.clear()
    run_state_machine_as_test(
        Usher,
        settings=settings(
            max_examples=n,
            stateful_step_count=50,
            database=None,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            phases=[Phase.generate],
        ),
    )
    spent = time.perf_counter() - began
    print(n * 50, "steps", spent, "s", spent / n / 50 * 1000, "ms/step")
    for k, v in sorted(Usher.met.items()):
        print(f"{v:6} {k}")
