"""A forgotten `--decisions` does not publish "nothing is secured" over a right report."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pypdf
import pytest

from support.command_server import funding_report
from support.new_rounds import create_round

ROOT = Path(__file__).resolve().parents[2]
REGISTER = """\
code,decided_on,received_on,decision
0001,2026-01-15,2026-01-20,yes
0003,2026-01-15,2026-01-16,no
"""
COUNTS = "answers from 0 members, but few/2026-02-01, which it replaces or follows, from 2."
REASON = "Svaren <gäller> inte"
SENTENCE = "Rapporten räknar färre svar än den föregående. Skälet som angavs: "


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A round whose own register is empty; its report of 1 February reads another one."""
    own = tmp_path / "own"
    (own / "data" / "rounds").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", own / "notebooks")
    monkeypatch.chdir(own)
    create_round("few", date(2026, 1, 10), own_members=True)
    (own / "answers.csv").write_text(REGISTER, encoding="utf-8")
    made = run(own, "board few --as-of 2026-02-01 --decisions answers.csv")
    assert made.returncode == 0, made.stderr
    return own


def run(project: Path, command: str, *more: str) -> subprocess.CompletedProcess[str]:
    return funding_report(*command.split(), *more, cwd=project)


def published(project: Path) -> list[str]:
    folders = (path for path in (project / "reports" / "few").glob("[!.]*") if path.is_dir())
    return sorted(path.name for path in folders)


@pytest.mark.parametrize(
    "command",
    [
        "board few --as-of 2026-02-01",
        "board few --as-of 2026-03-01",
        "letters few --as-of 2026-03-01 --workers 1",
    ],
)
def test_it_stops_and_publishes_nothing(project: Path, command: str) -> None:
    stopped = run(project, command)
    assert stopped.returncode == 1
    assert stopped.stdout == ""
    assert COUNTS in stopped.stderr
    assert "read now is decisions.csv; then it was answers.csv." in stopped.stderr
    assert published(project) == ["2026-02-01"]


def test_status_warns(project: Path) -> None:
    status = run(project, "status few --as-of 2026-03-01")
    assert status.returncode == 0
    assert "warning:" in status.stderr
    assert COUNTS in status.stderr
    right = run(project, "status few --as-of 2026-03-01 --decisions answers.csv")
    assert right.stderr == ""


@pytest.mark.parametrize("day", ["2026-02-01", "2026-03-01"])
def test_a_reason_is_printed_as_typed_and_kept(project: Path, day: str) -> None:
    made = run(project, f"board few --as-of {day}", "--reason", REASON)
    assert made.returncode == 0, made.stderr
    release = (project / made.stdout.split()[0]).parent
    stated = json.loads((release / "run.json").read_text(encoding="utf-8"))["fewer_answers"]
    assert (stated["release"], stated["answered"]) == ("few/2026-02-01", 2)
    assert stated["reason"] == REASON
    page = (release / "board-report.sv.html").read_text(encoding="utf-8")
    assert f"{SENTENCE}”Svaren &lt;gäller&gt; inte”." in page
    pdf = "".join(p.extract_text() for p in pypdf.PdfReader(release / "board-report.sv.pdf").pages)
    assert "Svaren <gäller> inte" in pdf
    verified = run(project, "verify", str(release))
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_the_reason_of_letters_is_kept(project: Path) -> None:
    made = run(project, "letters few --as-of 2026-03-01 --workers 1", "--reason", REASON)
    assert made.returncode == 0, made.stderr
    release = project / made.stdout.split()[0]
    stated = json.loads((release / "run.json").read_text(encoding="utf-8"))["fewer_answers"]
    assert stated["reason"] == REASON
    verified = run(project, "verify", str(release))
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_a_reason_where_no_answer_is_lost_is_not_printed(project: Path) -> None:
    command = "board few --as-of 2026-03-01 --decisions answers.csv"
    made = run(project, command, "--reason", REASON)
    assert made.returncode == 0, made.stderr
    release = project / "reports" / "few" / "2026-03-01"
    assert "fewer_answers" not in json.loads((release / "run.json").read_text(encoding="utf-8"))
    assert SENTENCE not in (release / "board-report.sv.html").read_text(encoding="utf-8")
