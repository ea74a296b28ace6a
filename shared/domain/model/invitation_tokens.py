"""Invitation tokens: one generation of one user's invitation, sent by mail or shared by hand (rules 10-12)."""

import re
from enum import StrEnum
from typing import NamedTuple

from shared.domain.model import errors, signed_tokens
from shared.domain.model.ids import ACCOUNT_ID, USER_ID
from shared.domain.model.signed_tokens import SignedToken, TokenPurpose

_SUBJECT = re.compile(rf"({ACCOUNT_ID.pattern})\.({USER_ID.pattern})(?:\.({USER_ID.pattern}))?")


class Channel(StrEnum):
    """How a link reaches the invitee: by mail, which proves the mailbox, or copied and shared, which does not."""

    MAILED = "mailed"
    COPIED = "copied"

    @property
    def purpose(self) -> TokenPurpose:
        """Return the purpose of this channel's tokens."""
        return TokenPurpose(f"invitation_{self}")


class InvitationToken(NamedTuple):
    """The content of an invitation's token.

    Its wire form is `v<key version>.<account>.<user>.<generation>.<channel>.<MAC>`. One that someone copied names them,
    as `<account>.<user>.<copier>...`: it works while they are an administrator. The person's own, for those who are
    signed in, is a copied one that names nobody.
    """

    account_id: str
    user_id: str
    generation: int
    channel: Channel
    copied_by: str | None = None

    @property
    def is_mailed(self) -> bool:
        """Return whether the token proves that its bearer reads the invited mailbox."""
        return self.channel is Channel.MAILED

    @property
    def page(self) -> str:
        """Return the path of the page that takes the token."""
        return "invite"

    @property
    def purpose(self) -> TokenPurpose:
        """Return the purpose of the token's channel."""
        return self.channel.purpose

    def to_sign(self, *, key_version: int) -> SignedToken:
        """Return the token of this content, to be signed by the key of that version."""
        subject = ".".join(filter(None, (self.account_id, self.user_id, self.copied_by)))
        return SignedToken(self.purpose, subject, self.generation, key_version)

    @classmethod
    def parse(cls, token: str) -> tuple["InvitationToken", SignedToken, bytes]:
        """Return what the token claims and its MAC, which is still to be verified; raises InvitationNotFound."""
        try:
            signed, mac = signed_tokens.parse(token, purposes=[channel.purpose for channel in Channel])
        except ValueError as error:
            raise cls.refusal() from error
        subject = _SUBJECT.fullmatch(signed.subject)
        if subject is None:
            raise cls.refusal()
        channel = next(channel for channel in Channel if channel.purpose == signed.purpose)
        return cls(subject[1], subject[2], signed.version, channel, subject[3]), signed, mac

    @classmethod
    def refusal(cls) -> errors.Refusal:
        """Return the one error for every token that is not genuine."""
        return errors.InvitationNotFound()
