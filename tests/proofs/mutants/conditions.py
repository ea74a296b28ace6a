"""Mutants of DynamoDB's condition expressions: each clause dropped in turn, each comparison moved by one."""

import ast
import re
from collections.abc import Iterator

from tests.proofs.mutants.mutant import Mutant
from tests.proofs.mutants.source import Source

# Parameters of these names hold conditions, also where another module fills them in.
_SEEDS = {"ConditionExpression", "condition", "conditions"}
_CONNECTIVE = re.compile(r"\b(AND|OR)\b")
_COMPARISON = re.compile(r"([#.\w]+) (<=|>=|<|>) ([#:.\w]+)")
_MOVED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_CLAUSE = re.compile(r"[=<>({]")
_QUOTES = re.compile(r"""[\s"']|f(?=["'])""")  # What stands between the parts of a literal that is written in several.
# With all its names and values still in use: DynamoDB refuses a request that gives more than it uses.
_ALWAYS, _NEVER = "({} OR attribute_not_exists(dropped))", "({} AND attribute_exists(dropped))"

Span = tuple[int, int]


def dropped_clauses(source: Source) -> Iterator[Mutant]:
    """Let each clause that must hold always hold, and each of several alternatives never."""
    for literal in _literals_of(source, _names_of_conditions(source)):
        begin, end = source.span(literal)
        for (first, last), required in _clauses(source.text, begin, end):
            if not _CLAUSE.search(source.text, first, last):
                continue  # The name of an attribute, of which a clause is made elsewhere.
            form = _ALWAYS if required else _NEVER
            yield source.mutant("clause dropped", first, last, form.format(source.text[first:last]))


def moved_comparisons(source: Source) -> Iterator[Mutant]:
    """Move each comparison of an expression by one, those of queries as well."""
    literals = [node for node in source.nodes if isinstance(node, ast.JoinedStr) or _is_text(node)]
    spans = sorted({source.span(literal) for literal in literals if isinstance(literal, ast.expr)})
    found = {match.span(): match for span in spans for match in _COMPARISON.finditer(source.text, *span)}
    for (begin, end), match in found.items():
        left, sign, right = match.groups()
        yield source.mutant(f"{sign} becomes {_MOVED[sign]}", begin, end, f"{left} {_MOVED[sign]} {right}")


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _names_of_conditions(source: Source) -> set[str]:
    """Return the variables, parameters, constants and functions of the file that conditions are made of."""
    names = set(_SEEDS)
    while True:
        used = (part for value in _values_of(source, names) for part in ast.walk(value))
        further = {part.id for part in used if isinstance(part, ast.Name) and not part.id.startswith("to_")}
        if further <= names:
            return names
        names |= further


def _values_of(source: Source, names: set[str]) -> Iterator[ast.expr]:
    """Yield what these names get: assigned, added, appended, passed as an argument or in a dictionary, returned."""
    for node in source.nodes:
        match node:
            case ast.Assign(targets=[target], value=value) if _name_of(target) in names:
                yield value
            case ast.AnnAssign(target=target, value=ast.expr() as value) if _name_of(target) in names:
                yield value
            case ast.AugAssign(target=target, value=value) if _name_of(target) in names:
                yield value
            case ast.keyword(arg=str(name), value=value) if name in names:
                yield value
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend"), args=[value]) if (
                name in names
            ):
                yield value
            case ast.Dict(keys=keys, values=values):
                yield from (value for key, value in zip(keys, values, strict=True) if _name_of(key) in names)
            case ast.FunctionDef(name=name) if name in names:
                yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)


def _name_of(node: ast.expr | None) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Constant(value=str(name)) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return None


def _literals_of(source: Source, names: set[str]) -> list[ast.expr]:
    found: dict[Span, ast.expr] = {}
    for value in _values_of(source, names):
        for part in _texts_in(value):
            found.setdefault(source.span(part), part)
    return list(found.values())


def _texts_in(value: ast.expr) -> Iterator[ast.expr]:
    """Yield the literals themselves, not the pieces that one of them is put together from."""
    match value:
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield value
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts_in(body)
            yield from _texts_in(orelse)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            for element in elements:
                yield from _texts_in(element)
        case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
            yield from _texts_in(element)
        case ast.Call(func=ast.Attribute(attr="join"), args=[argument]):
            yield from _texts_in(argument)


def _clauses(text: str, begin: int, end: int, *, required: bool = True) -> Iterator[tuple[Span, bool]]:
    """Yield each clause, also inside of another; whether it must hold, or is one of several alternatives."""
    begin, end = _trimmed(text, begin, end)
    if begin >= end:
        return
    cuts = _cuts(text, begin, end)
    by_or = [cut for cut in cuts if cut[2] == "OR"]
    if cuts:
        chosen, all_required = (by_or, False) if by_or else (cuts, True)
        starts, ends = [begin, *(cut[1] for cut in chosen)], [*(cut[0] for cut in chosen), end]
        for first, last in zip(starts, ends, strict=True):
            yield from _clauses(text, first, last, required=all_required)
        return
    yield (begin, end), required
    if text[begin] == "(":
        yield from (clause for clause in _clauses(text, begin + 1, end - 1) if clause[0] != (begin + 1, end - 1))


def _trimmed(text: str, begin: int, end: int) -> Span:
    while begin < end and _QUOTES.match(text, begin):
        begin += 1
    while begin < end and (_QUOTES.match(text, end - 1) or (text[end - 1] == "f" and text[end] in "\"'")):
        end -= 1
    return begin, end


def _cuts(text: str, begin: int, end: int) -> list[tuple[int, int, str]]:
    """Return where connectives stand outside of every bracket."""
    return [
        (found.start(), found.end(), found[1])
        for found in _CONNECTIVE.finditer(text, begin, end)
        if all(
            text.count(left, begin, found.start()) == text.count(right, begin, found.start())
            for left, right in ("()", "{}")
        )
    ]
