"""The python blocks of a page of docs/, run as the cells of one notebook: what each shows."""

from __future__ import annotations

import ast
import contextlib
import io
import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs"
_BLOCKS = re.compile(
    r"^```(\w+)\n(.*?)^```\n(?:\n^```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE
)


def blocks(page: str) -> list[tuple[str, str, str]]:
    """The blocks of a page (its path below docs/): kind, source, and the text shown after it."""
    return _BLOCKS.findall((DOCS / page).read_text(encoding="utf-8"))


def code_lines(source: str) -> int:
    """The lines of a block that are neither blank nor a comment."""
    lines = (line.strip() for line in source.splitlines())
    return len([line for line in lines if line and not line.startswith("#")])


def run_cell(source: str, names: dict[str, Any]) -> str:
    """What a cell prints, and the value of its last line as a notebook shows it in plain text."""
    tree = ast.parse(source)
    last = tree.body[-1] if isinstance(tree.body[-1], ast.Expr) else None
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(ast.Module(tree.body[: -1 if last else None], []), "<cell>", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None
        if value is not None:
            shown.write(f"{value if isinstance(value, str) else repr(value)}\n")
    return shown.getvalue().replace("\u00a0", " ")
