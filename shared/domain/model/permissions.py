"""The catalogue of permissions, and effective permissions (rule 28)."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from shared.domain.model.permission_names import NAMES_BY_AREA

ALL = frozenset(name for names in NAMES_BY_AREA.values() for name in names)


def _known(name: str) -> str:
    if name not in ALL:
        raise ValueError("There is no such permission.")
    return name


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _of_catalogue(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in ALL)


Permission = Annotated[str, AfterValidator(_known)]
Permissions = Annotated[tuple[Permission, ...], Field(max_length=100), AfterValidator(_each_once)]
# As they are stored: a name that the catalogue no longer has counts as nothing, so that nobody holds what cannot be
# granted, and groups and users that had it can still be managed.
StoredPermissions = Annotated[tuple[str, ...], AfterValidator(_of_catalogue)]


def effective(
    *, admin: bool, granted: Iterable[Iterable[str]], allow: Iterable[str] = (), deny: Iterable[str] = ()
) -> frozenset[str]:
    """Return all for an administrator; else the union of what groups grant and `allow`, less `deny`."""
    if admin:
        return ALL
    return frozenset(allow).union(*granted) - frozenset(deny)
