"""The generated mutants, and those that no test can notice, with the reason."""

from collections.abc import Mapping

from tests.proofs.defects.defect import Defect
from tests.proofs.defects.generated import generated

# Generated defects by name: the product behaves the same with them.
UNNOTICEABLE: Mapping[str, str] = {
    "shared/adapters/dynamodb/due_items.py, _due: < becomes <=: due_at < :after_now": (
        "no key ends where the moment does"
    ),
    "shared/adapters/dynamodb/transaction_items.py, count: clause dropped: attribute_exists(pk)": (
        "DynamoDB cannot add to counters that are not there; the clause is what a condition has to begin with"
    ),
    "functions/directory/handler.py, get_access: guard dropped: require_found(snapshot.user)": (
        "nobody gets so far without being a user; the guard says so to the type checker"
    ),
}


def noticeable() -> tuple[Defect, ...]:
    """The generated ones that a test must catch."""
    return tuple(defect for defect in generated() if defect.name not in UNNOTICEABLE)
