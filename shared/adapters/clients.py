"""Clients of AWS: one session for all, short time-outs, and retries only of what may be repeated."""

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, overload

import botocore.session
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sesv2 import SESV2Client

_session = botocore.session.get_session()
# All attempts of a call, and the pauses between them, must end before the function's time-out: a test compares them.
_DEFAULTS: dict[str, Any] = {"connect_timeout": 1, "read_timeout": 2}
_BY_SERVICE: dict[str, dict[str, Any]] = {
    # Forms for browsers are signed with version 4, and name the bucket's own address in its region.
    "s3": {"signature_version": "s3v4", "s3": {"us_east_1_regional_endpoint": "regional"}},
    # Longer, since a mail whose answer is lost is sent twice.
    "sesv2": {"connect_timeout": 2, "read_timeout": 5},
}


@overload
def client(service: Literal["cognito-idp"], *, attempts: int = 3) -> "CognitoIdentityProviderClient": ...
@overload
def client(service: Literal["dynamodb"], *, attempts: int = 3) -> "DynamoDBClient": ...
@overload
def client(service: Literal["events"], *, attempts: int = 3) -> "EventBridgeClient": ...
@overload
def client(service: Literal["kms"], *, attempts: int = 3) -> "KMSClient": ...
@overload
def client(service: Literal["s3"], *, attempts: int = 3) -> "S3Client": ...
@overload
def client(service: Literal["sesv2"], *, attempts: int = 3) -> "SESV2Client": ...
@overload
def client(service: str, *, attempts: int = 3) -> Any: ...
@cache
def client(service: str, *, attempts: int = 3) -> Any:
    """Return a client that makes at most `attempts` attempts per call."""
    return _session.create_client(
        service,
        config=Config(
            retries={"mode": "standard", "total_max_attempts": attempts},
            tcp_keepalive=True,
            # AWS validates requests itself; validation here and the long user agent cost 10 % of a warm request.
            parameter_validation=False,
            user_agent="usher",
            **(_DEFAULTS | _BY_SERVICE.get(service, {})),
        ),
    )
