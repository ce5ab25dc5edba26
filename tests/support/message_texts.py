"""The messages in the source code, as templates with fields, found in its syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Texts in these calls are Swedish, patterns or help texts, not messages in English.
_CALLS_WITH_OTHER_TEXTS = ("loc", "compile", "option", "argument", "command", "Field")
_WORD = re.compile(r"(?<![\w`])[A-Za-z][a-z']*(?=[\s,:;)]|\.?(?:\s|$))")
_FIELD = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class SourceText:
    """A text in the code; `template` has `{}` and `{!r}` for its fields, without outer spaces."""

    file: Path
    line: int
    template: str

    @property
    def is_sentence(self) -> bool:
        """Whether it has two words, or ends as a sentence does."""
        words = len(_WORD.findall(_FIELD.sub("\0", self.template)))
        return " " in self.template and (words >= 2 or self.template.endswith("."))


def normal_template(text: str) -> str:
    """A template of the catalogue without the names of its fields."""
    return _FIELD.sub(lambda found: "{!r}" if "!r" in found[0] else "{}", text.strip())


def source_texts(paths: list[Path]) -> Iterator[SourceText]:
    """Every text in the files, docstrings and texts of other kinds left out."""
    for path in paths:
        for node in _texts_below(ast.parse(path.read_text(encoding="utf-8"))):
            yield SourceText(path, node.lineno, _template(node).strip())


def _texts_below(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    if isinstance(node, ast.Call) and _called_name(node).endswith(_CALLS_WITH_OTHER_TEXTS):
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node
        return
    if isinstance(node, ast.JoinedStr):
        yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant):
            continue  # a part of the template
        if not _is_docstring(child):
            yield from _texts_below(child)


def _called_name(node: ast.Call) -> str:
    return ast.unparse(node.func)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _template(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(
        str(part.value)
        if isinstance(part, ast.Constant)
        else ("{!r}" if isinstance(part, ast.FormattedValue) and part.conversion == 114 else "{}")
        for part in node.values
    )
