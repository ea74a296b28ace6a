"""Where a defect should be noticed first: by the tests of its own file. Whatever they miss, all others are asked."""

from collections.abc import Iterator, Mapping

from infra.paths import ROOT
from tests.proofs.defects.defect import Defect

# Tests of what may come between two calls; those of the rules, of each adapter and of each function.
BETWEEN = "tests/proofs/test_interleavings.py"
SUITES = ("tests/domain", "tests/adapters", "tests/functions")

# Adapters have no tests of their own for what only a whole command can show.
_COMMANDS: Mapping[str, tuple[str, ...]] = {
    "identity_locks": ("accept", "takeover"),
    "cursors": ("directory_paging",),
    "delivery_store": ("track_delivery",),
    "profile_store": ("me", "profile"),
    "journal_queries": ("directory_journal",),
    "outbox": ("send_mail",),
    "item_batch": ("idempotency", "join"),
    "repository": ("settings", "operator", "edit_user", "join", "accept", "idempotency"),
    "user_items": ("edit_user", "join"),
    "due_items": ("expire", "revoke_orphaned_invitations"),
    "user_queries": ("directory_paging", "directory_users"),
    "transaction_items": ("settings", "resend", "send_mail", "track_delivery", "idempotency", "join"),
}


def asked(defect: Defect) -> Iterator[list[str]]:
    """Groups of tests, one after the other."""
    if defect.caught_by:
        yield [defect.caught_by]
        return
    yield [path for path in _beside(defect.path) if (ROOT / path).exists()]
    yield [BETWEEN]
    yield list(SUITES)


def _beside(path: str) -> list[str]:
    match path.removesuffix(".py").split("/"):
        case ["shared", "domain", *_]:
            return ["tests/domain"]
        case ["shared", "adapters", *_, name]:
            return ["tests/adapters", *(f"tests/functions/test_{command}.py" for command in _COMMANDS.get(name, ()))]
        case ["functions", name, *_]:
            return [f"tests/functions/test_{name}.py"]
    return ["tests/functions"]
