"""A day that has not come has no report, unless `--future` is given; then every page says so."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook

from helpers.cli.running import clock
from support.command_server import funding_report
from support.new_rounds import create_round

ROOT = Path(__file__).resolve().parents[2]
REGISTER = """\
code,decided_on,received_on,decision
0001,2026-01-15,2026-01-20,yes
0003,2026-01-15,2026-01-16,no
"""
SWEDISH = "Uppgifterna gäller en dag som inte har kommit, den "
UNTIL_THEN = "Svaren kan ändras till dess."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.mktemp("future")
    (own / "data" / "rounds").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", own / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(own)
        create_round("few", date(2026, 1, 10), own_members=True)
    (own / "data" / "rounds" / "few" / "decisions.csv").write_text(REGISTER, encoding="utf-8")
    return own


def later(days: int = 40) -> str:
    return str(clock.today() + timedelta(days=days))


def run(project: Path, command: str) -> subprocess.CompletedProcess[str]:
    return funding_report(*command.split(), cwd=project)


def pages(path: Path) -> list[str]:
    found = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    return [" ".join(text.split()) for text in found]


@pytest.mark.parametrize("command", ["board few", "letters few --workers 1", "status few"])
def test_a_day_after_today_is_refused(project: Path, command: str) -> None:
    refused = run(project, f"{command} --as-of {later(1)}")
    assert refused.returncode == 1
    assert f"{later(1)} is after today, {clock.today()}." in refused.stderr
    assert "--future" in refused.stderr
    assert not list(project.glob(f"reports/few/{later(1)}*"))


def test_what_is_known_on_a_later_day_is_refused_too(project: Path) -> None:
    refused = run(project, f"board few --as-of 2026-02-01 -p known_on {later(1)}")
    assert refused.returncode == 1
    assert "--future" in refused.stderr


def test_the_parameter_is_not_set_by_p(project: Path) -> None:
    refused = run(project, "board few --as-of 2026-02-01 -p future true")
    assert refused.returncode == 1
    assert "Remove -p future, and add the option --future." in refused.stderr


@pytest.fixture(scope="module")
def board_release(project: Path) -> Path:
    made = run(project, f"board few --as-of {later()} --future")
    assert made.returncode == 0, made.stderr
    assert f"warning: {later()} has not come." in made.stderr
    return project / "reports" / "few" / later()


def test_every_page_of_the_report_says_so(board_release: Path) -> None:
    html = (board_release / "board-report.sv.html").read_text(encoding="utf-8")
    shown = html.partition("<body")[2]
    assert SWEDISH in shown
    assert UNTIL_THEN in shown
    assert SWEDISH in html.partition("<body")[0]  # the margin of each printed page
    sheets = pages(board_release / "board-report.sv.pdf")
    assert len(sheets) > 1
    for sheet in sheets:
        assert SWEDISH in sheet
        assert UNTIL_THEN in sheet


def test_the_data_and_the_list_of_releases_say_so(project: Path, board_release: Path) -> None:
    figures = json.loads((board_release / "figures.json").read_text(encoding="utf-8"))
    assert figures["future"] is True
    parameters = json.loads((board_release / "run.json").read_text(encoding="utf-8"))["parameters"]
    assert parameters["future"] is True
    index = (project / "reports" / "index.html").read_text(encoding="utf-8")
    assert "Gjord före dagen: svaren kan ha ändrats" in index


def test_the_release_can_be_recomputed(project: Path, board_release: Path) -> None:
    verified = run(project, f"verify {board_release}")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_it_is_not_a_recent_report(project: Path, board_release: Path) -> None:
    assert board_release.is_dir()
    overdue = run(project, f"due few --within 5 --on {later()}")
    assert overdue.returncode == 7


def test_every_letter_and_invoice_says_so(project: Path) -> None:
    made = run(project, f"letters few --as-of {later()} --future --workers 1")
    assert made.returncode == 0, made.stderr
    release = project / "reports" / "few" / f"{later()}-letters"
    letters = sorted(release.glob("*.pdf"))
    assert letters
    for letter in letters:
        assert all(SWEDISH in page for page in pages(letter))
        html = letter.with_suffix(".html").read_text(encoding="utf-8")
        assert SWEDISH in html.partition("<body")[2]
    figures = json.loads((release / "figures.json").read_text(encoding="utf-8"))
    assert all(letter["future"] is True for letter in figures["letters"].values())
    book = load_workbook(BytesIO((release / "invoices.xlsx").read_bytes()))
    for sheet in book:
        _, day, notice, *rows = sheet.iter_rows(values_only=True)
        assert str(day[0]).startswith("Per den ")
        assert SWEDISH in str(notice[0])
        marked = [row for row in rows if row[0] != "Obs"]
        assert marked
        assert all("som inte har kommit – ej faktura" in str(row[0]) for row in marked)


def test_the_terminal_and_its_json_say_so(project: Path) -> None:
    shown = run(project, f"status few --as-of {later()} --future")
    assert shown.returncode == 0, shown.stderr
    assert "The figures are as of a day that has not come, " in shown.stdout
    assert "Answers may change until then." in shown.stdout
    as_json = run(project, f"status few --as-of {later()} --future --json")
    assert json.loads(as_json.stdout)["future"] is True


def test_a_day_that_has_come_needs_no_mark(project: Path) -> None:
    shown = run(project, "status few --as-of 2026-02-01 --future")
    assert "has not come" not in shown.stdout
    as_json = run(project, "status few --as-of 2026-02-01 --future --json")
    assert "future" not in json.loads(as_json.stdout)
