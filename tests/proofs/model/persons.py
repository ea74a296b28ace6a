"""What people say of themselves."""

from tests.proofs.model.ground import need
from tests.proofs.model.reads import Reads
from tests.proofs.model.values import Answer, Command


class Persons(Reads):
    """Whoever signed in, in all their accounts."""

    def edit_me(self, command: Command) -> Answer:
        """Users follow where they are active, and only if they are called otherwise."""
        need(command.body, 422, "invalid_request")
        address = self.identity_of(command.by or "")
        identity, names = self.identities[address], command.body
        identity.first_name = names.get("first_name", identity.first_name)
        identity.last_name = names.get("last_name", identity.last_name)
        now_called = {"first_name": identity.first_name, "last_name": identity.last_name}
        for account in self.accounts.values():
            user = account.users.get(address) if account.account_id in identity.accounts else None
            if user is None or user.status != "active":
                continue
            if (user.first_name, user.last_name) != (identity.first_name, identity.last_name):
                user.change(now=self.now, **now_called)
                self.write(account, "user.edited", actor=address, about=address)
        return self.get_me(command)
