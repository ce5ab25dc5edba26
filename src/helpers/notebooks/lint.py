"""What a notebook in git must keep to; `python -m helpers.notebooks.lint` checks it.

No outputs; calls and no other code; parameters that are those of its model, all passed on.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.errors import DataError, Problem
from helpers.model.parameters import LetterParams, ReportParams, RoundParams

# What loads by which parameters; a notebook whose first load is neither is for exploring.
_PARAMETER_MODELS: dict[str, type[RoundParams]] = {
    "BoardReport": ReportParams,
    "MunicipalityLetter": LetterParams,
}
_FORBIDDEN_SYNTAX = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If,
    ast.Try, ast.With, ast.comprehension,
)  # fmt: skip
_EXPLORATION_NOTEBOOK = "explore.ipynb"  # an analyst's desk: its parameters are its own


def lint_notebook(path: Path) -> list[Problem]:
    """Everything in a notebook that is against the rules; `row` is the cell, counted from 1."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        what = f"cannot be read as a notebook: {str(error).partition(chr(10))[0]}."
        return [Problem(path.name, what, "Restore it, for instance with git checkout.")]
    found = [*_check_outputs(path, notebook), *_check_code(path, notebook)]
    return (
        found
        if path.name == _EXPLORATION_NOTEBOOK
        else [*found, *_check_parameters(path, notebook)]
    )


def _check_outputs(path: Path, notebook: NotebookNode) -> Iterator[Problem]:
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.get("outputs") or cell.get("execution_count"):
            remedy = f"Run: nbstripout --keep-id {path}"
            yield Problem(path.name, "holds outputs, which do not belong in git.", remedy, number)
            return


def _check_code(path: Path, notebook: NotebookNode) -> Iterator[Problem]:
    for number, cell in _code_cells(notebook):
        tree = _parse(cell.source)
        if tree is None:
            yield Problem(path.name, "is no Python.", "Mend the code of this cell.", number)
        elif any(isinstance(node, _FORBIDDEN_SYNTAX) for node in ast.walk(tree)):
            remedy = "Move it to src/helpers, test it there, and call it here."
            yield Problem(path.name, "does more than call.", remedy, number)


def _check_parameters(path: Path, notebook: NotebookNode) -> Iterator[Problem]:
    tagged = [
        (n, c) for n, c in _code_cells(notebook) if "parameters" in c.metadata.get("tags", [])
    ]
    loads = [
        (n, call, model) for n, c in _code_cells(notebook) for call, model in _load_calls(c.source)
    ]
    if len(tagged) != 1 or not loads:
        what = "has not one cell tagged parameters and a load, as BoardReport.load(…)."
        yield Problem(path.name, what, "Begin it anew with funding-report new-report.")
        return
    [(number, cell)], (at, call, model) = tagged, loads[0]
    wanted = list(model.model_fields)
    given = _assigned_names(cell.source)
    if sorted(given) != sorted(wanted):
        remedy = f"Give these, each once: {', '.join(wanted)}."
        yield Problem(path.name, f"its parameters are not {model.__name__}’s.", remedy, number)
    passed = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    if passed != {name: name for name in wanted}:
        remedy = f"Pass each one on: {', '.join(f'{name}={name}' for name in wanted)}."
        yield Problem(path.name, "does not load by all its parameters.", remedy, at)


def _code_cells(notebook: NotebookNode) -> list[tuple[int, NotebookNode]]:
    return [(n, c) for n, c in enumerate(notebook.cells, start=1) if c.cell_type == "code"]


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def _load_calls(source: str) -> Iterator[tuple[ast.Call, type[RoundParams]]]:
    """The calls of a cell that load by a model, as BoardReport.load(…)."""
    for node in ast.walk(_parse(source) or ast.Module([], [])):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if node.func.attr == "load" and owner in _PARAMETER_MODELS:
                yield node, _PARAMETER_MODELS[owner]


def _assigned_names(source: str) -> list[str]:
    """The names that a cell gives a value, in order, each as often as it does."""
    tree = _parse(source) or ast.Module([], [])
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    return [ast.unparse(target) for node in assigned for target in node.targets]


def main(paths: list[str]) -> int:
    """Check the notebooks and say on stderr what is wrong in which and how to mend it."""
    problems = [problem for path in paths for problem in lint_notebook(Path(path))]
    for problem in problems:
        sys.stderr.write(f"{problem}\n".replace(", row ", ", cell ", 1))
    return DataError.exit_code if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
