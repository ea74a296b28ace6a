"""Cursors: the position at which a page ended, as opaque text that belongs to one list."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Protocol, TypeVar

from shared.domain.model import errors
from shared.settings import settings

_MAX_KEY_BYTES = 1024  # bytes, DynamoDB's limit for a sort key
_DIGEST = 12  # bytes; 3 of them are 4 characters of base64

Scope = tuple[object, ...]  # account, sort, filters and search of a list, as JSON values


def encode(position: str, *, scope: Scope) -> str:
    """Return the cursor of a position in this list."""
    raw = position.encode()
    return base64.urlsafe_b64encode(_digest(raw, scope) + raw).decode().rstrip("=")


def decode(cursor: str, *, scope: Scope) -> str:
    """Return the position of a cursor; raises InvalidRequest for one that was not made here for this list."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    digest, position = raw[:_DIGEST], raw[_DIGEST:]
    if not 0 < len(position) <= _MAX_KEY_BYTES or not hmac.compare_digest(digest, _digest(position, scope)):
        raise errors.InvalidRequest(
            [("cursor", "This cursor does not belong to this list. Begin with the first page again.")]
        )
    return position.decode()


class Placed(Protocol):
    """Something of an ordered list."""

    @property
    def place(self) -> str:
        """What the list is ordered by."""


Row = TypeVar("Row", bound=Placed)


def page_of(rows: Sequence[Row], *, limit: int, cursor: str | None, scope: Scope) -> tuple[list[Row], str | None]:
    """Return a page of a list that was read whole, and the cursor of the next page; raises InvalidRequest."""
    after = decode(cursor, scope=scope) if cursor else ""
    left = [row for row in rows if row.place > after]
    page = left[:limit]
    return page, encode(page[-1].place, scope=scope) if len(left) > limit else None


def _digest(position: bytes, scope: Scope) -> bytes:
    message = json.dumps(scope).encode() + b"\n" + position
    return hmac.digest(settings().pepper.encode(), b"cursor\n" + message, hashlib.sha256)[:_DIGEST]
