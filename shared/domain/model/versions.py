"""Versions of what a caller edits, as they saw it."""

from shared.domain.model import errors


def require_seen(current: int, *, seen: int | None) -> None:
    """Raises Outdated if the caller saw another version than the current one; None is a caller who names none."""
    if seen not in {None, current}:
        raise errors.Outdated
