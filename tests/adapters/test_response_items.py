"""Answers that are stored for a repeat of their request."""

import hashlib
from typing import Any

import pytest

from shared.adapters.dynamodb import response_items
from shared.api.idempotency import request_key
from shared.clock import utc_now

# 16,000 characters, of which compressing leaves more than half.
_LONG = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(250))


def test_a_long_answer_is_stored_shorter_and_read_as_it_was() -> None:
    stored = _stored(_LONG)

    assert len(stored) < len(_LONG)
    assert response_items.decode_answer(stored) == _LONG


@pytest.mark.parametrize(("room", "is_kept"), [(0, True), (-1, False)])
def test_an_answer_is_stored_if_it_has_room_to_the_last_byte(
    monkeypatch: pytest.MonkeyPatch, room: int, is_kept: bool
) -> None:
    packed = _stored(_LONG)
    monkeypatch.setattr(response_items, "MAX_PACKED_BYTES", len(packed) + room)

    assert _stored(_LONG) == (packed if is_kept else None)


def _stored(answer: str) -> Any:
    """The text under which the answer is stored; None if it is not."""
    key = request_key("key", route=("POST /", "/"), sender="sender", body=b"{}")
    write = response_items.store_response("table", key, answer, now=utc_now())
    return write["Put"]["Item"].get("answer", {}).get("S")
