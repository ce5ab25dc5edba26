"""Whether a notebook runs nothing but a letter's sections, so that its process may run the next."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

from helpers.notebooks.source_notebook import read_source_notebook
from helpers.report.letter_classes import LETTER_CLASSES

_CLASSES = {letter.__name__ for letter in LETTER_CLASSES.values()}
_SECTIONS = {name for letter in LETTER_CLASSES.values() for name in letter.parts} | {"hand_over"}


def runs_only_letter_sections(path: Path) -> bool:
    """Return whether every cell imports, loads or shows a letter, or assigns plain values.

    Such cells leave names in the notebook's namespace and nothing else in the process, whatever
    their values are. An author's code may leave anything there: an option of pandas, a changed
    module, a thread.
    """
    cells = (cell for cell in read_source_notebook(path)["cells"] if cell["cell_type"] == "code")
    return all(_is_plain("".join(cell["source"])) for cell in cells)


@lru_cache
def _is_plain(source: str) -> bool:
    try:
        return all(map(_is_plain_statement, ast.parse(source).body))
    except (SyntaxError, ValueError, RecursionError):  # a magic, perhaps
        return False


def _is_plain_statement(statement: ast.stmt) -> bool:
    match statement:
        case ast.ImportFrom(module="helpers", level=0, names=names):
            return all(one.name in _CLASSES and one.asname is None for one in names)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            loads = _is_call(value, {"load"}, _CLASSES)
            return name not in _CLASSES and (loads or isinstance(value, ast.Constant))
        case ast.Expr(value=value):
            return isinstance(value, ast.Constant) or _is_call(value, _SECTIONS)
    return False


def _is_call(node: ast.expr, methods: set[str], objects: set[str] | None = None) -> bool:
    """Whether an expression calls one of the methods, with names and constants as arguments."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=name), attr=method), args=[], keywords=keywords
        ):
            known = method in methods and (objects is None or name in objects)
            values = [one.value for one in keywords if one.arg is not None]
            plain = all(isinstance(one, ast.Name | ast.Constant) for one in values)
            return known and plain and len(values) == len(keywords)
    return False
