"""What the holder of a link does: preview, accept, join."""

from datetime import timedelta

from tests.proofs.model import moves
from tests.proofs.model.ground import need
from tests.proofs.model.reads import Reads
from tests.proofs.model.values import OPERATOR, Account, Answer, Command, Identity, Link, User, iso

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
            "account": {"account_id": account.account_id, "name": account.name},
            "inviter": f"{inviter.first_name} {inviter.last_name}" if inviter else "Usher",
            "email": user.address,
            "first_name": user.first_name,
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
            need(identity.password == body["password"], 410, "invitation_accepted")
            return Answer(200, shows=self._entered(account, user))
        self._require_open(account, user, link)
        if identity.made:
            gives_way = not identity.proven and link.channel == "mailed"
            foreign = not identity.works_in(account.account_id) and link.channel == "copied"
            need(gives_way or foreign, 409, "identity_exists")
            need(not foreign, 409, "mailbox_not_proven")
        need(_is_good(body["password"]) and body["terms_version"] == TERMS, 422, "invalid_request")
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
        """One who joined has no link any more; else only the newest is alive, until it expires."""
        status = user.at(self.now)
        if moves.DEAD.get(status) != "invitation_accepted":
            need(link.generation == user.generation, 410, "invitation_replaced")
        need(status == "invited", 410, moves.DEAD.get(status, ""))
        need(self._still_entitled(account, user), 410, "invitation_revoked")

    def _still_entitled(self, account: Account, user: User) -> bool:
        """Whoever invited must still be here, and able to invite somebody who may do so much."""
        if user.invited_by == OPERATOR:
            return True
        inviter = account.users[user.invited_by]
        holds = (inviter.admin or not user.admin) and user.granted <= inviter.rights
        return inviter.status == "active" and "users.invite" in inviter.rights and holds

    def _join(self, account: Account, user: User) -> None:
        identity = self.identities[user.address]
        identity.accounts.add(account.account_id)
        names = {"first_name": identity.first_name, "last_name": identity.last_name}
        status = moves.moved("join", user.at(self.now))
        user.change(now=self.now, status=status, joined_at=self.now, last_seen_at=self.now, **names)
        self.write(account, "user.joined", actor=user.address, about=user.address)
        self.post(account, user, "account_information", user.address)
        self.tell_inviter(account, user, "joined")

    def _entered(self, account: Account, user: User) -> dict[str, object]:
        named = {"account_id": account.account_id, "name": account.name}
        return {"user": self.shown(account, user, to=user), "account": named}


def _is_good(password: str) -> bool:
    kinds = (str.isupper, str.islower, str.isdigit)
    return len(password) >= 7 and all(any(map(kind, password)) for kind in kinds)
