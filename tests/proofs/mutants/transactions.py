"""Mutants of transactions: each item left out in turn, wherever lists of items are put together."""

import ast
import re
from collections.abc import Iterator

from tests.proofs.mutants.expressions import called
from tests.proofs.mutants.mutant import Mutant
from tests.proofs.mutants.source import Source

_ITEM_TYPES = re.compile(r"\b(list|Sequence|Iterable|Iterator)\[(Write|TransactionItem|WriteItem)\]")


def dropped_items(source: Source) -> Iterator[Mutant]:
    """Leave out each element of each list of transaction items, and each addition to one."""
    lists, names = _lists_of_items(source)
    for node in source.nodes:
        match node:
            case ast.ListComp() if any(node is one for one in lists):
                yield source.mutant("items dropped", *source.span(node), "[]")
            case ast.List(elts=elements) if any(node is one for one in lists):
                for element in elements:
                    begin, end = source.span(element)
                    comma = re.compile(r"\s*,").match(source.text, end)
                    yield source.mutant("item dropped", begin, comma.end() if comma else end, "")
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend" | "add"))
            ) if name in names:
                yield source.mutant("item dropped", *source.span(node), "pass")
            case ast.AugAssign(target=ast.Name(id=name)) if name in names:
                yield source.mutant("item dropped", *source.span(node), "pass")
    for function in _functions_of_items(source):
        for node in ast.walk(function):
            if isinstance(node, ast.Yield | ast.YieldFrom) and node.value:
                yield source.mutant("item dropped", *source.span(node), "(yield from ())")


def _functions_of_items(source: Source) -> list[ast.FunctionDef]:
    return [
        node
        for node in source.nodes
        if isinstance(node, ast.FunctionDef) and node.returns and _ITEM_TYPES.search(source.of(node.returns))
    ]


def _lists_of_items(source: Source) -> tuple[list[ast.expr], set[str]]:
    """Return the displays of lists of items, and the names that such lists have.

    They are what is given to `transact`, annotated as a list of items, or returned by a function that is.
    """
    found: list[ast.expr] = [
        argument
        for node in source.nodes
        if isinstance(node, ast.Call) and called(node).endswith("transact")
        for given in node.args
        for argument in (given.args if isinstance(given, ast.Call) else [given])
    ]
    found += [
        node.target
        for node in source.nodes
        if isinstance(node, ast.AnnAssign) and _ITEM_TYPES.search(source.of(node.annotation))
    ]
    for function in _functions_of_items(source):
        found += [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
    parts = [element.value for one in found for element in getattr(one, "elts", []) if isinstance(element, ast.Starred)]
    names = {one.id for one in (*found, *parts) if isinstance(one, ast.Name)}
    for node in source.nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in names:
                found.append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name in names:
                found.append(value)
    return [one for one in found if isinstance(one, ast.List | ast.ListComp)], names
