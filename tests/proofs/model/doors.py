"""The way from the model's words to the product's: commands as requests, answers as what the model would show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shared.adapters.token_signer import open_token_signer
from shared.domain.model import invitation_tokens
from shared.storage_schema import DIRECTORY, IDENTITIES
from tests import factories, invoke
from tests.invoke import SignedIn
from tests.proofs.model.values import OPERATOR, Command, Link, caller_of
from tests.proofs.snapshots import rows

ROUTES = {
    "invite": factories.INVITE,
    "invite_administrator": factories.ADMINISTRATORS,
    "open_account": factories.OPEN_ACCOUNT,
    "resend": factories.RESEND,
    "copy_link": factories.COPY_LINK,
    "revoke": factories.REVOKE,
    "edit": factories.EDIT,
    "change_settings": factories.SETTINGS,
    "deactivate": factories.DEACTIVATE,
    "reactivate": factories.REACTIVATE,
    "remove": factories.REMOVE,
    "preview": factories.PREVIEW,
    "accept": factories.ACCEPT,
    "join": factories.JOIN,
    "decline": factories.DECLINE,
    "request_new": factories.REQUEST_NEW,
    "get_user": factories.USER,
    "list_users": factories.USERS,
    "get_account": factories.GET_ACCOUNT,
    "get_access": factories.ACCESS,
    "list_groups": factories.GROUPS,
    "list_entries": factories.JOURNAL,
    "get_me": factories.ME,
    "edit_me": factories.EDIT_ME,
}
NOBODY = "nobody's sign-in"
ODD_IDS = {"malformed": "Not-An-Id"}
DEFECTS: dict[str, dict[str, Any]] = {
    "not json": {"body": None, "raw": '{"first_name": '},
    "too large": {"body": None, "raw": " " * (64 * 1024 + 1)},
    "bad key": {"headers": {"idempotency-key": "two words"}},
}
_tokens: dict[Link, str] = {}


@dataclass
class Doors:
    """`ids` and `subs` are learned from the tables; neither ever changes, but that a sign-in is made anew."""

    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    subs: dict[str, list[str]] = field(default_factory=dict)

    def learn(self) -> None:
        """Which ids the product has given."""
        for row in rows(DIRECTORY):
            if row["sk"].startswith("user#"):
                known = self.ids.setdefault((row["account_id"], row["email"]), row["user_id"])
                assert known == row["user_id"], "an address has two users"
        for row in rows(IDENTITIES):
            subs = self.subs.setdefault(row["address"], [])
            if "sub" in row and row["sub"] not in subs:
                subs.append(row["sub"])

    def request(self, command: Command) -> Callable[[], invoke.Answer]:
        """The request, ready to be sent."""
        parts: dict[str, Any] = {"body": self._body(command)}
        if command.by:
            parts["caller"] = self._signed_in(command.by)
        if command.account:
            parts["account_id"] = ODD_IDS.get(command.account, command.account)
        if command.whom:
            parts["user_id"] = self._id(command.account or "", command.whom)
        parts["headers"] = {"idempotency-key": command.key} if command.key else {}
        if command.seen is not None:
            parts["headers"]["if-match"] = f'"{command.seen}"'
        parts |= DEFECTS.get(command.defect or "", {})
        return lambda: invoke.call(ROUTES[command.name], **parts)

    def told(self, command: Command, answer: invoke.Answer) -> Any:
        """A success in the model's words."""
        return _TOLD[command.name](self, answer.body)

    def person(self, actor: str | None) -> str:
        """Whom an id means."""
        if actor and actor.startswith("operator:"):
            return OPERATOR
        return next((address for (_, address), known in self.ids.items() if known == actor), actor or "")

    def user(self, shown: Any) -> dict[str, Any]:
        """A user, whose id must be the one that they have always had."""
        view = dict(shown)
        self.ids.setdefault((view["account_id"], view["email"]), view["user_id"])
        assert self.ids[view["account_id"], view["email"]] == view.pop("user_id")
        view["groups"] = [group["group_id"] for group in view["groups"]]
        if view["invitation"]:
            view["invitation"] = view["invitation"] | {"invited_by": self.person(view["invitation"]["invited_by"])}
        return view

    def _body(self, command: Command) -> Any:
        if ROUTES[command.name].startswith("GET"):
            return None
        token = {"token": token_of(Link.named(command.link))} if command.link else {}
        return token | command.body | ({"surprise": 1} if command.defect == "unknown field" else {})

    def _signed_in(self, by: str) -> SignedIn:
        address, kind = caller_of(by)
        subs = self.subs.get(address) or [NOBODY]
        sub = subs[-1] if kind != "before" else subs[0] if len(subs) > 1 else NOBODY
        groups = ("operators",) if address == OPERATOR else ()
        return SignedIn(address, sub, groups=groups, token_use="id" if kind == "id" else "access")

    def _id(self, account: str, whom: str) -> str:
        """Of one who is not in this account: the id that they have elsewhere."""
        elsewhere = (known for (_, address), known in self.ids.items() if address == whom)
        return ODD_IDS.get(whom) or self.ids.get((account, whom)) or next(elsewhere, "2" * 26)

    def _entered(self, body: Any) -> Any:
        assert set(body) <= {"user", "account", "session"}
        assert body.get("session") is None or body["session"]["access_token"], "a session without a token"
        return {"user": self.user(body["user"]), "account": body["account"]}

    def _copied(self, body: Any) -> Any:
        token = body["url"].partition("#")[2]
        link = next((link for link in self._newest() if token_of(link) == token), None)
        return {"link": link and link.name, "expires_at": body["expires_at"]}

    def _newest(self) -> Iterator[Link]:
        """Every user's link as it would be copied now."""
        for row in rows(DIRECTORY):
            if row["sk"].startswith("user#"):
                yield Link(row["account_id"], row["email"], row["invitation"]["generation"], "copied")

    def _listed(self, body: Any) -> Any:
        assert body["total"] == len(body["data"]), "the total is not that of the list"
        return sorted(map(self.user, body["data"]), key=lambda view: view["email"])

    def _lines(self, body: Any) -> Any:
        people_of = {known: address for (_, address), known in self.ids.items()}
        return sorted(
            (line["at"], line["type"], self.person(line["actor"]), people_of.get(line["user_id"], ""))
            for line in body["data"]
        )


