"""Releases that version 0.1.0 made are still read: tests/files/releases/README.md describes them.

What later versions compute may differ from what 0.1.0 wrote; then `verify` names the version that
made the release, and never reports a change of the code as a change of the release.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from support.command_server import funding_report

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = ROOT / "tests" / "files" / "releases" / "0.1.0.tar.xz"
COMMIT = "d20e7f017e8fc5422440c5735b402cf73f5d7e3c"
LATEST = "2026-03-01.2"
BOARD = ["2026-02-01", "2026-03-01", LATEST]
RELEASES = [*BOARD, "2026-03-01-letters"]
# Sentences of `verify` that blame the release, or a file of it.
BLAME = ["has been changed", "is missing", "was not published", "is not the file", "does not say"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of 0.1.0 after an upgrade: its round and its reports, and today's notebooks."""
    with tarfile.open(ARCHIVE) as archive:
        # Python 3.11 has filters from 3.11.4 on, and Debian 12 has 3.11.2.
        if hasattr(tarfile, "data_filter"):
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(tmp_path)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    return tmp_path


def command(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = funding_report(*arguments, cwd=project)
    assert "Traceback" not in done.stdout + done.stderr
    return done


def test_the_archive_is_what_0_1_0_made(project: Path) -> None:
    for name in RELEASES:
        folder = project / "reports" / "few" / name
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        assert run["versions"]["funding-report"] == "0.1.0"
        assert run["git"] == {"commit": COMMIT, "clean": True}
        files = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
        assert files == {*run["outputs"], "run.json"}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("2026-02-01", ["--no-documents"]),
        ("2026-03-01", ["--no-documents"]),
        (LATEST, []),
        ("2026-03-01-letters", []),
    ],
)
def test_verify_finds_nothing_or_names_the_version_that_made_it(
    project: Path, name: str, options: list[str]
) -> None:
    done = command(project, "verify", f"reports/few/{name}", *options)
    # Files, index and mark are as 0.1.0 left them, and today's version knows how to read them.
    assert "lists it" not in done.stdout
    if done.returncode == 0:
        assert "no difference in" in done.stdout
        return
    assert done.returncode == 4, done.stderr
    _, *lines = done.stdout.splitlines()
    differences = [line for line in lines if not line.startswith("  note: ")]
    for line in differences:
        assert "funding-report 0.1.0 then" in line
        assert not [words for words in BLAME if words in line]
    [advice] = [line for line in lines if "note: made by funding-report 0.1.0" in line]
    assert COMMIT in advice
    assert f"verify {project.resolve()}/reports/few/{name}`" in advice


def test_verify_still_finds_what_was_changed_in_it(project: Path) -> None:
    page = project / "reports" / "few" / LATEST / "board-report.sv.html"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    done = command(project, "verify", f"reports/few/{LATEST}", "--no-documents")
    assert done.returncode == 4
    assert "board-report.sv.html has been changed since it was published" in done.stdout


def test_inputs_that_are_not_understood_are_reported_with_the_version(project: Path) -> None:
    release = project / "reports" / "few" / LATEST
    settings = release / "inputs" / "round.toml"
    settings.write_text(settings.read_text("utf-8") + "[unheard_of]\n", encoding="utf-8")
    done = command(project, "verify", str(release), "--no-documents")
    assert done.returncode == 4
    [line] = [line for line in done.stdout.splitlines() if line.startswith("  inputs/: ")]
    assert "unheard_of" in line
    assert "funding-report 0.1.0 then" in done.stdout
    assert f"made by funding-report 0.1.0 (commit {COMMIT})" in done.stdout


def test_diff_compares_it_with_a_day_and_with_another(project: Path) -> None:
    done = command(
        project, "diff", f"reports/few/{LATEST}", "2026-03-31", "--round", "few", "--json"
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    # 0005 answers yes on 12 March: 2,500 of the weight of 10,000, and so of 100,000.
    assert (found["yes"], found["no"], found["funded"]) == (1, 0, 25_000)
    [member] = found["members"]
    assert (member["code"], member["before"], member["after"]) == ("0005", "unanswered", "yes")
    done = command(project, "diff", "reports/few/2026-03-01", f"reports/few/{LATEST}", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    # The correction: what was read as a yes of 0002 is a no.
    assert (found["yes"], found["no"]) == (-1, 1)
    assert [one["code"] for one in found["members"]] == ["0002"]


def test_index_lists_all_of_them(project: Path) -> None:
    before = (project / "reports" / "index.html").read_text(encoding="utf-8")
    (project / "reports" / "index.html").unlink()
    done = command(project, "index")
    assert (done.returncode, done.stderr) == (0, "")
    after = (project / "reports" / "index.html").read_text(encoding="utf-8")
    for name in RELEASES:
        run = project / "reports" / "few" / name / "run.json"
        digest = sha256(run.read_bytes()).hexdigest()
        assert digest in before
        assert digest in after
    for name in BOARD:
        assert f"few/{name}/board-report.sv.html" in after


def test_due_finds_the_latest(project: Path) -> None:
    done = command(project, "due", "few", "--within", "7", "--on", "2026-03-08")
    assert (done.returncode, done.stdout) == (0, f"reports/few/{LATEST}\n"), done.stderr
    late = command(project, "due", "few", "--within", "7", "--on", "2026-03-09")
    assert late.returncode == 7
    assert "the latest is as of 2026-03-01" in late.stderr


def test_prune_keeps_the_one_decided_on(project: Path) -> None:
    done = command(project, "prune", "few", "--keep", "1", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert LATEST not in done.stdout
    assert "reports/few/2026-02-01" in done.stdout


def test_what_it_archived_is_read_as_inputs(project: Path) -> None:
    done = command(
        project,
        "status",
        "few",
        "--as-of",
        "2026-03-01",
        "--json",
        "--decisions",
        f"release:reports/few/{LATEST}",
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    # 2027: 0001 and 0004; 2028: 0001 alone. 10 for each unit of weight.
    assert (figures["by_year"], figures["requested"]) == ({"2027": 25_000, "2028": 10_000}, 100_000)


def test_a_new_report_continues_from_them(project: Path) -> None:
    done = command(
        project, "board", "few", "--as-of", "2026-03-01", "--reason", "Ny version", "--force"
    )
    assert done.returncode == 0, done.stderr
    made = project / "reports" / "few" / "2026-03-01.3"
    run = json.loads((made / "run.json").read_text(encoding="utf-8"))
    assert run["parameters"]["since"] == "2026-02-01"
    assert run["correction"]["replaces"] == LATEST
    correction = json.loads((made / "figures.json").read_text(encoding="utf-8"))["correction"]
    # No answer differs; what 0.1.0 said of each is read from its figures.
    assert (correction["yes"], correction["no"], correction["members"]) == (0, 0, [])
