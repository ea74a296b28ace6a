"""A file of the product, with its syntax and the places of its nodes in the text."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from infra.paths import ROOT
from tests.proofs.defects.defect import Defect


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
    def _line_starts(self) -> list[int]:
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where the node begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def of(self, node: ast.expr | ast.stmt) -> str:
        """The node's text."""
        begin, end = self.span(node)
        return self.text[begin:end]

    def defect(self, what: str, begin: int, end: int, replacement: str) -> Defect:
        """Named after what it breaks, and after the function that it breaks."""
        snippet = self.text[begin:end]
        shown = " ".join(snippet.split())
        name = f"{self.path}, {self._function_at(begin)}: {what}: {shown}"
        return Defect(name, self.path, snippet, replacement, at=begin)

    def _offset(self, line: int, column: int) -> int:
        """The syntax tree counts bytes."""
        start = self._line_starts[line - 1]
        before = self.text[start : self._line_starts[line]].encode()[:column].decode()
        return start + len(before)

    def _function_at(self, position: int) -> str:
        around = [
            node.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef) and self.span(node)[0] <= position < self.span(node)[1]
        ]
        return around[-1] if around else "module"


def sources(*folders: str) -> Iterator[Source]:
    """All files of the product in these folders."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield Source(file.relative_to(ROOT).as_posix())
