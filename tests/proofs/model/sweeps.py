"""What happens without anybody asking: reminders, expiries, orphaned_invitations, and mails that go out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.proofs.model import moves
from tests.proofs.model.ground import Ground
from tests.proofs.model.values import CLOCK, Account, Identity, Mail, User

LEASE = timedelta(seconds=90)  # How long a sender that died keeps a mail from others.
REMINDED_BEFORE = timedelta(days=2)
INDEX_LAG = timedelta(seconds=10)
WITH_LINK = {"invitation", "reminder"}
NEWS = ("queued", "sent", "failed", "delivered", "bounced", "complained")  # Later ones overrule earlier ones.
TRUE_WHILE = {
    "notify": {"invited", "active"},
    "deactivated": {"inactive", "removed"},
    "reactivated": {"active"},
}
SETTLED = {"sent": "sent", "failed": "failed", "suppressed": "complained"}


class Sweeps(Ground):
    """Each is told of one invitation or one mail at a time, so that a crash between two of them is no third thing."""

    def due_invitations(self) -> Iterator[tuple[Account, User]]:
        """What the clock has decided and nobody has written yet."""
        for account in self.accounts.values():
            for user in account.users.values():
                waits_for = user.expires_at if user.reminded else user.expires_at - REMINDED_BEFORE
                # First of all somebody who was here before has_invitations_to_revoke what they had pending then.
                if user.status == "invited" and self.now >= waits_for and not user.has_invitations_to_revoke:
                    yield account, user

    def follow_the_clock(self, account: Account, user: User) -> str:
        """The expiry, or before it the reminder; which of them it was."""
        if user.at(self.now) == "invited":
            user.change(now=self.now, reminded=True)
            self.write(account, "invitation.reminded", actor=CLOCK, about=user.address)
            self.post(account, user, "reminder", user.address)
            return "reminded"
        user.change(now=self.now, status=moves.TRANSITIONS["expire"][user.status])
        self.write(account, "invitation.expired", actor=CLOCK, about=user.address)
        self.tell_inviter(account, user, "expired")
        return "expired"

    def due_withdrawals(self) -> Iterator[tuple[Account, User, list[User]]]:
        """Who has been gone for so long that every index knows of all that they have pending, and what that is."""
        for account in self.accounts.values():
            for inviter in account.users.values():
                if inviter.has_invitations_to_revoke and self.now - inviter.updated_at >= INDEX_LAG:
                    sent = [user for user in account.users.values() if user.invited_by == inviter.address]
                    yield account, inviter, [user for user in sent if user.at(self.now) == "invited"]

    def withdraw(self, account: Account, user: User) -> None:
        user.change(now=self.now, status=moves.TRANSITIONS["revoke"][user.status])
        self.write(account, "invitation.revoked", actor=CLOCK, about=user.address)

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
        is_current = mail.kind in WITH_LINK and mail.generation == user.generation and not user.joined_at
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
        status, is_newest = user.at(self.now), user.generation == mail.generation
        is_reader_there = mail.to in users and users[mail.to].status == "active"
        match mail.kind:
            case "invitation" | "reminder":
                is_known_to_fail = mail.kind == "reminder" and user.delivery == "bounced"
                is_inviter_there = mail.inviter is None or users[mail.inviter].status == "active"
                return status == "invited" and is_newest and is_inviter_there and not is_known_to_fail
            case "bounced":
                return status in {"invited", "expired"} and is_newest and is_reader_there
            case "new_link_requested" | "expired":
                return status == "expired" and is_newest and is_reader_there
            case "declined":
                return status == "declined" and is_newest and is_reader_there
            case "notify" | "deactivated" | "reactivated":
                return status in TRUE_WHILE[mail.kind]
        return is_reader_there

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
