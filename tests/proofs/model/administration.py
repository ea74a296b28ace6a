"""What administrators and operators do about invitations and the account; operators open it."""

from datetime import timedelta
from typing import Any

from tests.proofs.model import limits, moves
from tests.proofs.model.ground import need
from tests.proofs.model.reads import Reads
from tests.proofs.model.values import OPERATOR, Account, Answer, Command, Link, Refused, User, caller_of, canonical, iso

VALID_FOR = timedelta(days=7)
OPTIONS = ["purchase_seat", "request_complimentary_seat", "deactivate_user"]


class Administration(Reads):
    """What administrators and operators do."""

    def invite(self, command: Command) -> Answer:
        account, actor = self.entered(command)
        if self.remembered(command):
            return Answer(201, again=True)
        need("users.invite" in account.rights(actor), 403, "not_allowed")
        body = command.body
        _require_last_name(body.get("last_name"), account)
        notified = dict.fromkeys(map(canonical, body.get("notify", [])))
        user = self._invited(account, command, by=actor, mails=1 + len(notified))
        for address in notified:
            self.post(account, user, "notify", address)
        self.remember(command)
        return Answer(201, shows=self.shown(account, user, to=actor))

    def invite_administrator(self, command: Command) -> Answer:
        operator = self._operator(command)
        if self.remembered(command):
            return Answer(201, again=True)
        account = self.accounts.get(command.account or "")
        if account is None:
            raise Refused(404, "not_found")
        user = self._invited(account, command, by=operator)
        self.remember(command)
        return Answer(201, shows=self.shown(account, user, to=operator))

    def open_account(self, command: Command) -> Answer:
        operator = self._operator(command)
        if self.remembered(command):
            return Answer(201, again=True)
        body = command.body
        need(body["account_id"] not in self.accounts, 409, "conflict")
        account = self.accounts[body["account_id"]] = Account(body["account_id"], body["seats"])
        self.write(account, "account.created", actor=OPERATOR, about=None)
        user = self._invited(account, command, by=operator)
        self.remember(command)
        shown = {"account": self.shown_account(account), "user": self.shown(account, user, to=operator)}
        return Answer(201, shows=shown)

    def resend(self, command: Command) -> Answer:
        """A new link; whoever resends is the inviter."""
        account, actor, user = self.about(command)
        if self.remembered(command):
            return Answer(200, again=True)
        self.require_may(command, account, actor, user)
        status = self.moved("resend", account, user, to=actor)
        self._require_seat(account, user)
        resent = limits.counted_with(user, self.now)
        limits.require_postage(account, 1, self.now)
        sent = {"generation": user.generation + 1, "sent_at": self.now, "expires_at": self.now + VALID_FOR}
        sent |= {"sent_count": user.sent_count + 1, "resent_that_day": resent, "invited_by": actor.address}
        anew = {"delivery": "queued", "reminded": False, "new_link_requested_at": None}
        user.change(now=self.now, status=status, **sent, **anew)
        self._send_link(account, user, "invitation.resent", by=actor)
        self.remember(command)
        return Answer(200, shows=self.shown(account, user, to=actor))

    def copy_link(self, command: Command) -> Answer:
        """A repeat is given the link as it is then, and not written down."""
        account, actor, user = self.about(command)
        is_repeat = self.remembered(command)
        self.require_may(command, account, actor, user)
        self.moved("copy_link", account, user, to=actor)
        if not is_repeat:
            self.write(account, "invitation.link_copied", actor=actor.address, about=user.address)
            self.remember(command)
        link = Link(account.account_id, user.address, user.generation, "copied")
        return Answer(200, shows={"link": link.name, "expires_at": iso(user.expires_at)})

    def revoke(self, command: Command) -> Answer:
        account, actor, user = self.about(command)
        if self.remembered(command):
            return Answer(200, again=True)
        self.require_may(command, account, actor, user)
        if user.status != "removed":
            user.change(now=self.now, status=self.moved("revoke", account, user, to=actor))
            self.write(account, "invitation.revoked", actor=actor.address, about=user.address)
        self.remember(command)
        return Answer(200, shows=self.shown(account, user, to=actor))

    def edit(self, command: Command) -> Answer:
        """What does not change anything is no change."""
        account, actor, user = self.about(command)
        self.require_may(command, account, actor, user)
        need(command.seen in {None, user.version}, 409, "conflict")
        self.moved("edit", account, user, to=actor)
        changes = dict(command.body)
        if "last_name" in changes:
            _require_last_name(changes["last_name"], account)
            changes["last_name"] = changes["last_name"] or ""
        if any(getattr(user, name) != value for name, value in changes.items()):
            user.change(now=self.now, **changes)
            self.write(account, "user.edited", actor=actor.address, about=user.address)
        return Answer(200, shows=self.shown(account, user, to=actor))

    def change_settings(self, command: Command) -> Answer:
        account, actor = self.entered(command)
        need(actor.admin, 403, "not_allowed")
        default_group = command.body.get("default_group")
        need(default_group in {None, *account.groups} - {"administrators"}, 422, "invalid_request")
        changed = account.settings | command.body
        if changed != account.settings:
            account.settings, account.settings_version = changed, account.settings_version + 1
            self.write(account, "settings.changed", actor=actor.address, about=None)
        return Answer(200, shows=self.shown_account(account))

    def _operator(self, command: Command) -> User:
        """Operators need no user; they hold every right."""
        need(caller_of(command.by or "")[0] == OPERATOR, 403, "not_allowed")
        self.identity_of(command.by or "")
        at = {"sent_at": self.now, "expires_at": self.now, "created_at": self.now, "updated_at": self.now}
        membership = {"admin": True, "groups": (), "allow": (), "deny": (), "status": "active"}
        counted = {"generation": 0, "sent_count": 0, "resent_that_day": 0, "version": 0}
        person = {"first_name": "", "last_name": "", "phone": None, "locale": "en", "invited_by": ""}
        return User(OPERATOR, **person, **membership, **counted, **at)  # type: ignore[arg-type]

    def _invited(self, account: Account, command: Command, *, by: User, mails: int = 1) -> User:
        """Whoever was there before keeps their address, their beginning, the number of links and the day's mails."""
        body = command.body if command.name == "invite" else command.body.get("admin", command.body)
        asked = body if command.name == "invite" else body | {"admin": True}
        groups, admin = membership(asked, account)
        exceptions = asked.get("permissions", {})
        address = canonical(body["email"])
        before = account.users.get(address)
        user = User(
            address=address,
            status="invited",
            first_name=body["first_name"],
            last_name=body["last_name"] or "",
            phone=body.get("phone"),
            locale=body.get("locale") or account.settings["locale"],
            admin=admin,
            groups=groups,
            allow=tuple(exceptions.get("allow", ())),
            deny=tuple(exceptions.get("deny", ())),
            generation=before.generation + 1 if before else 1,
            sent_at=self.now,
            expires_at=self.now + VALID_FOR,
            sent_count=1,
            resent_that_day=0,
            invited_by=by.address,
            created_at=before.created_at if before else self.now,
            updated_at=self.now,
            version=before.version + 1 if before else 1,
            has_invitations_to_revoke=before.has_invitations_to_revoke if before else False,
        )
        need(account.reaches(by, user), 403, "not_allowed")
        status = before.at(self.now) if before else "none"
        allowed = moves.TRANSITIONS[command.name.replace("open_account", "invite")]
        hint = {"hint": "reactivate"} if status == "inactive" else {}
        need(status in allowed, 409, moves.IN_THE_WAY.get(status, ""), **hint)
        self._require_seat(account, before)
        user.resent_that_day = limits.counted_with(before, self.now)
        limits.require_postage(account, mails, self.now)
        is_anew = before is not None and before.status in {"invited", "expired"}
        if before and is_anew:
            user.sent_count = before.sent_count + 1
        account.users[address] = user
        self._send_link(account, user, "invitation.resent" if is_anew else "user.invited", by=by, mails=mails)
        return user

    def _require_seat(self, account: Account, user: User | None) -> None:
        free = account.limit - account.used
        seats = {"limit": account.limit, "used": account.used, "available": free}
        need(free or (user and user.status == "invited"), 409, "no_seat_available", seats=seats, options=OPTIONS)

    def _send_link(self, account: Account, user: User, kind: str, *, by: User, mails: int = 1) -> None:
        limits.post(account, mails, self.now)
        self.write(account, kind, actor=by.address, about=user.address)
        self.post(account, user, "invitation", user.address)


def membership(asked: dict[str, Any], account: Account) -> tuple[tuple[str, ...], bool]:
    """`admin` and membership of the default group are the same; at least one group is needed, and all must be there."""
    groups = list(dict.fromkeys(asked.get("groups", [])))
    admin = asked.get("admin", False) or "administrators" in groups
    if admin and "administrators" not in groups:
        groups.append("administrators")
    if not groups and account.settings["default_group"]:
        groups = [account.settings["default_group"]]
    need(groups and set(groups) <= set(account.groups), 422, "invalid_request")
    return tuple(groups), admin


def _require_last_name(last_name: object, account: Account) -> None:
    need(last_name or account.settings["invite_profile"] == "simple", 422, "invalid_request")
