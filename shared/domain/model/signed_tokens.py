"""Signed tokens: purpose, subject and version, authenticated by a MAC (rules 10-12).

A token is `v<key version>.<subject>.<version>.<last word of the purpose>.<MAC>`. Each purpose has keys of its own, so
that a MAC made for one purpose is worthless for every other, and a class for its content with the form of its subject.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, Protocol, Self

_FORM = re.compile(r"v([1-9][0-9]{0,2})\.(.+)\.([1-9][0-9]{0,8})\.([a-z]+)\.([0-9A-Z_a-z-]{43})")


class TokenPurpose(StrEnum):
    """Every purpose that has keys, a setting `<purpose>_keys` and rights of functions."""

    INVITATION_MAILED = "invitation_mailed"
    INVITATION_COPIED = "invitation_copied"
    RECOVERY = "recovery"


class SignedToken(NamedTuple):
    """What a MAC authenticates.

    `version` is the subject's: a later one makes all earlier tokens worthless. `key_version` names the purpose's key
    that made the MAC. The subject may contain dots.
    """

    purpose: str
    subject: str
    version: int
    key_version: int

    @property
    def message(self) -> str:
        """Return the token without its MAC."""
        return f"v{self.key_version}.{self.subject}.{self.version}.{_last_word(self.purpose)}"

    def encode(self, mac: bytes) -> str:
        """Return the token."""
        return f"{self.message}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


class TokenContent(Protocol):
    """The content of the tokens of one or several purposes."""

    @property
    def page(self) -> str:
        """Return the path of the page that takes the token."""

    @property
    def purpose(self) -> str:
        """Return the purpose of this content's token."""

    def to_sign(self, *, key_version: int) -> SignedToken:
        """Return the token of this content, to be signed by the key of that version."""

    @classmethod
    def parse(cls, token: str) -> tuple[Self, SignedToken, bytes]:
        """Return what the token claims and its MAC, which is still to be verified; raises what `refusal` returns."""

    @classmethod
    def refusal(cls) -> Exception:
        """Return the one error for every token that is not genuine."""


def parse(token: str, *, purposes: Iterable[str]) -> tuple[SignedToken, bytes]:
    """Return what the token claims and its MAC, which is still to be verified.

    Raises ValueError unless the token has the one form in which these purposes write it.
    """
    match = _FORM.fullmatch(token)
    if match is None:
        raise ValueError("not a token")
    key_version, subject, version, word, mac = match.groups()
    purpose = next((purpose for purpose in purposes if _last_word(purpose) == word), None)
    if purpose is None:
        raise ValueError("a token of another purpose")
    try:
        decoded = base64.urlsafe_b64decode(mac + "=")
    except binascii.Error as error:
        raise ValueError("not a MAC") from error
    signed = SignedToken(purpose, subject, int(version), int(key_version))
    if signed.encode(decoded) != token:  # The last character of the MAC has two bits that decode to nothing.
        raise ValueError("not the canonical form")
    return signed, decoded


def _last_word(purpose: str) -> str:
    return purpose.rpartition("_")[2]
