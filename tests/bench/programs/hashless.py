"""`accept` with a hash that costs next to nothing: what is left can be compared with functions that hash nothing."""

import hashlib
from typing import Any

_slow = hashlib.scrypt


def _quick(secret: bytes, **cost: Any) -> bytes:
    return _slow(secret, **(cost | {"n": 2}))


hashlib.scrypt = _quick  # type: ignore[assignment] # all of its arguments but this have names

from functions.accept import handler  # noqa: E402 (the hash had to be there first)

lambda_handler = handler.lambda_handler
