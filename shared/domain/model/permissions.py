"""The catalogue of permissions, and effective permissions (rule 28)."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

# Configuration of the product: area, then (name, label).
CATALOG: dict[str, tuple[tuple[str, str], ...]] = {
    "Contacts": (
        ("contacts.view", "View contacts"),
        ("contacts.edit", "Add and edit contacts"),
        ("contacts.delete", "Delete contacts"),
        ("contacts.export", "Export contacts"),
    ),
    "Companies": (("companies.view", "View companies"), ("companies.edit", "Add and edit companies")),
    "Opportunities": (
        ("opportunities.view", "View opportunities"),
        ("opportunities.edit", "Add and edit opportunities"),
        ("opportunities.own", "Own opportunities"),
    ),
    "Tasks": (("tasks.view", "View tasks"), ("tasks.edit", "Add and edit tasks")),
    "Orders": (("orders.view", "View orders"), ("orders.edit", "Add and edit orders")),
    "Marketing": (("marketing.view", "View campaigns"), ("marketing.send", "Send campaigns")),
    "Admin": (("admin.settings", "Change the product's settings"), ("admin.billing", "See invoices")),
    "Users": (
        ("users.view", "View users"),
        ("users.invite", "Invite users"),
        ("users.edit", "Edit users"),
        ("groups.edit", "Edit groups"),
        ("teams.view", "View teams"),
        ("teams.edit", "Edit teams"),
        ("seats.view", "View seats"),
        ("records.reassign", "Move records"),
        ("journal.view", "View the journal"),
    ),
}

ALL = frozenset(name for area in CATALOG.values() for name, _ in area)


def _known(name: str) -> str:
    if name not in ALL:
        raise ValueError("There is no such permission.")
    return name


Permission = Annotated[str, AfterValidator(_known)]


def effective(
    *, admin: bool, granted: Iterable[Iterable[str]], allow: Iterable[str] = (), deny: Iterable[str] = ()
) -> frozenset[str]:
    """Return all for an administrator; else the union of what groups grant and `allow`, less `deny`."""
    if admin:
        return ALL
    return frozenset(allow).union(*granted) - frozenset(deny)
