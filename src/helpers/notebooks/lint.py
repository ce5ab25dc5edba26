"""Check the rules for notebooks in git: `python -m helpers.notebooks.lint`.

A notebook has no outputs, and its code is valid. Its metadata say which of two kinds it is, as
`{"funding_report": {"kind": "analyst"}}`. A board notebook, which one without the entry is, has
only calls and no other code, and the parameters of its model, all of which are passed to `load`.
An analyst's notebook may contain any code.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from helpers.errors import DataError, Problem
from helpers.model.parameters import LetterParams, ReportParams, RoundParams

# The class that a notebook loads, and the model of its parameters.
_PARAMETER_MODELS: dict[str, type[RoundParams]] = {
    "BoardReport": ReportParams,
    "CreditLetter": LetterParams,
    "MemberPaper": LetterParams,
    "MunicipalityLetter": LetterParams,
    "ReminderLetter": LetterParams,
    "RequestLetter": LetterParams,
}
_FORBIDDEN_SYNTAX = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If,
    ast.Try, ast.With, ast.comprehension,
)  # fmt: skip
_KINDS = ("board", "analyst")


def lint_notebook(path: Path) -> list[Problem]:
    """Return all violations of the rules in a notebook; `row` is the cell's number from 1."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        problem = f"cannot be read as a notebook: {str(error).partition(chr(10))[0]}."
        return [Problem(path.name, problem, "Restore it, for instance with git checkout.")]
    return [*_check_outputs(path, notebook), *_check_kind(path, notebook)]


def _check_kind(path: Path, notebook: NotebookNode) -> Iterator[Problem]:
    kind = notebook_kind(notebook)
    if kind not in _KINDS:
        remedy = 'Write "board" or "analyst" as funding_report.kind in its metadata.'
        yield Problem(path.name, f"is of the kind {kind!r}, which does not exist.", remedy)
    yield from _check_syntax(path, notebook, plain=kind == "board")
    if kind == "board":
        yield from _check_calls_only(path, notebook)
        yield from _check_parameters(path, notebook)


def notebook_kind(notebook: NotebookNode) -> object:
    """Return the kind that a notebook's metadata state; without one it is a board notebook."""
    ours = notebook.metadata.get("funding_report", {})
    return ours.get("kind", "board") if isinstance(ours, dict) else ours


def _check_outputs(path: Path, notebook: NotebookNode) -> Iterator[Problem]:
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.get("outputs") or cell.get("execution_count"):
            remedy = f"Run: nbstripout --keep-id {path}"
            yield Problem(
                path.name, "contains outputs, which do not belong in git.", remedy, number
            )
            return


def _check_syntax(path: Path, notebook: NotebookNode, *, plain: bool) -> Iterator[Problem]:
    """Yield a problem for each cell that is not Python; unless `plain`, IPython's % and ! are."""
    for number, cell in _code_cells(notebook):
        if _parse(cell.source if plain else _as_plain_python(cell.source)) is None:
            yield Problem(
                path.name, "is not valid Python.", "Correct the code of this cell.", number
            )


def _check_calls_only(path: Path, notebook: NotebookNode) -> Iterator[Problem]:
    for number, cell in _code_cells(notebook):
        tree = _parse(cell.source) or ast.Module([], [])
        if any(isinstance(node, _FORBIDDEN_SYNTAX) for node in ast.walk(tree)):
            remedy = (
                "Move it to src/helpers, test it there, and call it here; or make it an analyst’s "
                'notebook: {"funding_report": {"kind": "analyst"}} in its metadata.'
            )
            yield Problem(path.name, "contains more than calls.", remedy, number)


def _check_parameters(path: Path, notebook: NotebookNode) -> Iterator[Problem]:
    tagged = [
        (n, c) for n, c in _code_cells(notebook) if "parameters" in c.metadata.get("tags", [])
    ]
    loads = [
        (n, call, model) for n, c in _code_cells(notebook) for call, model in _load_calls(c.source)
    ]
    if len(tagged) != 1 or not loads:
        problem = "needs one cell tagged parameters and a call such as BoardReport.load(…)."
        remedy = "Create a new notebook with: funding-report new-report NAME"
        yield Problem(path.name, problem, remedy)
        return
    [(number, cell)], (load_number, call, model) = tagged, loads[0]
    expected = list(model.model_fields)
    names = _assigned_names(cell.source)
    if sorted(names) != sorted(expected):
        remedy = f"Assign each of these once: {', '.join(expected)}."
        yield Problem(
            path.name,
            f"assigns other names than the parameters of {model.__name__}.",
            remedy,
            number,
        )
    passed = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    if passed != {name: name for name in expected}:
        remedy = f"Pass all of them: {', '.join(f'{name}={name}' for name in expected)}."
        yield Problem(path.name, "does not pass all its parameters to load.", remedy, load_number)


def _code_cells(notebook: NotebookNode) -> list[tuple[int, NotebookNode]]:
    return [(n, c) for n, c in enumerate(notebook.cells, start=1) if c.cell_type == "code"]


def _as_plain_python(source: str) -> str:
    transformer = TransformerManager()  # type: ignore[no-untyped-call]
    try:
        return str(transformer.transform_cell(source))
    except SyntaxError:  # it reads indentation itself; Python then says the same of the source
        return source


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def _load_calls(source: str) -> Iterator[tuple[ast.Call, type[RoundParams]]]:
    """Yield the calls in a cell that load a report, as BoardReport.load(…), with their models."""
    for node in ast.walk(_parse(source) or ast.Module([], [])):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if node.func.attr == "load" and owner in _PARAMETER_MODELS:
                yield node, _PARAMETER_MODELS[owner]


def _assigned_names(source: str) -> list[str]:
    """Return the names that a cell assigns, in order and with repetitions."""
    tree = _parse(source) or ast.Module([], [])
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    return [ast.unparse(target) for node in assigned for target in node.targets]


def main(paths: list[str]) -> int:
    """Check notebooks and print each problem on stderr; return the exit code."""
    problems = [problem for path in paths for problem in lint_notebook(Path(path))]
    for problem in problems:
        sys.stderr.write(f"{problem}\n".replace(", row ", ", cell ", 1))
    return DataError.exit_code if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
