"""Links: what a token says, and how it travelled (rules 10-12). Only a key of the link signer can make one."""

import base64
import binascii
import re
from enum import StrEnum
from typing import NamedTuple

from shared.domain.model import errors

_FORM = r"(v1\.([a-z]{2}[0-9]{3,8})\.([a-z2-7]{26})\.([1-9][0-9]{0,8})\.(mailed|copied))\.([0-9A-Z_a-z-]{43})"


class Channel(StrEnum):
    """How a link reaches the invitee: by mail, which proves the mailbox, or by hand, which does not."""

    MAILED = "mailed"
    COPIED = "copied"


class Link(NamedTuple):
    """One generation of one user's invitation, by one way."""

    account_id: str
    user_id: str
    generation: int
    channel: Channel

    @property
    def is_mailed(self) -> bool:
        """Whether whoever holds it reads the invited mailbox."""
        return self.channel is Channel.MAILED

    @property
    def message(self) -> str:
        """What is signed; `v1` names the form and the pair of keys."""
        return f"v1.{self.account_id}.{self.user_id}.{self.generation}.{self.channel}"

    def token(self, mac: bytes) -> str:
        """The link's token."""
        return f"{self.message}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def parse(token: str) -> tuple[Link, bytes]:
    """What a token claims to be, and its MAC, which is still to be verified; raises InvitationNotFound."""
    match = re.fullmatch(_FORM, token)
    if match is None:
        raise errors.InvitationNotFound
    _, account_id, user_id, generation, channel, mac = match.groups()
    try:
        decoded = base64.urlsafe_b64decode(mac + "=")
    except binascii.Error as error:
        raise errors.InvitationNotFound from error
    link = Link(account_id, user_id, int(generation), Channel(channel))
    if link.token(decoded) != token:  # The last character has two bits that say nothing.
        raise errors.InvitationNotFound
    return link, decoded
