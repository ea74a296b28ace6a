"""Ids that are derived from addresses, and the formats of ids."""

import base64
import hashlib
import hmac
import re
from datetime import datetime

ACCOUNT_ID = re.compile(r"[a-z]{2}[0-9]{3,8}")
USER_ID = re.compile(r"[a-z2-7]{26}")
REQUEST_ID = re.compile(r"[0-9a-v]{26}")
GROUP_ID = re.compile("[a-z0-9]{1,40}")
TEAM_ID = USER_ID


class Ids:
    """Derives ids from addresses with the stage's pepper: known without a read, and revealing no address."""

    def __init__(self, pepper: str) -> None:
        self._pepper = pepper.encode()

    def user_id(self, account_id: str, address: str) -> str:
        """Return the user_id of an address in an account: always the same (26 characters, base32)."""
        return self._derive(f"user\n{account_id}\n{address}")

    def identity_id(self, address: str) -> str:
        """Return the identity_id of an address, the same in all accounts (26 characters, base32)."""
        return self._derive(f"identity\n{address}")

    def _derive(self, message: str) -> str:
        return _short(hmac.digest(self._pepper, message.encode(), hashlib.sha256))


def derived_id(operation: str, *parts: str) -> str:
    """Return an id for something that an operation writes: the same when the operation is retried."""
    return _short(hashlib.sha256("\n".join((operation, *parts)).encode()).digest())


def sequential_id(at: datetime, operation: str, *parts: str) -> str:
    """Return a derived id that sorts by time, to the millisecond (26 characters, base32hex)."""
    milliseconds = int(at.timestamp() * 1_000)
    rest = hashlib.sha256("\n".join((operation, *parts)).encode()).digest()[:10]
    return base64.b32hexencode(milliseconds.to_bytes(6) + rest).decode().lower().rstrip("=")


def _short(digest: bytes) -> str:
    return base64.b32encode(digest).decode().lower()[:26]
