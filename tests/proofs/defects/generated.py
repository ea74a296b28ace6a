"""Defects that are found in the source itself, so that new code joins by being written."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from tests.proofs.defects.conditions import dropped_clauses, moved_comparisons
from tests.proofs.defects.defect import Defect
from tests.proofs.defects.source import Source, sources

_MOVED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
}


@cache
def generated() -> tuple[Defect, ...]:
    """Every condition, guard, part of a transaction and comparison in turn; each defect has a name of its own."""
    found: list[Defect] = []
    for source in sources("shared/adapters"):
        found += [*dropped_clauses(source), *dropped_parts(source), *moved_comparisons(source)]
    for source in sources("shared/domain", "shared/adapters"):
        found += moved_operators(source)
    for source in sources("shared", "functions"):
        found += dropped_guards(source)
    return tuple(_told_apart(found))


def _told_apart(defects: Iterable[Defect]) -> Iterator[Defect]:
    """The second one of a name says so."""
    met: Counter[str] = Counter()
    for defect in defects:
        met[defect.name] += 1
        yield replace(defect, name=f"{defect.name} ({met[defect.name]})") if met[defect.name] > 1 else defect


def moved_operators(source: Source) -> Iterator[Defect]:
    """Comparisons that take one case more, or one less."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Compare):
            terms = [node.left, *node.comparators]
            for left, operator, right in zip(terms, node.ops, terms[1:], strict=False):
                if type(operator) in _MOVED:
                    was, becomes = _MOVED[type(operator)]
                    begin, end = source.span(left)[0], source.span(right)[1]
                    middle = source.text.index(was, source.span(left)[1])
                    replacement = source.text[begin:middle] + becomes + source.text[middle + len(was) : end]
                    yield source.defect(f"{was} becomes {becomes}", begin, end, replacement)


def dropped_guards(source: Source) -> Iterator[Defect]:
    """Calls of `require_...` that are not made; what would have been checked is taken as it is."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _is_guard(node):
            unchecked = "None" if _is_statement(source, node) else _unchecked(source, node)
            if unchecked:
                yield source.defect("guard dropped", *source.span(node), unchecked)


def guards_that_cannot_be_dropped() -> list[str]:
    """Those that make the value for which they are called: without them there is nothing to go on with."""
    return [
        f"{source.path}: {source.of(node)}"
        for source in sources("shared", "functions")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _is_guard(node)
        if not _is_statement(source, node) and not _unchecked(source, node)
    ]


def _is_guard(call: ast.Call) -> bool:
    return _called(call).startswith("require_")


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _is_statement(source: Source, call: ast.Call) -> bool:
    return any(isinstance(node, ast.Expr) and node.value is call for node in ast.walk(source.tree))


def _unchecked(source: Source, call: ast.Call) -> str | None:
    """The argument that the guard gives back, if it is one."""
    position = _gives_back().get(_called(call))
    return source.of(call.args[position]) if position is not None else None


@cache
def _gives_back() -> dict[str, int]:
    """The position of the parameter that is all that a guard ever returns."""
    found = {}
    for source in sources("shared"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("require_"):
                returned = {
                    source.of(each.value) for each in ast.walk(node) if isinstance(each, ast.Return) and each.value
                }
                parameters = [parameter.arg for parameter in node.args.args]
                if len(returned) == 1 and returned <= set(parameters):
                    found[node.name] = parameters.index(returned.pop())
    return found


def dropped_parts(source: Source) -> Iterator[Defect]:
    """Transactions that lack one of their writes."""
    lists = _lists_of_parts(source)
    for node in ast.walk(source.tree):
        match node:
            case ast.List(elts=elements) if _is_in(node, lists):
                for element in elements:
                    begin, end = source.span(element)
                    comma = re.compile(r"\s*,").match(source.text, end)
                    yield source.defect("part dropped", begin, comma.end() if comma else end, "")
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"))) if name in lists:
                yield source.defect("part dropped", *source.span(node), "pass")
            case ast.AugAssign(target=ast.Name(id=name)) if name in lists:
                yield source.defect("part dropped", *source.span(node), "pass")


def _is_in(node: ast.List, lists: dict[str, list[ast.expr]]) -> bool:
    return any(node is value for values in lists.values() for value in values)


def _lists_of_parts(source: Source) -> dict[str, list[ast.expr]]:
    """The lists that are handed to `transact`: by the names that they have, or on the spot."""
    handed = [
        argument
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _called(node).endswith("transact")
        for argument in node.args
    ]
    lists: dict[str, list[ast.expr]] = {argument.id: [] for argument in handed if isinstance(argument, ast.Name)}
    lists[""] = [argument for argument in handed if isinstance(argument, ast.List)]
    for node in ast.walk(source.tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in lists:
                lists[name].append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name in lists:
                lists[name].append(value)
    return lists
