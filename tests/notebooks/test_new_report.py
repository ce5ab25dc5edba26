"""A new report runs, exports and keeps the rules; and the rules say what is broken, and where."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pypdf import PdfReader

from helpers.data.new_project.project_scaffold import create_project
from helpers.data.new_round.round_options import RoundOptions
from helpers.data.new_round.round_scaffold import scaffold_round
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.errors import ReportError
from helpers.notebooks.execution import run_keeping_failure
from helpers.notebooks.lint import lint_notebook
from helpers.notebooks.new_report import create_report_notebook
from support.new_rounds import create_round


@pytest.fixture
def own_project(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A separate project to create reports in."""
    shutil.copytree(project / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    shutil.copy(project / "notebooks" / "board_report.ipynb", tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_report_runs_exports_and_keeps_the_rules(own_project: Path) -> None:
    path = create_report_notebook("county_report", "skl-2016", date(2016, 12, 31))
    assert path == own_project / "notebooks" / "county_report.ipynb"
    assert lint_notebook(path) == []
    executed = run_keeping_failure(
        path, {"as_of": "2017-02-22"}, "out.ipynb", own_project / "failed"
    )
    page = BoardHTMLExporter().from_notebook_node(executed)[0]
    assert "2,6 av 3,4" in page.replace("\u00a0", " ")
    assert "22\u00a0februari\u00a02017" in page
    assert "A new report" not in page
    pdf = PdfReader(BytesIO(BoardPDFExporter().from_notebook_node(executed)[0]))
    assert "Rekonstruerade svar" in pdf.pages[0].extract_text()


def test_its_parameters_are_the_round_and_the_day(own_project: Path) -> None:
    path = create_report_notebook("one", "skl-2016", date(2016, 12, 31))
    [cell] = [c for c in nbformat.read(path, 4).cells if c.id == "parameters"]
    assert 'round = "skl-2016"' in cell.source
    assert 'as_of = "2016-12-31"' in cell.source


def test_without_a_round_it_is_on_that_of_the_board_report(own_project: Path) -> None:
    path = create_report_notebook("usual")
    assert 'round = "skl-2016"' in path.read_text(encoding="utf-8").replace('\\"', '"')


def test_in_a_new_project_it_is_on_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(create_project(tmp_path / "ours"))
    path = create_report_notebook("usual")
    [cell] = [c for c in nbformat.read(path, 4).cells if c.id == "parameters"]
    assert 'round = "example"' in cell.source
    assert 'as_of = "2025-10-28"' in cell.source  # when its last answer was received


@pytest.mark.parametrize(
    "chosen",
    [{"rule": "pledges"}, {"years": "2027-2029", "indexation": "2"}],
)
def test_a_round_of_another_kind_has_a_report_from_its_first_day(
    own_project: Path, chosen: dict[str, Any]
) -> None:
    scaffold_round(RoundOptions("new", "2026-01-10", own_members=True, **chosen))
    path = create_report_notebook("first", "new")
    cells = {cell.id for cell in nbformat.read(path, 4).cells}
    assert cells >= {"answer", "possible", "method", "hand-over"}
    assert "price" not in cells


def test_without_that_round_it_is_on_the_only_one_or_names_them(own_project: Path) -> None:
    for shipped in ("skl-2016", "yrkesresan"):
        shutil.rmtree(own_project / "data" / "rounds" / shipped)
    with pytest.raises(ReportError, match=r"Add --round NAME\. The rounds are: none yet\."):
        create_report_notebook("first")
    create_round("few", date(2026, 1, 10), own_members=True)
    path = create_report_notebook("first")
    [cell] = [c for c in nbformat.read(path, 4).cells if c.id == "parameters"]
    assert 'round = "few"' in cell.source
    create_round("more", date(2026, 1, 10), own_members=True)
    with pytest.raises(ReportError, match=r"Add --round NAME\. The rounds are: few, more\."):
        create_report_notebook("second")
    assert not (own_project / "notebooks" / "second.ipynb").exists()


@pytest.mark.parametrize(
    ("round_name", "there", "not_there"),
    [
        ("skl-2016", ["possible", "by-county", "by-group"], ["price"]),
        # The price of a shared cost depends on who joins, and has no bounds in kronor.
        ("yrkesresan", ["price", "by-county"], []),
        ("few", ["possible", "by-group"], ["price", "by-county"]),
    ],
)
def test_its_sections_and_its_days_are_those_of_its_round(
    own_project: Path, round_name: str, there: list[str], not_there: list[str]
) -> None:
    # Three made-up members in groups and without counties; the day is the start of the round.
    create_round("few", date(2026, 1, 10), own_members=True)
    path = create_report_notebook("mine", round_name)
    notebook = nbformat.read(path, 4)
    cells = {cell.id: cell for cell in notebook.cells}
    assert cells.keys() >= set(there)
    assert cells.keys().isdisjoint({*not_there, *(f"{name}-q" for name in not_there)})
    day = {"skl-2016": "2017-02-22", "few": "2026-01-10"}.get(round_name, "2021-")
    assert f'as_of = "{day}' in cells["parameters"].source
    assert f"-p as_of {day}" in cells["about"].source
    assert notebook.metadata["funding_report"] == {"kind": "board"}
    assert lint_notebook(path) == []


@pytest.mark.parametrize(
    ("name", "round_name", "message"),
    [
        ("../x", "skl-2016", "is not a valid name for a report"),
        ("board_report", "skl-2016", "board_report.ipynb already exists"),
        ("mine", "nope", "There is no round named 'nope'"),
    ],
)
def test_a_report_that_cannot_be_created_leaves_nothing(
    own_project: Path, name: str, round_name: str, message: str
) -> None:
    with pytest.raises(ReportError, match=message):
        create_report_notebook(name, round_name)
    assert [p.name for p in (own_project / "notebooks").iterdir()] == ["board_report.ipynb"]


def edit_board(project: Path, change: Callable[[NotebookNode], None]) -> None:
    path = project / "notebooks" / "board_report.ipynb"
    board = nbformat.read(path, as_version=4)
    change(board)
    nbformat.write(board, path)


def without_cell(cell_id: str) -> Callable[[NotebookNode], None]:
    def remove(notebook: NotebookNode) -> None:
        notebook.cells = [cell for cell in notebook.cells if cell.id != cell_id]

    return remove


@pytest.mark.parametrize("needed", ["load", "hand-over"])
def test_a_board_notebook_without_a_needed_cell_is_one_message(
    own_project: Path, needed: str
) -> None:
    edit_board(own_project, without_cell(needed))
    with pytest.raises(ReportError, match=f"no cell with the id {needed}, with which"):
        create_report_notebook("mine", "skl-2016")


def test_a_board_notebook_without_its_answer_or_with_an_unknown_section_is_enough(
    own_project: Path,
) -> None:
    def change(notebook: NotebookNode) -> None:
        without_cell("answer")(notebook)
        [cell] = [cell for cell in notebook.cells if cell.id == "by-county"]
        cell.source = "report.no_such_section()"

    edit_board(own_project, change)
    made = nbformat.read(create_report_notebook("mine", "skl-2016"), as_version=4)
    ids = [cell.id for cell in made.cells]
    assert {"load", "over-time", "hand-over"} < set(ids)
    assert not {"answer", "by-county"} & set(ids)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_board_notebook_is_one_message(own_project: Path, content: bytes) -> None:
    (own_project / "notebooks" / "board_report.ipynb").write_bytes(content)
    with pytest.raises(ReportError, match=r"board_report\.ipynb"):
        create_report_notebook("mine", "skl-2016")


def with_output(notebook: NotebookNode) -> None:
    notebook.cells[1].outputs = [new_output("stream", text="42")]


def with_code(notebook: NotebookNode) -> None:
    notebook.cells[3].source = "[x for x in range(3)]"


def without_parameter(notebook: NotebookNode) -> None:
    notebook.cells[1].source = 'round = "skl-2016"'


def not_passed_on(notebook: NotebookNode) -> None:
    notebook.cells[2].source = "report = BoardReport.load(round=round, as_of=as_of)"


def no_python(notebook: NotebookNode) -> None:
    notebook.cells[3].source = "report.answer("


def test_an_unknown_kind_is_reported(project: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(project / "notebooks" / "board_report.ipynb", 4)
    notebook.metadata["funding_report"] = {"kind": "bord"}
    nbformat.write(notebook, tmp_path / "spoilt.ipynb")
    [problem] = lint_notebook(tmp_path / "spoilt.ipynb")
    assert "is of the kind 'bord', which does not exist. Write" in str(problem)


ANY_CODE = [
    "def double(number):\n    return 2 * number",
    "totals = [double(n) for n in range(3)]",
    "for total in totals:\n    print(total)",
    "%matplotlib inline",
    "!ls",
]


def test_an_analysts_notebook_holds_any_code(tmp_path: Path) -> None:
    notebook = new_notebook(cells=[new_code_cell(source) for source in ANY_CODE])
    notebook.metadata["funding_report"] = {"kind": "analyst"}
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    assert lint_notebook(tmp_path / "mine.ipynb") == []
    for source in ("totals = [", "if totals:\n        print(1)\n    print(2)"):
        notebook.cells[1].source = source
        nbformat.write(notebook, tmp_path / "mine.ipynb")
        [problem] = lint_notebook(tmp_path / "mine.ipynb")
        assert (problem.row, problem.what) == (2, "is not valid Python.")


def test_a_notebook_that_states_no_kind_is_a_board_notebook(tmp_path: Path) -> None:
    notebook = new_notebook(cells=[new_code_cell(source) for source in ANY_CODE])
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    found = [(problem.row, problem.what) for problem in lint_notebook(tmp_path / "mine.ipynb")]
    wrong, more = "is not valid Python.", "contains more than calls."
    assert found[:-1] == [(4, wrong), (5, wrong), (1, more), (2, more), (3, more)]
    assert "needs one cell tagged parameters" in found[-1][1]


@pytest.mark.parametrize(
    ("spoil", "cell", "message"),
    [
        (with_output, 2, "contains outputs, which do not belong in git. Run: nbstripout --keep-id"),
        (with_code, 4, "contains more than calls. Move it to src/helpers"),
        (without_parameter, 2, "than the parameters of ReportParams. Assign each of these once"),
        (
            not_passed_on,
            3,
            "does not pass all its parameters to load. Pass all of them: round=round",
        ),
        (no_python, 4, "is not valid Python. Correct the code"),
    ],
)
def test_a_broken_rule_is_reported_with_its_cell(
    project: Path,
    tmp_path: Path,
    spoil: Callable[[NotebookNode], None],
    cell: int,
    message: str,
) -> None:
    notebook = nbformat.read(project / "notebooks" / "board_report.ipynb", 4)
    spoil(notebook)
    nbformat.write(notebook, tmp_path / "spoilt.ipynb")
    [problem] = lint_notebook(tmp_path / "spoilt.ipynb")
    assert problem.row == cell
    assert message in str(problem)


def test_the_check_names_the_file_and_fails(project: Path, tmp_path: Path) -> None:
    (tmp_path / "torn.ipynb").write_text("{")
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "helpers.notebooks.lint",
            str(tmp_path / "torn.ipynb"),
            *map(str, (project / "notebooks").glob("*.ipynb")),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert checked.returncode == 1
    [line] = checked.stderr.splitlines()
    assert line.startswith("torn.ipynb: cannot be read as a notebook")
