"""All defects: those that somebody thought of, those that are found, and those that cannot be noticed, and why."""

from collections.abc import Mapping

from tests.proofs.defects.adapters_by_hand import ADAPTERS
from tests.proofs.defects.defect import Defect
from tests.proofs.defects.edge_by_hand import EDGE
from tests.proofs.defects.functions_by_hand import FUNCTIONS
from tests.proofs.defects.generated import generated
from tests.proofs.defects.journey_by_hand import JOURNEY
from tests.proofs.defects.people_by_hand import PEOPLE
from tests.proofs.defects.profiles_by_hand import PROFILES
from tests.proofs.defects.rules_by_hand import RULES
from tests.proofs.defects.services_by_hand import SERVICES

BY_HAND: tuple[Defect, ...] = (*RULES, *PEOPLE, *ADAPTERS, *SERVICES, *EDGE, *FUNCTIONS, *PROFILES, *JOURNEY)

# Generated defects by name: the product behaves the same with them.
UNNOTICEABLE: Mapping[str, str] = {
    "shared/adapters/sweep.py, _due: < becomes <=: due_at < :after_now": "no key ends where the moment does",
    "shared/adapters/writes.py, count: clause dropped: attribute_exists(pk)": (
        "DynamoDB cannot add to counters that are not there; the clause is what a condition has to begin with"
    ),
    "functions/access/handler.py, get_access: guard dropped: require_found(scene.user)": (
        "nobody gets so far without being a user; the guard says so to the type checker"
    ),
}


def noticeable() -> tuple[Defect, ...]:
    """The generated ones that a test must catch."""
    return tuple(defect for defect in generated() if defect.name not in UNNOTICEABLE)
