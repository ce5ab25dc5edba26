"""The open calculation agrees with the report of its register, and with no other."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from helpers.documents.exporters import BoardHTMLExporter
from helpers.errors import NotebookError
from helpers.notebooks.execution import run_keeping_failure
from helpers.report.board_report import BoardReport

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "open_calculation.ipynb"
REGISTER = ROOT / "data" / "rounds" / "skl-2016" / "decisions.csv"
# Stockholm (292,828) changes its yes to no, Malmö (102,282) its no to yes. Neither of Malmö's last
# two rows counts on 22 February: one had not been received, one not been registered.
CHANGES = """\
0180,2017-02-01,2017-02-03,,no,,,
1280,2017-01-10,2017-01-12,,yes,,,
1280,2017-02-20,2017-02-23,,no,,,
1280,2017-02-01,2017-02-02,2017-02-23,no,,,
"""


def run(tmp_path: Path, figures: dict[str, Any], decisions: Path = REGISTER) -> NotebookNode:
    (tmp_path / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
    files = {"decisions": str(decisions), "figures": str(tmp_path / "figures.json")}
    return run_keeping_failure(NOTEBOOK, files, "open.ipynb", tmp_path / "failed")


def printed(executed: NotebookNode, cell_id: str) -> str:
    [cell] = [cell for cell in executed.cells if cell.id == cell_id]
    [output] = cell.outputs
    return str(output["text"])


def figures_of(decisions: Path = REGISTER) -> dict[str, Any]:
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22", decisions=str(decisions))
    return json.loads(json.dumps(report.figures))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def old() -> dict[str, Any]:
    return figures_of()


def test_it_is_plain_and_short() -> None:
    code = [c.source for c in nbformat.read(NOTEBOOK, 4).cells if c.cell_type == "code"]
    nodes = list(ast.walk(ast.parse("\n".join(code))))
    names = [one.name for node in nodes if isinstance(node, ast.Import) for one in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    imported = {name.partition(".")[0] for name in names}
    assert imported == {"json", "tomllib", "fractions", "pathlib", "matplotlib", "pandas"}
    assert len([line for source in code for line in source.splitlines() if line.strip()]) <= 70


def test_it_comes_to_the_published_headline_and_agrees_with_the_report(
    old: dict[str, Any], tmp_path: Path
) -> None:
    executed = run(tmp_path, old)
    # Published: "drygt 2,6 miljoner" of 3.4, 209 yes.
    assert printed(executed, "headline") == "2,618,626 of 3,400,000 kronor a year: 77.0 percent\n"
    assert printed(executed, "verdict") == "The release agrees.\n"
    page, _ = BoardHTMLExporter().from_notebook_node(executed)
    assert 'alt="A rising line' in page
    assert "Reconstructed answers" in page


def test_an_altered_register_disagrees_with_the_old_figures_and_agrees_with_the_new(
    old: dict[str, Any], tmp_path: Path
) -> None:
    altered = tmp_path / "decisions.csv"
    altered.write_text(REGISTER.read_text(encoding="utf-8") + CHANGES, encoding="utf-8")
    with pytest.raises(NotebookError, match="The release does not agree: funded, declined, memb"):
        run(tmp_path, old, altered)
    executed = run(tmp_path, figures_of(altered), altered)
    assert printed(executed, "verdict") == "The release agrees.\n"
    # 2,618,626 − 292,828 + 102,282
    assert printed(executed, "headline").startswith("2,428,080 of 3,400,000 kronor a year")


def test_one_other_fee_in_the_figures_is_found(old: dict[str, Any], tmp_path: Path) -> None:
    first, *others = old["member_list"]
    wrong = {**old, "member_list": [{**first, "fee": first["fee"] + 1}, *others]}
    with pytest.raises(NotebookError, match="does not agree: members with another fee"):
        run(tmp_path, wrong)


def test_the_report_names_it_where_it_covers_the_round() -> None:
    def remarks(report: BoardReport) -> str:
        return report.method().plain

    named = "open_calculation.ipynb"
    assert named in remarks(BoardReport.load(round="skl-2016", as_of="2017-02-22"))
    assert named in remarks(BoardReport.load(round="skl-2016", as_of="2017-02-22", language="en"))
    assert named not in remarks(BoardReport.load(round="yrkesresan", as_of="2021-06-30"))
