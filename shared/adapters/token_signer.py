"""Links signed by KMS, with a key for each way that a link travels; few functions have rights to either."""

import functools

from shared.adapters import clients
from shared.domain.model import errors, invitation_tokens
from shared.domain.model.invitation_tokens import Channel, Link
from shared.settings import settings

_ALGORITHM = "HMAC_SHA_256"


class TokenSigner:
    """Makes and verifies tokens; nothing at rest holds one."""

    def __init__(self) -> None:
        self._kms = clients.client("kms")
        self._keys = {Channel.MAILED: settings().mailed_link_key, Channel.COPIED: settings().copied_link_key}

    def sign(self, link: Link) -> str:
        """The token of a link; the same link has the same token."""
        answer = self._kms.generate_mac(
            KeyId=self._keys[link.channel], MacAlgorithm=_ALGORITHM, Message=link.message.encode()
        )
        return link.token(answer["Mac"])

    def url(self, link: Link) -> str:
        """Where the invitee opens the link: the token is in the fragment, which no server is told (rule 10)."""
        return f"{settings().console_url}/invite#{self.sign(link)}"

    def verify(self, token: str) -> Link:
        """What a genuine token says; raises InvitationNotFound for every other, and always the same."""
        link, mac = invitation_tokens.parse(token)
        try:
            self._kms.verify_mac(
                KeyId=self._keys[link.channel], MacAlgorithm=_ALGORITHM, Message=link.message.encode(), Mac=mac
            )
        except self._kms.exceptions.KMSInvalidMacException as error:
            raise errors.InvitationNotFound from error
        return link


@functools.cache
def open_token_signer() -> TokenSigner:
    """Return the one of this process."""
    return TokenSigner()
