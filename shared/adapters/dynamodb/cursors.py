"""Cursors: the position at which a page ended, as opaque text."""

import base64
import binascii

from shared.domain.model import errors

_LONGEST = 1024  # bytes, DynamoDB's limit for a sort key


def encode(position: str) -> str:
    """Return the cursor of a position."""
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def decode(cursor: str) -> str:
    """Return the position of a cursor; raises InvalidRequest for malformed text."""
    try:
        position = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        position = ""
    if not 0 < len(position.encode()) <= _LONGEST:
        raise errors.InvalidRequest([("cursor", "This is not a valid cursor. Use the `next_cursor` of a page.")])
    return position
