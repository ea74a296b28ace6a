"""Life after joining: deactivate, reactivate, remove."""

from tests.proofs.model.administration import membership
from tests.proofs.model.ground import need
from tests.proofs.model.reads import Reads
from tests.proofs.model.values import Answer, Command


class Lifecycle(Reads):
    """Whoever goes, and could invite, leaves to be revoked what they have pending; whoever comes back keeps it."""

    def deactivate(self, command: Command) -> Answer:
        return self._end(command, "inactive", "user.deactivated")

    def remove(self, command: Command) -> Answer:
        return self._end(command, "removed", "user.removed")

    def reactivate(self, command: Command) -> Answer:
        """In those groups that are left; without any in the given ones, or in the usual one."""
        account, actor, user = self.about(command)
        if self.remembered(command):
            return Answer(200, again=True)
        self.require_may(command, account, actor, user)
        if user.status != "active":
            status = self.moved("reactivate", account, user, to=actor)
            given = command.body.get("groups", [])
            need(all(name in account.groups for name in given), 422, "invalid_request")
            left = [name for name in user.groups if name in account.groups]
            asked = {"groups": left or given, "admin": user.admin}
            groups, admin = membership(asked, account)
            need(account.used < account.limit, 409, "no_seat_available")
            user.change(now=self.now, status=status, groups=groups, admin=admin, has_invitations_to_revoke=False)
            self.write(account, "user.reactivated", actor=actor.address, about=user.address)
            self.post(account, user, "reactivated", user.address)
        self.remember(command)
        return Answer(200, shows=self.shown(account, user, to=actor))

    def _end(self, command: Command, status: str, kind: str) -> Answer:
        """Whoever had no access any more is not told that it has ended."""
        account, actor, user = self.about(command)
        if self.remembered(command):
            return Answer(200, again=True)
        self.require_may(command, account, actor, user)
        if user.status != status:
            had_access = user.status == "active"
            self.moved(command.name, account, user, to=actor)
            need(not (user.admin and had_access) or account.admins > 1, 409, "last_admin")
            may_have_pending = user.has_invitations_to_revoke or "users.invite" in account.rights(user)
            user.change(now=self.now, status=status, has_invitations_to_revoke=may_have_pending)
            self.write(account, kind, actor=actor.address, about=user.address)
            if had_access:
                self.post(account, user, "deactivated", user.address)
        self.remember(command)
        return Answer(200, shows=self.shown(account, user, to=actor))
