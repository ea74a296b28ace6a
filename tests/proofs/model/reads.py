"""What is shown, and to whom."""

from datetime import timedelta
from typing import Any

from tests.proofs.model import moves
from tests.proofs.model.ground import Ground, need
from tests.proofs.model.values import Account, Answer, Command, Entry, User, iso

SEEN_EVERY = timedelta(minutes=15)
LISTED = {"invited", "expired", "active"}


class Reads(Ground):
    """Every answer that shows something; people are named by their addresses, where the product says ids."""

    def get_user(self, command: Command) -> Answer:
        account, actor = self.entered(command)
        need("users.view" in account.rights(actor), 403, "not_allowed")
        _, _, user = self.about(command)
        return Answer(200, shows=self.shown(account, user, to=actor))

    def list_users(self, command: Command) -> Answer:
        """The list follows what is written, not the clock; each user in it is shown by the clock."""
        account, actor = self.entered(command)
        need("users.view" in account.rights(actor), 403, "not_allowed")
        listed = [user for user in account.users.values() if user.status in LISTED]
        listed.sort(key=lambda user: user.address)
        return Answer(200, shows=[self.shown(account, user, to=actor) for user in listed])

    def get_account(self, command: Command) -> Answer:
        account, _ = self.entered(command)
        return Answer(200, shows=self.shown_account(account))

    def list_groups(self, command: Command) -> Answer:
        account, _ = self.entered(command)
        return Answer(200, shows=sorted(account.groups))

    def get_access(self, command: Command) -> Answer:
        """Whoever asks has been seen."""
        account, actor = self.entered(command)
        if actor.last_seen_at is None or self.now - actor.last_seen_at >= SEEN_EVERY:
            actor.last_seen_at = self.now
        groups, rights = _there(actor, account), sorted(account.rights(actor))
        return Answer(200, shows={"status": "active", "admin": actor.admin, "groups": groups, "permissions": rights})

    def list_entries(self, command: Command) -> Answer:
        account, actor = self.entered(command)
        need("journal.view" in account.rights(actor), 403, "not_allowed")
        return Answer(200, shows=sorted(map(_line, account.journal)))

    def get_me(self, command: Command) -> Answer:
        address = self.identity_of(command.by or "")
        identity = self.identities[address]
        entered = [
            {"account_id": account.account_id, "name": account.name, "status": "active", "admin": user.admin}
            for account in self.accounts.values()
            if account.account_id in identity.accounts and (user := account.users[address]).status == "active"
        ]
        names = {"first_name": identity.first_name, "last_name": identity.last_name}
        return Answer(
            200, shows={"email": address, **names, "accounts": sorted(entered, key=lambda one: one["account_id"])}
        )

    def shown(self, account: Account, user: User, *, to: User) -> dict[str, Any]:
        """A user as somebody is shown them now."""
        status = user.at(self.now)
        invitation = {
            "generation": user.generation,
            "sent_at": iso(user.sent_at),
            "expires_at": iso(user.expires_at),
            "sent_count": user.sent_count,
            "delivery": user.delivery,
            "invited_by": user.invited_by,
        }
        return {
            "account_id": account.account_id,
            "kind": "user",
            "partner_type": None,
            "status": status,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "email": user.address,
            "phone": user.phone,
            "admin": user.admin,
            "groups": _there(user, account),
            "permissions": {"allow": list(user.allow), "deny": list(user.deny)},
            "invitation": None if user.joined_at else invitation,
            "joined_at": iso(user.joined_at),
            "last_seen_at": iso(user.last_seen_at),
            "created_at": iso(user.created_at),
            "updated_at": iso(user.updated_at),
            "version": user.version,
            "allowed_actions": moves.offered(account, user, status, to=to),
        }

    def shown_account(self, account: Account) -> dict[str, Any]:
        return {
            "account_id": account.account_id,
            "name": account.name,
            "seats": {"limit": account.limit, "used": account.used, "available": account.limit - account.used},
            "counts": account.counts,
            "settings": dict(account.settings),
        }


def _there(user: User, account: Account) -> list[str]:
    """Those of the user's groups that are left."""
    return [name for name in user.groups if name in account.groups]


def _line(entry: Entry) -> tuple[str, str, str, str]:
    return iso(entry.at) or "", entry.type, entry.actor, entry.about or ""
