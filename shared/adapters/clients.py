"""Clients of AWS: one session for all, short time-outs, and retries only where a repeat does no harm."""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

_session = botocore.session.get_session()
# Forms for browsers are signed as of today, and name the bucket's own address in its region.
_OF_ONE: dict[str, dict[str, Any]] = {
    "s3": {"signature_version": "s3v4", "s3": {"us_east_1_regional_endpoint": "regional"}}
}


@cache
def client(service: str, *, attempts: int = 3) -> Any:
    """A client that asks at most `attempts` times."""
    return _session.create_client(
        service,
        config=Config(
            connect_timeout=2,
            read_timeout=5,
            retries={"mode": "standard", "total_max_attempts": attempts},
            tcp_keepalive=True,
            # AWS validates requests itself; validation here and the long user agent cost 10 % of a warm request.
            parameter_validation=False,
            user_agent="usher",
            **_OF_ONE.get(service, {}),
        ),
    )
