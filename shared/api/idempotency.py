"""Idempotency keys: a repeated request gets the answer of the first one, without a second effect."""

import hashlib
import hmac
import json
import re
from typing import NamedTuple

from shared.domain.model import errors
from shared.domain.policy.principals import StoredResponse
from shared.settings import settings

_FORM = r"[\x21-\x7e]{1,255}"


class Replayed(Exception):
    """The request was answered before, under the same key; `response` is the JSON of that answer."""

    def __init__(self, response: str) -> None:
        super().__init__("answered before")
        self.response = response


class RequestKey(NamedTuple):
    """A request's Idempotency-Key: `record_id` finds the record, `fingerprint` distinguishes bodies."""

    record_id: str
    fingerprint: str

    def require_new(self, stored: StoredResponse) -> None:
        """Return where the stored answer is to be made again; raises Replayed, or IdempotencyKeyReused."""
        if stored.fingerprint != self.fingerprint:
            raise errors.IdempotencyKeyReused
        if stored.response is not None:
            raise Replayed(stored.response)


def request_key(given: str, *, route: tuple[str, str], sender: str, body: bytes) -> RequestKey:
    """Return the key of a request of this sender to this route; raises InvalidRequest for a malformed header.

    The fingerprint is keyed with secrets that are stored nowhere beside it, so that the record reveals nothing of
    passwords and answers in the body.
    """
    if not re.fullmatch(_FORM, given):
        raise errors.InvalidRequest([("Idempotency-Key", "Use 1 to 255 visible ASCII characters.")])
    scope = "\n".join((*route, sender, given))
    canonical = json.dumps(json.loads(body), sort_keys=True, ensure_ascii=True)
    secret = f"{settings().pepper}\n{given}".encode()
    return RequestKey(
        record_id=hashlib.sha256(scope.encode()).hexdigest(),
        fingerprint=hmac.new(secret, canonical.encode(), hashlib.sha256).hexdigest(),
    )
