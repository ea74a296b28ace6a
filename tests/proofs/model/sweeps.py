"""What happens without anybody asking: invitations expire, mails go out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.proofs.model import moves
from tests.proofs.model.ground import Ground
from tests.proofs.model.values import CLOCK, Account, Mail, User

LEASE = timedelta(seconds=90)  # How long a sender that died keeps a mail from others.
MOST_ATTEMPTS = 6


class Sweeps(Ground):
    """Each is told of one invitation or one mail at a time, so that a crash between two of them is no third thing."""

    def due_invitations(self) -> Iterator[tuple[Account, User]]:
        """What the clock has decided and nobody has written yet."""
        for account in self.accounts.values():
            for user in account.users.values():
                if user.status != user.at(self.now):
                    yield account, user

    def expire(self, account: Account, user: User) -> None:
        user.change(now=self.now, status=moves.MOVES["expire"][user.status])
        self.write(account, "invitation.expired", actor=CLOCK, about=user.address)
        self.tell_inviter(account, user, "expired")

    def due_mails(self) -> list[Mail]:
        """What the stream has dropped, or a sender left behind."""
        return [mail for mail in self.mails if mail.due_at and mail.due_at <= self.now]

    def is_free(self, mail: Mail) -> bool:
        """Whether a sender may take it."""
        return mail.state == "queued" or bool(mail.due_at and mail.state != "queued" and mail.due_at <= self.now)

    def send(self, mail: Mail) -> None:
        """The mail goes out if it still tells the truth."""
        mail.attempts += 1
        mail.state, mail.due_at = "sent" if self.is_wanted(mail) else "skipped", None
        user = self.accounts[mail.account].users[mail.about]
        if mail.kind == "invitation" and mail.state == "sent":
            user.delivery = "sent"

    def is_wanted(self, mail: Mail) -> bool:
        """Whether it still tells the truth, to somebody who may know it."""
        users = self.accounts[mail.account].users
        user = users[mail.about]
        match mail.kind:
            case "invitation":
                is_newest = user.at(self.now) == "invited" and user.generation == mail.generation
                return is_newest and (mail.inviter is None or users[mail.inviter].status == "active")
            case "notify":
                return user.at(self.now) in {"invited", "active"}
            case "deactivated":
                return user.status == "inactive"
        return users[mail.to].status == "active"

    def ends_of_struck_mail(self, mail: Mail) -> dict[str, datetime | None]:
        """Where a mail may be after its sender was struck, and when it is due then."""
        pause = timedelta(minutes=2**mail.attempts)
        return {
            mail.state: mail.due_at,
            "claimed": self.now + LEASE,
            "retry": self.now + pause,
            "failed": None,
            "sent" if self.is_wanted(mail) else "skipped": None,
        }
