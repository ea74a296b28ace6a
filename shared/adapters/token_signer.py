"""Signing and verifying of tokens by KMS (rules 10-12): each purpose has keys of its own, which few functions may use.

Rotating the keys of a purpose:

1. Raise `newest` of the purpose in the stage's `token_keys` by one and deploy. New tokens are signed by the new key;
   tokens of the key before are still verified. While the deployment runs, a token of the new key may be refused by a
   function that does not know the key yet.
2. Wait until no token of the old key is of use: an invitation expires after 7 days, and its expired link still asks for
   a new one; a password reset link expires after 30 minutes. Then raise `oldest` to `newest` and deploy: tokens of
   the old key are invitation_not_found or recovery_not_found.
3. Schedule the old key's deletion in KMS.

If a key is compromised, raise both at once.
"""

import functools
from collections.abc import Mapping
from typing import Final, Generic, TypeVar

from shared.adapters import clients
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.recoveries import RecoveryToken
from shared.domain.model.signed_tokens import TokenContent, TokenPurpose
from shared.settings import settings

_ALGORITHM: Final = "HMAC_SHA_256"

Content = TypeVar("Content", bound=TokenContent)


class TokenSigner(Generic[Content]):
    """Signs and verifies tokens of one kind of content; no token is stored."""

    def __init__(self, content: type[Content], *purposes: TokenPurpose) -> None:
        self._content = content
        self._console_url = settings().console_url
        for purpose in purposes:
            _keys(purpose)  # Raises MissingSetting when the function starts, not when it signs.
        self._kms = clients.client("kms")

    def sign(self, content: Content) -> str:
        """Return the token, signed by the purpose's newest key; the same content has the same token under one key."""
        key_version, key = max(_keys(content.purpose).items())
        signed = content.to_sign(key_version=key_version)
        answer = self._kms.generate_mac(KeyId=key, MacAlgorithm=_ALGORITHM, Message=signed.message.encode())
        return signed.encode(answer["Mac"])

    def url(self, content: Content) -> str:
        """Return the address of the page for this token, which is in the fragment: no server logs it (rule 10)."""
        return f"{self._console_url}/{content.page}#{self.sign(content)}"

    def verify(self, token: str) -> Content:
        """Return the content of a genuine token; raises the content's one refusal for every other token."""
        content, signed, mac = self._content.parse(token)
        key = _keys(signed.purpose).get(signed.key_version)
        if key is None:
            raise self._content.refusal()
        try:
            self._kms.verify_mac(KeyId=key, MacAlgorithm=_ALGORITHM, Message=signed.message.encode(), Mac=mac)
        except self._kms.exceptions.KMSInvalidMacException as error:
            raise self._content.refusal() from error
        return content


def _keys(purpose: str) -> Mapping[int, str]:
    """Return the ARNs of the purpose's keys by version; a function has only the versions that it may use."""
    listed: str = getattr(settings(), f"{purpose}_keys")
    pairs = (pair.partition("=") for pair in listed.split(",") if pair)
    return {int(version): arn for version, _, arn in pairs}


@functools.cache
def open_token_signer(*channels: Channel) -> TokenSigner[InvitationToken]:
    """Return the process's only signer of invitation tokens of these channels, else of all."""
    return TokenSigner(InvitationToken, *(channel.purpose for channel in channels or Channel))


@functools.cache
def open_recovery_signer() -> TokenSigner[RecoveryToken]:
    """Return the process's only signer of tokens of links to a new password."""
    return TokenSigner(RecoveryToken, TokenPurpose.RECOVERY)
