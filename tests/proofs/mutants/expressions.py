"""Mutants of Python's own expressions: comparisons, clauses, conditions, guards, and secrets that are logged."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.proofs.mutants.mutant import Mutant
from tests.proofs.mutants.source import Source, sources

_OFF_BY_ONE: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
}
_OPPOSITE: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_SECRETS = {"token", "password", "security_answer"}
_LOGGER = '__import__("shared.logging").logging.logger'
_SINKS = {
    "logged as a field": _LOGGER + '.warning("planted", extra={"planted": secret})',
    "logged in the message": _LOGGER + '.warning(f"planted {secret}")',
}


def off_by_one(source: Source) -> Iterator[Mutant]:
    """Let each comparison of order take one case more, or one less."""
    yield from _replaced_operators(source, _OFF_BY_ONE)


def opposite_comparisons(source: Source) -> Iterator[Mutant]:
    """Let each comparison of equality, identity or membership answer the opposite."""
    yield from _replaced_operators(source, _OPPOSITE)


def _replaced_operators(source: Source, table: dict[type[ast.cmpop], tuple[str, str]]) -> Iterator[Mutant]:
    for node in source.nodes:
        if not isinstance(node, ast.Compare):
            continue
        terms = [node.left, *node.comparators]
        for left, operator, right in zip(terms, node.ops, terms[1:], strict=False):
            if type(operator) in table:
                was, becomes = table[type(operator)]
                begin, end = source.span(left)[0], source.span(right)[1]
                middle = source.text.index(was, source.span(left)[1])
                replacement = source.text[begin:middle] + becomes + source.text[middle + len(was) : end]
                yield source.mutant(f"{was} becomes {becomes}", begin, end, replacement)


def dropped_operands(source: Source) -> Iterator[Mutant]:
    """Let each operand of `and` always hold, and each of `or` never; a value in a condition alone, no default."""
    for node in _conditions(source):
        for part in ast.walk(node):
            if isinstance(part, ast.BoolOp):
                neutral = "True" if isinstance(part.op, ast.And) else "False"
                for operand in part.values:
                    yield source.mutant("operand dropped", *source.span(operand), neutral)


def negated_conditions(source: Source) -> Iterator[Mutant]:
    """Negate each condition that is no comparison: those are mutants already."""
    for node in _conditions(source):
        if not isinstance(node, ast.Compare | ast.NamedExpr):
            yield source.mutant("condition negated", *source.span(node), f"(not ({source.of(node)}))")


def _conditions(source: Source) -> Iterator[ast.expr]:
    """Yield what an `if` asks, or a function of truth returns."""
    for node in source.nodes:
        match node:
            case ast.If(test=test) | ast.IfExp(test=test):
                yield test
            case ast.FunctionDef(returns=ast.Name(id="bool")):
                returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
                yield from (value for value in returned if isinstance(value, ast.BoolOp | ast.UnaryOp))


def dropped_guards(source: Source) -> Iterator[Mutant]:
    """Leave out each call of `require_...`; what it would have checked and returned is taken as it is."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and called(node).startswith("require_"):
            unchecked = "None" if _is_statement(source, node) else _unchecked(source, node)
            if unchecked:
                yield source.mutant("guard dropped", *source.span(node), unchecked)


def called(call: ast.Call) -> str:
    """Return the name of the function or method that is called."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _is_statement(source: Source, call: ast.Call) -> bool:
    return any(isinstance(node, ast.Expr) and node.value is call for node in source.nodes)


def _unchecked(source: Source, call: ast.Call) -> str | None:
    """Return the argument that the guard gives back, if it is one."""
    position = _gives_back().get(called(call), len(call.args))
    return source.of(call.args[position]) if position < len(call.args) else None


@cache
def _gives_back() -> dict[str, int]:
    """Return, by guard, the position of the parameter that is all that the guard ever returns."""
    found = {}
    for source in sources("shared"):
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("require_"):
                returned = {
                    source.of(each.value) for each in ast.walk(node) if isinstance(each, ast.Return) and each.value
                }
                parameters = [parameter.arg for parameter in node.args.args]
                if len(returned) == 1 and returned <= set(parameters):
                    found[node.name] = parameters.index(returned.pop())
    return found


def logged_secrets(source: Source) -> Iterator[Mutant]:
    """Log each token, password and security answer where it is made or read."""
    calls = {id(node.func) for node in source.nodes if isinstance(node, ast.Call)}
    for node in source.nodes:
        match node:
            case ast.Attribute(attr=name, ctx=ast.Load()) if name in _SECRETS and id(node) not in calls:
                pass
            case ast.Call(func=ast.Attribute(attr="sign" | "token")):
                pass
            case _:
                continue
        for kind, sink in _SINKS.items():
            yield source.mutant(kind, *source.span(node), f"(lambda secret: ({sink}, secret)[1])({source.of(node)})")
