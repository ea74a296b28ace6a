"""What the holder of a link does: preview, accept, join, decline, ask for a new one."""

from datetime import timedelta

from tests.proofs.model import limits, moves
from tests.proofs.model.ground import need
from tests.proofs.model.reads import Reads
from tests.proofs.model.values import OPERATOR, Account, Answer, Command, Identity, Link, Refused, User, iso

TERMS = "2026-11-01"
LEASE = timedelta(seconds=15)  # How long a process that died keeps others from an identity.


class Links(Reads):
    """A link that somebody made or damaged themselves is told nothing; a genuine one why it is dead."""

    def preview(self, command: Command) -> Answer:
        account, user, link = self._invited_by(command)
        self._require_open(account, user, link)
        exists = self.identity(user.address).made > 0 and self.identity(user.address).proven
        inviter = account.users.get(user.invited_by)
        shown = {
            "account": _named(account),
            "inviter": f"{inviter.first_name} {inviter.last_name}" if inviter else "Usher",
            "email": user.address,
            "first_name": user.first_name,
            "locale": user.locale,
            "expires_at": iso(user.expires_at),
            "identity_exists": exists if link.channel == "mailed" else None,
        }
        return Answer(200, shows=shown)

    def accept(self, command: Command) -> Answer:
        """Creates the ID; one that was made through a copied link gives way to whoever reads the mailbox."""
        account, user, link = self._invited_by(command)
        self.remembered(command)
        identity, body = self.identity(user.address), command.body
        if user.status == "active" and user.generation == link.generation:
            need(identity.password == body["password"], 410, "invitation_accepted", locale=user.locale)
            return Answer(200, shows=self._entered(account, user))
        self._require_open(account, user, link)
        need(_is_good(body["password"]) and body["terms_version"] == TERMS, 422, "invalid_request")
        if identity.made:
            gives_way = not identity.proven and link.channel == "mailed"
            foreign = not identity.works_in(account.account_id) and link.channel == "copied"
            need(gives_way or foreign, 409, "identity_exists")
            need(not foreign, 409, "mailbox_not_proven")
        need(identity.claimed_until is None or self.now >= identity.claimed_until, 409, "conflict")
        self.identities[user.address] = Identity(
            made=identity.made + 1,
            password=body["password"],
            proven=link.channel == "mailed",
            home=None if link.channel == "mailed" else account.account_id,
            first_name=body["first_name"],
            last_name=body["last_name"],
            accounts=set(identity.accounts),
            complained=identity.complained,
        )
        self._join(account, user)
        self.remember(command)
        return Answer(200, shows=self._entered(account, user))

    def join(self, command: Command) -> Answer:
        """With the ID that they have, signed in as the invited address."""
        self._genuine(command)
        caller = self.identity_of(command.by or "")
        account, user, link = self._invited_by(command)
        if self.remembered(command):
            return Answer(200, again=True)
        identity = self.identity(caller)
        need(caller == user.address, 409, "wrong_identity")
        need(identity.works_in(account.account_id), 409, "mailbox_not_proven")
        if not (user.status == "active" and user.generation == link.generation):
            self._require_open(account, user, link)
            need(command.body.get("terms_version", TERMS) == TERMS, 422, "invalid_request")
            self._join(account, user)
        self.remember(command)
        return Answer(200, shows=self._entered(account, user))

    def decline(self, command: Command) -> Answer:
        """Needs only the link."""
        account, user, link = self._invited_by(command)
        if self.remembered(command):
            return Answer(200, again=True)
        if not (user.status == "declined" and user.generation == link.generation):
            self._require_open(account, user, link)
            user.change(now=self.now, status=self.moved("decline", account, user, to=user))
            self.write(account, "invitation.declined", actor=user.address, about=user.address)
            self.tell_inviter(account, user, "declined")
        self.remember(command)
        return Answer(200, shows={"status": "declined", "account": _named(account)})

    def request_new(self, command: Command) -> Answer:
        """Asks the inviter, who must be able to send one; else whoever administers the account."""
        account, user, link = self._invited_by(command)
        if self.remembered(command):
            return Answer(202, again=True)
        if self._why_dead(account, user, link) != "invitation_expired":
            self._require_open(account, user, link)
            raise Refused(409, "wrong_state", user_status="invited", allowed_actions=[])
        limits.require_first_today(user.new_link_requested_at, self.now)
        user.change(now=self.now, new_link_requested_at=self.now)
        self.write(account, "invitation.new_link_requested", actor=user.address, about=user.address)
        is_inviter_there = user.invited_by != OPERATOR and self._still_entitled(account, user)
        admins = [one.address for one in account.users.values() if one.admin and one.status == "active"]
        for address in [user.invited_by] if is_inviter_there else admins:
            self.post(account, user, "new_link_requested", address)
        self.remember(command)
        return Answer(202, shows={"status": "requested", "account": _named(account)})

    def identity(self, address: str) -> Identity:
        return self.identities.get(address, Identity())

    def _genuine(self, command: Command) -> Link:
        link = Link.named(command.link or "")
        need(not link.forged, 404, "invitation_not_found")
        return link

    def _invited_by(self, command: Command) -> tuple[Account, User, Link]:
        link = self._genuine(command)
        account = self.accounts[link.account]
        return account, account.users[link.address], link

    def _require_open(self, account: Account, user: User, link: Link) -> None:
        """A dead link says why in the language of whoever holds it."""
        reason = self._why_dead(account, user, link)
        need(reason is None, 410, reason or "", locale=user.locale)

    def _why_dead(self, account: Account, user: User, link: Link) -> str | None:
        """One who has ever joined has no link any more; else only the newest is alive, until it expires."""
        if user.joined_at:
            return "invitation_accepted"
        if link.generation != user.generation:
            return "invitation_replaced"
        status = user.at(self.now)
        if status != "invited":
            return moves.DEAD[status]
        return None if self._still_entitled(account, user) else "invitation_revoked"

    def _still_entitled(self, account: Account, user: User) -> bool:
        """Whoever invited must still be here, and able to invite somebody who may do so much."""
        if user.invited_by == OPERATOR:
            return True
        inviter = account.users[user.invited_by]
        return inviter.status == "active" and account.may_invite(inviter, user)

    def _join(self, account: Account, user: User) -> None:
        identity = self.identities[user.address]
        identity.accounts.add(account.account_id)
        names = {"first_name": identity.first_name, "last_name": identity.last_name}
        status = self.moved("join", account, user, to=user)
        here = {"joined_at": self.now, "last_seen_at": self.now, "has_invitations_to_revoke": False}
        user.change(now=self.now, status=status, **here, **names)
        self.write(account, "user.joined", actor=user.address, about=user.address)
        self.post(account, user, "account_information", user.address)
        self.tell_inviter(account, user, "joined")

    def _entered(self, account: Account, user: User) -> dict[str, object]:
        return {"user": self.shown(account, user, to=user), "account": _named(account)}


def _named(account: Account) -> dict[str, str]:
    return {"account_id": account.account_id, "name": account.name}


def _is_good(password: str) -> bool:
    kinds = (str.isupper, str.islower, str.isdigit)
    return len(password) >= 7 and all(any(map(kind, password)) for kind in kinds)
