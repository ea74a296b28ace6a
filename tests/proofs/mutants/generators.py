"""All mutants of the product, found in its source, so that new code joins by being written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from tests.proofs.mutants import expressions
from tests.proofs.mutants.conditions import dropped_clauses, moved_comparisons
from tests.proofs.mutants.mutant import Mutant
from tests.proofs.mutants.source import sources
from tests.proofs.mutants.transactions import dropped_items

# What no test can notice, as the product behaves the same with it: by the end of the mutant's name, with the reason.
UNNOTICEABLE = {
    "due_items: < becomes <=: due_at < :after_now": "no key of the index ends where the moment does",
    "ownership: clause dropped: {account_id}#{user_id}": "no condition: a key, made in this way alone",
    "_without: clause dropped: attribute_exists(pk)": "the versions of a deleted team's people have changed, too",
    "update_counters: clause dropped: attribute_exists(pk)": "DynamoDB cannot add to counters that are not there",
}


@cache
def generated() -> tuple[Mutant, ...]:
    """Return every mutant; each has a name of its own."""
    found: list[Mutant] = []
    for source in sources("shared/adapters"):
        found += [*dropped_clauses(source), *moved_comparisons(source), *expressions.off_by_one(source)]
    for source in sources("shared/adapters/dynamodb"):
        found += dropped_items(source)
    for source in sources("shared/domain"):
        found += [*expressions.off_by_one(source), *expressions.opposite_comparisons(source)]
        found += [*expressions.dropped_operands(source), *expressions.negated_conditions(source)]
    for source in sources("shared", "functions"):
        found += [*expressions.dropped_guards(source), *expressions.logged_secrets(source)]
    return tuple(_named_apart(found))


def noticeable() -> list[Mutant]:
    """Return those that a test must catch, in an order that makes the first n a sample of all."""
    return sorted((one for one in generated() if not reason_to_skip(one)), key=lambda mutant: mutant.order)


def reason_to_skip(mutant: Mutant) -> str | None:
    """Return why no test can notice this mutant, if that is so."""
    return next((reason for end, reason in UNNOTICEABLE.items() if mutant.name.endswith(f", {end}")), None)


def _named_apart(mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """Number the second and further mutants of one name."""
    met: Counter[str] = Counter()
    for mutant in mutants:
        met[mutant.name] += 1
        yield replace(mutant, name=f"{mutant.name} ({met[mutant.name]})") if met[mutant.name] > 1 else mutant
