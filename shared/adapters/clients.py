"""Clients of AWS: one session for all, short time-outs, and retries only of what may be repeated."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, overload

from botocore import handlers
from botocore.config import Config
from botocore.session import Session

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sesv2 import SESV2Client

_session = Session(include_builtin_handlers=False)
# By the names of events of botocore's hooks, where these are others than that of the client.
_EVENT_NAMES = {"cognito-idp": "cognito-identity-provider", "events": "eventbridge"}
# All attempts of a call, and the pauses between them, must end before the function's time-out: a test compares them.
_DEFAULTS: dict[str, Any] = {"connect_timeout": 1, "read_timeout": 2}
_BY_SERVICE: dict[str, dict[str, Any]] = {
    # Forms for browsers are signed with version 4, and name the bucket's own address in its region, which pages may
    # send to; botocore would name the global one, outside us-east-1 unless the style is given.
    "s3": {
        "signature_version": "s3v4",
        "s3": {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    },
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
    _register_handlers("*")
    _register_handlers(service)
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


@cache
def _register_handlers(service: str) -> None:
    """Register those of botocore's own handlers that concern one service, or, for `*`, all services.

    Of its 127 handlers most concern other services or documentation; registering all takes 4 % of a cold start.
    """
    emitter = _session.get_component("event_emitter")
    in_order = {handlers.REGISTER_FIRST: emitter.register_first, handlers.REGISTER_LAST: emitter.register_last}
    builtin: Iterable[tuple[Any, ...]] = handlers.BUILTIN_HANDLERS
    for event, handler, *order in builtin:
        kind, concerned = [*event.split("."), "*"][:2]
        if kind != "docs" and concerned in (service, _EVENT_NAMES.get(service)):
            register = in_order[order[0]] if order else emitter.register
            register(event, handler)
