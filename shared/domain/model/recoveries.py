"""Recovery of a password by a mailed link: the link's token, and what is kept of the newest one (rule 18)."""

from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain.model import errors, signed_tokens
from shared.domain.model.ids import DERIVED_ID
from shared.domain.model.signed_tokens import SignedToken, TokenPurpose
from shared.domain.model.values import Model, Moment

RECOVERY_VALID_FOR = timedelta(minutes=30)
MAX_WRONG_ANSWERS = 5  # to one link


class RecoveryToken(NamedTuple):
    """The content of a link's token; its wire form is `v1.<identity>.<version>.recovery.<MAC>`."""

    identity_id: str
    version: int

    @property
    def page(self) -> str:
        """Return the path of the page that takes the token."""
        return "console/recovery"

    @property
    def purpose(self) -> TokenPurpose:
        """Return the purpose of these tokens."""
        return TokenPurpose.RECOVERY

    def to_sign(self, *, key_version: int) -> SignedToken:
        """Return the token of this content, to be signed by the key of that version."""
        return SignedToken(self.purpose, self.identity_id, self.version, key_version)

    @classmethod
    def parse(cls, token: str) -> tuple["RecoveryToken", SignedToken, bytes]:
        """Return what the token claims and its MAC, which is still to be verified; raises RecoveryNotFound."""
        try:
            signed, mac = signed_tokens.parse(token, purposes=[TokenPurpose.RECOVERY])
        except ValueError as error:
            raise cls.refusal() from error
        if not DERIVED_ID.fullmatch(signed.subject):
            raise cls.refusal()
        return cls(signed.subject, signed.version), signed, mac

    @classmethod
    def refusal(cls) -> errors.Refusal:
        """Return the one error for every token that is not genuine."""
        return errors.RecoveryNotFound()


class Recovery(Model):
    """The newest link that was asked for, for an address that may have no identity.

    `version` is never used twice for an address, also after this was forgotten. `by_operator`: the link takes a new
    security question instead of the old one's answer. `answers` counts the wrong ones that this link was given.
    """

    identity_id: str
    version: int
    sent_at: Moment
    sent_that_day: int
    by_operator: bool = False
    answers: int = 0
    finished: bool = False

    def is_usable(self, now: datetime) -> bool:
        """Return whether the link still takes an answer."""
        return not self.finished and self.answers < MAX_WRONG_ANSWERS and now < self.sent_at + RECOVERY_VALID_FOR

    @property
    def attempts_left(self) -> int:
        """Return how many further answers the link takes."""
        return MAX_WRONG_ANSWERS - self.answers

    def with_wrong_answer(self) -> "Recovery":
        """Return it with one more wrong answer given."""
        return self.model_copy(update={"answers": self.answers + 1})


def next_recovery(
    before: Recovery | None, *, identity_id: str, sent_that_day: int, by_operator: bool, now: datetime
) -> Recovery:
    """Return the recovery with a new link, which makes the one before worthless.

    What an operator has allowed holds for the next link, too, while theirs still works.
    """
    minutes = int(now.timestamp()) // 60  # Of links that are a minute apart always another one.
    return Recovery(
        identity_id=identity_id,
        version=max(minutes, before.version + 1 if before else 0),
        sent_at=now,
        sent_that_day=sent_that_day,
        by_operator=by_operator or (before is not None and before.by_operator and before.is_usable(now)),
    )
