"""Look-ups in the public DNS, since only what the world sees there counts."""

from collections.abc import Sequence
from typing import Protocol

import dns.exception
import dns.resolver

SECONDS = 5.0


class Resolver(Protocol):
    """Returns the records of a name: empty if there are none, None if DNS cannot be asked."""

    def __call__(self, name: str, kind: str) -> Sequence[str] | None: ...


def look_up(name: str, kind: str) -> Sequence[str] | None:
    """Ask the machine's resolver. The texts of a TXT record are joined, and names have no dot at their end."""
    try:
        answer = dns.resolver.resolve(name, kind, lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError):
        return None
    if kind == "TXT":
        return [b"".join(record.strings).decode(errors="replace") for record in answer]
    return [record.to_text().rstrip(".") for record in answer]
