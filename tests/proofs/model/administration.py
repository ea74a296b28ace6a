"""What administrators and operators do: open, invite, deactivate."""

from datetime import timedelta
from typing import Any

from tests.proofs.model import moves
from tests.proofs.model.ground import need
from tests.proofs.model.reads import Reads
from tests.proofs.model.values import GROUPS, OPERATOR, Account, Answer, Command, Refused, User, caller_of, canonical

VALID_FOR = timedelta(days=7)


class Administration(Reads):
    """What administrators and operators do."""

    def invite(self, command: Command) -> Answer:
        account, actor = self.entered(command)
        if self.remembered(command):
            return Answer(201, again=True)
        need("users.invite" in actor.rights, 403, "not_allowed")
        body = command.body
        need(body.get("last_name"), 422, "invalid_request")
        user = self._invited(account, command, by=actor)
        for address in dict.fromkeys(map(canonical, body.get("notify", []))):
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

    def deactivate(self, command: Command) -> Answer:
        account, actor = self.entered(command)
        if self.remembered(command):
            return Answer(200, again=True)
        user = account.users.get(command.whom or "")
        if user is None:
            raise Refused(404, "not_found")
        need(actor.admin, 403, "not_allowed")
        need(actor is not user, 409, "cannot_act_on_self")
        if user.status != "inactive":
            status = moves.moved("deactivate", user.at(self.now))
            need(not user.admin or account.admins > 1, 409, "last_admin")
            user.change(now=self.now, status=status)
            self.write(account, "user.deactivated", actor=actor.address, about=user.address)
            self.post(account, user, "deactivated", user.address)
        self.remember(command)
        return Answer(200, shows=self.shown(account, user, to=actor))

    def _operator(self, command: Command) -> User:
        """Operators need no user; they hold every right."""
        need(caller_of(command.by or "")[0] == OPERATOR, 403, "not_allowed")
        self.identity_of(command.by or "")
        at = {"sent_at": self.now, "expires_at": self.now, "created_at": self.now, "updated_at": self.now}
        membership = {"admin": True, "groups": (), "allow": (), "deny": (), "status": "active"}
        counted = {"generation": 0, "sent_count": 0, "version": 0}
        return User(OPERATOR, first_name="", last_name="", invited_by="", **membership, **counted, **at)  # type: ignore[arg-type]

    def _invited(self, account: Account, command: Command, *, by: User) -> User:
        """Whoever was there before keeps their address, their beginning and the counting of generations; no more."""
        body = command.body if command.name == "invite" else command.body.get("admin", command.body)
        asked = body if command.name == "invite" else body | {"admin": True}
        groups, admin = _membership(asked)
        exceptions = asked.get("permissions", {})
        address = canonical(body["email"])
        before = account.users.get(address)
        user = User(
            address=address,
            status="invited",
            first_name=body["first_name"],
            last_name=body["last_name"],
            admin=admin,
            groups=groups,
            allow=tuple(exceptions.get("allow", ())),
            deny=tuple(exceptions.get("deny", ())),
            generation=before.generation + 1 if before else 1,
            sent_at=self.now,
            expires_at=self.now + VALID_FOR,
            sent_count=1,
            invited_by=by.address,
            created_at=before.created_at if before else self.now,
            updated_at=self.now,
            version=before.version + 1 if before else 1,
        )
        need((by.admin or not admin) and user.granted <= by.rights, 403, "not_allowed")
        status = before.at(self.now) if before else "none"
        need(
            status in moves.MOVES[command.name.replace("open_account", "invite")], 409, moves.IN_THE_WAY.get(status, "")
        )
        need(account.used < account.limit or (before and before.status == "invited"), 409, "no_seat_available")
        is_anew = before is not None and before.status in {"invited", "expired"}
        if before and is_anew:
            user.sent_count = before.sent_count + 1
        account.users[address] = user
        self.write(account, "invitation.resent" if is_anew else "user.invited", actor=by.address, about=address)
        self.post(account, user, "invitation", address)
        return user


def _membership(asked: dict[str, Any]) -> tuple[tuple[str, ...], bool]:
    """`admin` and membership of the default group are the same; at least one group is needed, and all must be there."""
    groups = list(dict.fromkeys(asked.get("groups", [])))
    admin = asked.get("admin", False) or "administrators" in groups
    if admin and "administrators" not in groups:
        groups.append("administrators")
    need(groups and set(groups) <= set(GROUPS), 422, "invalid_request")
    return tuple(groups), admin