def token_of(link: Link) -> str:
    """The token of a link, made by those who may, and then damaged by whoever would like it to be another."""
    if link not in _tokens:
        _tokens[link] = _damaged(link, signed=open_token_signer().sign(_signed_link(link)))
    return _tokens[link]


def _signed_link(link: Link) -> invitation_tokens.InvitationToken:
    from shared.adapters.dynamodb.keys import Keys  # noqa: PLC0415
    from shared.settings import settings  # noqa: PLC0415

    user_id = Keys(settings()).ids.user_id(link.account, link.address)
    return invitation_tokens.InvitationToken(
        link.account, user_id, link.generation, invitation_tokens.Channel(link.channel)
    )


def _damaged(link: Link, *, signed: str) -> str:
    version, account, user, generation, channel, mac = signed.split(".")
    match link.forged:
        case "channel":
            channel = "mailed" if channel == "copied" else "copied"
        case "generation":
            generation = str(int(generation) + 1)
        case "account":
            account = "cd456" if account == "ab123" else "ab123"
        case "cut":
            mac = mac[:-1]
    return f"{version}.{account}.{user}.{generation}.{channel}.{mac}"


def _account(shown: Any) -> dict[str, Any]:
    return {name: shown[name] for name in ("account_id", "name", "seats", "counts", "settings")}


def _access(_: Doors, body: Any) -> Any:
    return body | {"groups": [group["group_id"] for group in body["groups"]]}


def _me(_: Doors, body: Any) -> Any:
    return {name: body[name] for name in ("email", "first_name", "last_name", "accounts")}


def _preview(_: Doors, body: Any) -> Any:
    return {name: value for name, value in body.items() if name not in {"password_policy", "terms"}}


_TOLD: dict[str, Callable[[Doors, Any], Any]] = {
    "invite": Doors.user,
    "invite_administrator": Doors.user,
    "open_account": lambda doors, body: {"account": _account(body["account"]), "user": doors.user(body["user"])},
    "resend": Doors.user,
    "copy_link": Doors._copied,  # noqa: SLF001
    "revoke": Doors.user,
    "edit": Doors.user,
    "change_settings": lambda _, body: _account(body),
    "deactivate": Doors.user,
    "reactivate": Doors.user,
    "remove": Doors.user,
    "preview": _preview,
    "accept": Doors._entered,  # noqa: SLF001
    "join": Doors._entered,  # noqa: SLF001
    "decline": lambda _, body: body,
    "request_new": lambda _, body: body,
    "get_user": Doors.user,
    "list_users": Doors._listed,  # noqa: SLF001
    "get_account": lambda _, body: _account(body),
    "get_access": _access,
    "list_groups": lambda _, body: sorted(group["group_id"] for group in body["data"]),
    "list_entries": Doors._lines,  # noqa: SLF001
    "get_me": _me,
    "edit_me": _me,
}
