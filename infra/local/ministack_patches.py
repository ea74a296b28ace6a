"""Patches for differences between MiniStack 1.5.33 and AWS. A journey tests each patch."""

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Answer = Callable[[dict[str, Any]], Any]


def forget_stream_positions(state: Path) -> None:
    """Reset saved stream positions. MiniStack does not save the streams, so none would be delivered after a restart."""
    saved = state / "lambda.json"
    if saved.exists():
        content = json.loads(saved.read_text())
        content["payload"]["dynamodb_stream_positions"]["data"] = {}
        saved.write_text(json.dumps(content))


def enforce_user_pool_settings() -> None:
    """Enforce the user pool's settings for sign-up, recovery, challenges and attribute writes."""
    from ministack.services import cognito

    cognito._sign_up = _refusing(
        cognito._sign_up,
        when=lambda data: _pool_of(data, cognito)["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"],
        message="SignUp is not permitted for this user pool",
    )
    cognito._forgot_password = _refusing(
        cognito._forgot_password,
        when=lambda data: _recovery_of(_pool_of(data, cognito)) == ["admin_only"],
        message="Contact administrator to reset password.",
    )
    cognito._update_user_attributes = _refusing(
        cognito._update_user_attributes,
        when=lambda data: not _written_by(data) <= _writable_to(_claims_of(data), cognito),
        message="A client attempted to write unauthorized attribute",
    )
    cognito._respond_to_auth_challenge = _refusing(
        cognito._respond_to_auth_challenge,
        when=lambda data: not _awaits_password(data, cognito),
        message="Invalid session for the user.",
    )


def keep_viewer_functions_running() -> None:
    """Keep the processes of CloudFront functions, and let a call take a minute.

    MiniStack ends a process that has not answered in 5 seconds. On a busy machine starting others in their place makes
    all of them slower, until no page is served any more.
    """
    from ministack.core import cloudfront_js

    cloudfront_js._EVAL_TIMEOUT = 60.0
    cloudfront_js._pool.max_idle = 8


def _refusing(answer: Answer, *, when: Callable[[dict[str, Any]], bool], message: str) -> Answer:
    from ministack.core.responses import error_response_json

    def answer_or_refuse(data: dict[str, Any]) -> Any:
        try:
            refused = when(data)
        except LookupError:
            refused = False  # MiniStack answers for unknown clients and tokens
        return error_response_json("NotAuthorizedException", message, 400) if refused else answer(data)

    return answer_or_refuse


def _pool_of(data: Mapping[str, Any], cognito: Any) -> dict[str, Any]:
    pools = [pool for pool in cognito._user_pools.values() if data["ClientId"] in pool["_clients"]]
    return dict(pools[0])


def _awaits_password(data: Mapping[str, Any], cognito: Any) -> bool:
    user = _pool_of(data, cognito)["_users"][data["ChallengeResponses"]["USERNAME"]]
    return bool(user["UserStatus"] == "FORCE_CHANGE_PASSWORD")


def _recovery_of(pool: Mapping[str, Any]) -> list[str]:
    return [mechanism["Name"] for mechanism in pool["AccountRecoverySetting"]["RecoveryMechanisms"]]


def _written_by(data: Mapping[str, Any]) -> set[str]:
    return {attribute["Name"] for attribute in data.get("UserAttributes", [])}


def _claims_of(data: Mapping[str, Any]) -> dict[str, Any]:
    _, claims, _ = data["AccessToken"].split(".")
    return dict(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4))))


def _writable_to(claims: Mapping[str, Any], cognito: Any) -> set[str]:
    """Return the attributes that the client may write: those allowed and mutable."""
    pool = _pool_of({"ClientId": claims["client_id"]}, cognito)
    fixed = {attribute["Name"] for attribute in pool["SchemaAttributes"] if not attribute.get("Mutable", True)}
    return set(pool["_clients"][claims["client_id"]]["WriteAttributes"]) - fixed
