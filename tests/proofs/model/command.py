"""A command of the walk as plain values, and the request that it becomes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shared.adapters.token_signer import open_recovery_signer, open_token_signer
from shared.domain.model import invitation_tokens
from shared.domain.model.recoveries import RecoveryToken
from tests import factories, invoke
from tests.invoke import SignedIn
from tests.proofs.model.state import State, identity_id_of, user_id_of

OPERATOR = "operator@usher.example"
HOST = "the host product"
ROUTES = (
    {"invite": factories.INVITE, "invite_administrator": factories.ADMINISTRATORS, "edit": factories.EDIT}
    | {"open_account": factories.OPEN_ACCOUNT, "change_settings": factories.SETTINGS, "edit_me": factories.EDIT_ME}
    | {"resend": factories.RESEND, "copy_link": factories.COPY_LINK, "revoke": factories.REVOKE}
    | {
        "create_group": factories.CREATE_GROUP,
        "edit_group": factories.EDIT_GROUP,
        "delete_group": factories.DELETE_GROUP,
    }
    | {"create_team": factories.CREATE_TEAM, "edit_team": factories.EDIT_TEAM, "delete_team": factories.DELETE_TEAM}
    | {"block": factories.BLOCK, "unblock": factories.UNBLOCK}
    | {"deactivate": factories.DEACTIVATE, "reactivate": factories.REACTIVATE, "remove": factories.REMOVE}
    | {"preview": factories.PREVIEW, "accept": factories.ACCEPT, "join": factories.JOIN}
    | {"decline": factories.DECLINE, "request_new": factories.REQUEST_NEW, "get_user": factories.USER}
    | {"list_users": factories.USERS, "get_account": factories.GET_ACCOUNT, "get_access": factories.ACCESS}
    | {"list_groups": factories.GROUPS, "list_entries": factories.JOURNAL, "get_me": factories.ME}
    | {"put_record": factories.PUT_RECORD, "reassign": factories.REASSIGN}
    | {"set_seats": factories.SET_SEATS, "request_seats": factories.REQUEST_SEATS}
    | {"approve_seats": factories.APPROVE_SEATS, "deny_seats": factories.DENY_SEATS}
    | {"invite_many": factories.INVITE_MANY, "clone": factories.CLONE, "leave": factories.LEAVE}
    | {"certify": factories.CERTIFY, "withdraw": factories.WITHDRAW}
    | {"block_identity": factories.BLOCK_IDENTITY, "unblock_identity": factories.UNBLOCK_IDENTITY}
    | {"help_recovery": factories.HELP_RECOVERY, "start_recovery": factories.START_RECOVERY}
    | {"preview_recovery": factories.PREVIEW_RECOVERY, "finish_recovery": factories.FINISH_RECOVERY}
    | {"change_password": factories.CHANGE_PASSWORD, "sign_out": factories.SIGN_OUT}
)
REGISTRY_COMMANDS = ("certify", "withdraw")
IDENTITY_COMMANDS = ("block_identity", "unblock_identity", "help_recovery")
RECOVERY_COMMANDS = ("start_recovery", "preview_recovery", "finish_recovery")
PERSON_COMMANDS = ("edit_me", "change_password", "sign_out")
TEAM_COMMANDS = ("create_team", "edit_team", "delete_team")
MALFORMED = "Not-An-Id"
_WITH_PEOPLE = {"put_record", "reassign", "clone"}
INVALID_REQUESTS: dict[str, dict[str, Any]] = {
    "no JSON": {"body": None, "raw": '{"first_name": '},
    "too large": {"body": None, "raw": " " * (64 * 1024 + 1)},
    "malformed key": {"headers": {"idempotency-key": "two words"}},
    "unknown field": {},
}
_tokens: dict[tuple[str, str], str] = {}
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Command:
    """One request. `by` is a caller's address, with ` id`, ` before` or ` ended` behind it for a token that is refused.

    `link` is account/address/generation/channel, with `~` and what was forged behind it; `group`, and texts of the body
    that begin with `@`, name groups of the account; `team` names one of its teams, and texts of the body that begin
    with `&` people by address; `record` is type/id; `seat_request` counts back from the account's latest request;
    `email` is the address in the path of an operator's command; `recovery` is address/version of a link to a new
    password, with `~mac` behind it if it was forged; `invalid` names one of INVALID_REQUESTS.
    """

    name: str
    by: str | None = None
    account: str | None = None
    user: str | None = None
    group: str | None = None
    team: str | None = None
    record: str | None = None
    seat_request: int | None = None
    link: str | None = None
    email: str | None = None
    recovery: str | None = None
    body: Any = field(default_factory=dict)
    key: str | None = None
    if_match: int | None = None
    invalid: str | None = None

    @property
    def target(self) -> tuple[str, str] | None:
        """Return the account and the address of the user whom the command is about, if it is about one."""
        if self.link:
            account, address, *_ = self.link.split("/")
            return account, address
        invited = self.body.get("admin", {}) if self.name == "open_account" else self.body
        address = self.user or invited.get("email")
        return (self.account_id, canonical(address)) if self.account_id and address else None

    @property
    def person(self) -> str | None:
        """Return the address of the person whose identity the command is about, in all of their accounts."""
        if self.name in PERSON_COMMANDS:
            return self.by
        asked = self.body.get("email") if self.name == "start_recovery" else None
        return self.email or asked or (self.recovery.split("/")[0] if self.recovery else None)

    @property
    def people(self) -> set[str]:
        """Return the addresses of all whom the command may change beside its caller and its target."""
        if self.name == "invite_many":
            return {canonical(row["email"]) for row in self.body.get("users", ())}
        named = [self.body.get(name) for name in ("owner_id", "from")] + list(self.body.get("to") or ())
        return {str(one).removeprefix("&") for one in named if one} if self.name in _WITH_PEOPLE else set()

    @property
    def account_id(self) -> str | None:
        """Return the one account in which the command may change anything."""
        return self.link.split("/")[0] if self.link else self.account or self.body.get("account_id")

    @property
    def generation(self) -> int:
        return int((self.link or "///0").split("~")[0].split("/")[2] or 0)

    @property
    def scope(self) -> tuple[object, ...]:
        """Return for what the Idempotency-Key counts: caller and route, or link and route."""
        return (
            self.name,
            self.by or self.link or self.recovery,
            self.account,
            self.user or self.group or self.team or self.record or self.seat_request or self.email,
            self.key,
        )

    def request(self, state: State) -> Callable[[], invoke.Answer]:
        """Return the request, ready to be sent any number of times."""
        parts: dict[str, Any] = {"headers": {"idempotency-key": self.key} if self.key else {}}
        if not ROUTES[self.name].startswith("GET"):
            token = {"token": token_of(self.link)} if self.link else {}
            token |= {"token": recovery_token_of(self.recovery)} if self.recovery else {}
            parts["body"] = (
                token | self._with_ids(self.body, state) | ({"surprise": 1} if self.invalid == "unknown field" else {})
            )
        if self.by:
            parts["caller"] = _signed_in(self.by, state)
        parts |= self._ids(state)
        if self.if_match is not None:
            parts["headers"]["if-match"] = f'"{self.if_match}"'
        parts |= INVALID_REQUESTS[self.invalid] if self.invalid else {}
        return lambda: invoke.call(ROUTES[self.name], **parts)

    def _ids(self, state: State) -> dict[str, str]:
        """Return what the path names."""
        ids: dict[str, str] = {}
        if self.account:
            ids["account_id"] = self.account
        if self.user:
            ids["user_id"] = MALFORMED if self.user == MALFORMED else user_id_of(self.account or "", self.user)
        if self.group:
            ids["group_id"] = state.group_id(self.account or "", self.group)
        if self.team:
            ids["team_id"] = state.team_id(self.account or "", self.team)
        if self.email:
            ids["email"] = self.email
        if self.record:
            ids["type"], ids["record_id"] = self.record.split("/")
        if self.seat_request is not None:
            ids["request_id"] = state.seat_request_id(self.account or "", self.seat_request)
        return ids

    def _with_ids(self, body: Any, state: State) -> Any:
        match body:
            case dict():
                return {name: self._with_ids(value, state) for name, value in body.items()}
            case list():
                return [self._with_ids(value, state) for value in body]
            case str() if body.startswith("@"):
                return state.group_id(self.account or "", body[1:])
            case str() if body.startswith("&"):
                return user_id_of(self.account or "", body[1:])
        return body


def canonical(address: str) -> str:
    """Return the address in lower case, its domain as A-labels."""
    local, _, domain = address.partition("@")
    return f"{local}@{domain.encode('idna').decode()}".lower() if domain else address


def _signed_in(by: str, state: State) -> SignedIn:
    if by == HOST:
        return SignedIn.host("host client")
    address, _, kind = by.partition(" ")
    identity = state.identities.get(address, {})
    sub, begun = identity.get("sub", "no sign-in"), state.now
    if kind == "ended" and "sessions_since" in identity:
        begun = datetime.fromisoformat(identity["sessions_since"]) - _SECOND
    elif kind in {"before", "ended"}:
        sub = "an earlier sign-in"
    groups = ("operators",) if address == OPERATOR else ()
    token_use = "id" if kind == "id" else "access"
    return SignedIn(
        address,
        sub,
        groups=groups,
        token_use=token_use,
        signed_in_at=int(begun.timestamp()),
        session="another one" if kind else "this one",
    )


def token_of(link: str) -> str:
    """Return the token of a link as the product signs it, with one part of it forged if the link says so."""
    name, _, forged = link.partition("~")
    if (name, forged) not in _tokens:
        account, address, generation, channel = name.split("/")
        signed = open_token_signer().sign(
            invitation_tokens.InvitationToken(
                account, user_id_of(account, address), int(generation), invitation_tokens.Channel(channel)
            )
        )
        _tokens[name, forged] = _forged(signed, forged)
    return _tokens[name, forged]


def recovery_token_of(recovery: str) -> str:
    """Return the token of a password reset link as the product signs it, its MAC cut short if it was forged."""
    link, _, forged = recovery.partition("~")
    address, version = link.split("/")
    signed = open_recovery_signer().sign(RecoveryToken(identity_id_of(address), int(version)))
    return signed[:-1] if forged else signed


def _forged(signed: str, what: str) -> str:
    version, account, user, generation, channel, mac = signed.split(".")
    match what:
        case "channel":
            channel = "mailed" if channel == "copied" else "copied"
        case "generation":
            generation = str(int(generation) + 1)
        case "account":
            account = "cd456" if account == "ab123" else "ab123"
        case "mac":
            mac = mac[:-1]
    return f"{version}.{account}.{user}.{generation}.{channel}.{mac}"
