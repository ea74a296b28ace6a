"""What a password must be: the deployment's rules, not among the commonest, not made of known names (rule 13)."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from shared.domain.model import errors
from shared.domain.model.values import Model

DIGEST_BYTES = 4  # With 10,000 entries one in 430,000 other passwords is taken for one of them.
_MIN_WORD_LENGTH = 3
_MIN_OTHER_LETTERS = 3
_ROWS = ("0123456789", "1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1q2w3e4r5t6y7u8i9o0p")
_MAX_ROUNDS = 26  # of the shortest row in the longest password


def normalized_password(password: str) -> str:
    """Return the password in NFC, so that every keyboard's way of composing a letter is the same password."""
    return unicodedata.normalize("NFC", password)


GivenPassword = Annotated[str, Field(max_length=1_000), AfterValidator(normalized_password)]


class PasswordPolicy(Model):
    """Password rules, as the deployment chooses them; the user pool is configured with the same."""

    model_config = ConfigDict(extra="forbid")

    min_length: int = 7
    max_length: int = 256
    uppercase: bool = True
    lowercase: bool = True
    number: bool = True
    no_outer_spaces: bool = True

    @classmethod
    def of_choice(cls, *, min_length: int, composition: bool) -> "PasswordPolicy":
        """Return the rules of a deployment; `composition`: an uppercase letter, a lowercase letter and a number."""
        return cls(min_length=min_length, uppercase=composition, lowercase=composition, number=composition)

    @property
    def composition(self) -> bool:
        """Return whether kinds of characters are asked for: all three are, or none."""
        return self.uppercase


def require_new_password(password: str, policy: PasswordPolicy, *, known: Iterable[str]) -> None:
    """Raises InvalidRequest for a password that breaks the rules, or that is easy to guess.

    `known`: names of person, product and account.
    """
    require_password(password, policy)
    require_uncommon(password, known=known, composition=policy.composition)


def require_password(password: str, policy: PasswordPolicy) -> None:
    """Raises InvalidRequest naming every rule that the password breaks."""
    broken = [sentence for sentence, holds in _password_rules(password, policy) if not holds]
    if broken:
        raise errors.InvalidRequest(("password", sentence) for sentence in broken)


def _password_rules(password: str, policy: PasswordPolicy) -> Iterable[tuple[str, bool]]:
    yield f"Use at least {policy.min_length} characters.", len(password) >= policy.min_length
    yield f"Use at most {policy.max_length} characters.", len(password) <= policy.max_length
    if policy.uppercase:
        yield "Use at least one uppercase letter (A-Z).", re.search("[A-Z]", password) is not None
    if policy.lowercase:
        yield "Use at least one lowercase letter (a-z).", re.search("[a-z]", password) is not None
    if policy.number:
        yield "Use at least one number (0-9).", re.search("[0-9]", password) is not None
    yield "Do not begin or end with a space.", password == password.strip()
    yield "Do not use control characters.", all(unicodedata.category(character) != "Cc" for character in password)


def require_uncommon(password: str, *, known: Iterable[str], composition: bool) -> None:
    """Raises InvalidRequest with the reason `password_too_common`; `known`: names of person, product and account.

    `composition`: whether the rules ask for letters and numbers. Without them, more is easy to guess.
    """
    is_common = _is_common(password) if composition else _is_common_or_regular(password)
    if is_common or _is_made_of(password, known):
        sentence = "This password is easy to guess. Choose one that is less common and does not contain names."
        raise errors.InvalidRequest([("password", sentence)], reason="password_too_common")


def digest(password: str) -> bytes:
    """Return the entry of a password in the sorted list of the commonest."""
    return sha256(password.encode("utf-8", "surrogatepass")).digest()[:DIGEST_BYTES]


def _is_common(password: str) -> bool:
    from shared.domain.model.common_passwords import DIGESTS  # noqa: PLC0415 (data that only `accept` needs)

    return _is_listed(DIGESTS, digest(password))


def _is_common_or_regular(password: str) -> bool:
    """Return whether a password is common, repeats one part, or runs along the alphabet, the digits or a keyboard."""
    from shared.domain.model.common_passwords_of_any_kind import DIGESTS  # noqa: PLC0415 (few deployments need it)

    folded = _folded(password)
    is_run = any(folded in row * _MAX_ROUNDS or folded[::-1] in row * _MAX_ROUNDS for row in _ROWS)
    is_repeated = re.fullmatch(r"(.{1,12})\1+.{0,2}", folded, re.DOTALL) is not None
    return is_run or is_repeated or _is_common(password) or _is_listed(DIGESTS, digest(folded))


def _is_listed(digests: bytes, wanted: bytes) -> bool:
    position = bisect_left(range(len(digests) // DIGEST_BYTES), wanted, key=lambda index: _entry(digests, index))
    return _entry(digests, position) == wanted


def _entry(digests: bytes, index: int) -> bytes:
    return digests[index * DIGEST_BYTES : (index + 1) * DIGEST_BYTES]


def _is_made_of(password: str, known: Iterable[str]) -> bool:
    """Return whether little but digits and signs is left without the known words, in whatever case they are written."""
    rest = _folded(password)
    words = {word for text in known for word in (_folded(text), *re.findall(r"[^\W_]+", _folded(text)))}
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= _MIN_WORD_LENGTH:
            rest = rest.replace(word, " ")
    return rest != _folded(password) and sum(map(str.isalpha, rest)) < _MIN_OTHER_LETTERS


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
