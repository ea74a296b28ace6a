"""Ids that are derived from addresses, and the formats of ids."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

ACCOUNT_ID = re.compile(r"[a-z]{2}[0-9]{3,8}")
DERIVED_ID = re.compile(r"[a-z2-7]{26}")
USER_ID = TEAM_ID = DERIVED_ID
REQUEST_ID = re.compile(r"[0-9a-v]{26}")
GROUP_ID = re.compile("[a-z0-9]{1,40}")
_MAX_ERASURES = 10_000  # Of one address.


class Ids:
    """Derives ids from addresses with the stage's pepper: known without a read, and revealing no address.

    `erasures` tells how many persons of an address were erased: the next one has other ids (rule 25). An address that
    it does not name had none.
    """

    def __init__(self, pepper: str, erasures: Mapping[str, int] = MappingProxyType({})) -> None:
        self._pepper = pepper
        self._erasures = erasures

    def user_id(self, account_id: str, address: str) -> str:
        """Return the user_id of an address in an account: the same until it is erased (26 characters, base32)."""
        return self._derive(f"user\n{account_id}\n{address}", self.erasures(address))

    def identity_id(self, address: str) -> str:
        """Return the identity_id of an address, the same in all accounts (26 characters, base32)."""
        return self._identity_id(address, self.erasures(address))

    def erasures(self, address: str) -> int:
        """Return how many persons of the address were erased, as far as is known here."""
        return self._erasures.get(address, 0)

    def with_erasures(self, erasures: Mapping[str, int]) -> "Ids":
        """Return the ids after these erasures."""
        return Ids(self._pepper, {**self._erasures, **erasures})

    def of_identity(self, identity_id: str, address: str) -> "Ids":
        """Return the ids that the address has, or had, for the person of this identity."""
        numbers = (number for number in range(_MAX_ERASURES) if self._identity_id(address, number) == identity_id)
        return self.with_erasures({address: next(numbers)})

    def _identity_id(self, address: str, number: int) -> str:
        return self._derive(f"identity\n{address}", number)

    def _derive(self, message: str, number: int) -> str:
        return _derived(self._pepper, f"{message}\n{number}" if number else message)


@lru_cache(maxsize=1_000)
def _derived(pepper: str, message: str) -> str:
    """Return the id of a message; a request derives the same ids several times."""
    return _short(hmac.digest(pepper.encode(), message.encode(), hashlib.sha256))


def derived_id(operation_id: str, *parts: str) -> str:
    """Return an id for something that an operation writes: the same when the operation is retried."""
    return _short(hashlib.sha256("\n".join((operation_id, *parts)).encode()).digest())


def sequential_id(at: datetime, operation_id: str, *parts: str) -> str:
    """Return a derived id that sorts by time, to the millisecond (26 characters, base32hex)."""
    milliseconds = int(at.timestamp() * 1_000)
    rest = hashlib.sha256("\n".join((operation_id, *parts)).encode()).digest()[:10]
    return base64.b32hexencode(milliseconds.to_bytes(6) + rest).decode().lower().rstrip("=")


def _short(digest: bytes) -> str:
    return base64.b32encode(digest).decode().lower()[:26]
