"""What happens without anybody asking: invitations expire, mails go out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.proofs.model import moves
from tests.proofs.model.ground import Ground
from tests.proofs.model.values import CLOCK, Account, Identity, Mail, User

LEASE = timedelta(seconds=90)  # How long a sender that died keeps a mail from others.
NEWS = ("queued", "sent", "failed", "delivered", "bounced", "complained")  # Later ones overrule earlier ones.
SETTLED = {"sent": "sent", "failed": "failed", "suppressed": "complained"}


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
        self.settle(mail, self.end_of(mail), due_at=None)

    def settle(self, mail: Mail, state: str, *, due_at: datetime | None) -> None:
        """Where the mail is now, and what that says of the invitation that it brought."""
        mail.state, mail.due_at = state, due_at
        if state in SETTLED:
            self._tell(mail, SETTLED[state])

    def hear(self, mail: Mail, delivery: str) -> None:
        """News of a mail: late, twice, and in any order; in the end the same is left."""
        if delivery == "complained":
            self.identities.setdefault(mail.to, Identity()).complained = True
        self._tell(mail, delivery)

    def _tell(self, mail: Mail, delivery: str) -> None:
        if self._show(mail, delivery) and delivery not in {"queued", "sent"}:
            account = self.accounts[mail.account]
            self.write(account, "invitation.delivery_changed", actor=CLOCK, about=mail.about)
            if delivery == "bounced":
                self.tell_inviter(account, account.users[mail.about], "bounced")

    def _show(self, mail: Mail, delivery: str) -> bool:
        """On an invitation that waits, later news overrule earlier ones; whether they did."""
        user = self.accounts[mail.account].users[mail.about]
        is_current = mail.kind == "invitation" and mail.generation == user.generation and not user.joined_at
        if not is_current or NEWS.index(delivery) <= NEWS.index(user.delivery):
            return False
        user.delivery = delivery
        return True

    def end_of(self, mail: Mail) -> str:
        """Nobody gets a mail that is no longer true, nor any mail after a complaint."""
        if not self.is_wanted(mail):
            return "skipped"
        return "suppressed" if self.identities.get(mail.to, Identity()).complained else "sent"

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
            case "bounced" if user.at(self.now) not in {"invited", "expired"} or user.generation != mail.generation:
                return False
        return users[mail.to].status == "active"

    def ends_of_struck_mail(self, mail: Mail) -> dict[str, datetime | None]:
        """Where a mail may be after its sender was struck, and when it is due then."""
        pause = timedelta(minutes=2**mail.attempts)
        return {
            mail.state: mail.due_at,
            "claimed": self.now + LEASE,
            "retry": self.now + pause,
            "failed": None,
            self.end_of(mail): None,
        }
