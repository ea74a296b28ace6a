"""A file of the product, with its syntax tree and the offsets of its nodes in the text."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from infra.paths import ROOT
from tests.proofs.mutants.mutant import Mutant


@dataclass(frozen=True)
class Source:
    """One file, by its path from the root of the checkout."""

    path: str

    @cached_property
    def text(self) -> str:
        return (ROOT / self.path).read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of the tree but those inside of f-strings, whose places Python 3.11 does not know."""
        inside = {
            id(inner)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.JoinedStr)
            for inner in ast.walk(node)
            if inner is not node
        }
        return [node for node in ast.walk(self.tree) if id(node) not in inside]

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the offsets at which the node begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def of(self, node: ast.expr | ast.stmt) -> str:
        """Return the node's text."""
        begin, end = self.span(node)
        return self.text[begin:end]

    def statement_lines(self, position: int) -> range:
        """Return the lines of the smallest statement around an offset; of a compound one, those before its body."""
        around = [
            node
            for node in self.nodes
            if isinstance(node, ast.stmt) and self.span(node)[0] <= position < self.span(node)[1]
        ]
        innermost = max(around, key=lambda node: self.span(node)[0])
        body = getattr(innermost, "body", None)
        end = max(body[0].lineno - 1, innermost.lineno) if body else innermost.end_lineno
        assert end is not None
        return range(innermost.lineno, end + 1)

    def mutant(self, kind: str, begin: int, end: int, replacement: str) -> Mutant:
        """Return a mutant named after its kind, the function that it is in, and the text that it replaces."""
        shown = " ".join(self.text[begin:end].split())
        name = f"{self.path}, {self._function_at(begin)}: {kind}: {shown}"
        return Mutant(name, self.path, begin, end - begin, replacement)

    def _offset(self, line: int, column: int) -> int:
        """Return the offset of a place; the syntax tree counts columns in bytes."""
        start = self._line_starts[line - 1]
        return start + len(self.text[start : self._line_starts[line]].encode()[:column].decode())

    def _function_at(self, position: int) -> str:
        around = [
            node.name
            for node in self.nodes
            if isinstance(node, ast.FunctionDef) and self.span(node)[0] <= position < self.span(node)[1]
        ]
        return around[-1] if around else "module"


def sources(*folders: str) -> Iterator[Source]:
    """Yield all files of the product in these folders."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield Source(file.relative_to(ROOT).as_posix())
