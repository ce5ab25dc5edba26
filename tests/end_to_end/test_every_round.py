"""`funding-report board --all`: the reports of all rounds, by processes or by Dask's workers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from helpers.releases.run_log import release_hash
from support.command_server import funding_report
from support.dask_cluster import Cluster, dask_cluster
from support.new_rounds import create_round, project_with_few

AS_OF = "2026-03-01"
FIRST, SECOND = Path("reports/few", AS_OF), Path("reports/more", AS_OF)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the rounds few and more, and later, which begins after AS_OF."""
    project_with_few(tmp_path, date(2026, 1, 10))
    monkeypatch.chdir(tmp_path)
    create_round("more", date(2026, 2, 10), own_members=True)
    create_round("later", date(2026, 3, 2), own_members=True)
    return tmp_path


def test_every_round_that_has_begun_has_the_report_that_board_makes(project: Path) -> None:
    done = funding_report("board", "--all", "--as-of", AS_OF, cwd=project)
    assert done.returncode == 0, done.stderr
    files = [path for folder in (FIRST, SECOND) for path in sorted(folder.iterdir())]
    assert done.stdout.splitlines() == [str(path) for path in files if path.is_file()]
    assert len([path for path in files if path.suffix == ".pdf"]) == 2
    assert "later: no report, because the round begins on 2026-03-02." in done.stderr
    assert not Path("reports/later").exists()
    index = Path("reports/index.html").read_text(encoding="utf-8")
    assert all(f"{folder.parent.name}/{AS_OF}/" in index for folder in (FIRST, SECOND))

    alone = funding_report("board", "more", "--as-of", AS_OF, "--output", "one", cwd=project)
    assert alone.returncode == 0, alone.stderr
    assert release_hash(Path("one/more", AS_OF)) == release_hash(SECOND)

    again = funding_report("board", "--all", "--as-of", AS_OF, cwd=project)
    assert again.stdout == done.stdout
    assert again.stderr.count("Nothing has changed since this report was made.") == 2


def test_a_round_that_fails_does_not_stop_the_others(project: Path) -> None:
    register = project / "data/rounds/few/decisions.csv"
    register.write_text(register.read_text(encoding="utf-8") + "9999,2026-02-01,,,yes,,,letter\n")
    done = funding_report("board", "--all", "--as-of", AS_OF, "--workers", 1, cwd=project)
    assert done.returncode == 1
    heading, *problems = done.stderr.partition("funding-report: ")[2].splitlines()
    assert heading == "1 of 2 reports failed:"
    assert problems[0].startswith("few: ")
    assert "9999" in "".join(problems)
    assert SECOND.exists()
    assert not FIRST.exists()
    assert str(SECOND / "run.json") in done.stdout


def test_a_notebook_that_stops_is_the_exit_code_of_notebooks(project: Path) -> None:
    shutil.copy(
        Path(__file__).parents[1] / "files" / "letter.ipynb", "notebooks/board_report.ipynb"
    )
    done = funding_report("board", "--all", "--as-of", AS_OF, cwd=project)
    assert done.returncode == 3
    assert "2 of 2 reports failed:" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["few", "--all"], "Name a ROUND, or give --all."),
        ([], "Name a ROUND, or give --all."),
        (["few", "--workers", "2"], "--workers and --dask are for --all."),
        (["--all", "--decisions", "x.csv"], "--decisions is of one round's register."),
        (["--all", "--dask", "tcp://127.0.0.1:9", "--workers", "2"], "cannot be combined"),
    ],
)
def test_what_cannot_be_meant_is_refused(project: Path, arguments: list[str], says: str) -> None:
    done = funding_report("board", *arguments, "--as-of", AS_OF, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert not Path("reports").exists()


def test_no_round_has_begun(project: Path) -> None:
    done = funding_report("board", "--all", "--as-of", "2025-03-01", cwd=project)
    assert done.returncode == 1
    assert "No round has begun by that day." in done.stderr


@pytest.fixture
def cluster(project: Path) -> Iterator[Cluster]:
    with dask_cluster(project) as started:
        yield started


def test_the_workers_of_dask_publish_into_a_folder_of_all_machines(
    project: Path, cluster: Cluster
) -> None:
    asked = ("board", "--all", "--as-of", AS_OF, "--dask", cluster.address)
    done = funding_report(*asked, cwd=project)
    assert done.returncode == 0, done.stderr
    alone = funding_report("board", "few", "--as-of", AS_OF, "--output", "one", cwd=project)
    assert alone.returncode == 0, alone.stderr
    assert release_hash(Path("one/few", AS_OF)) == release_hash(FIRST)
    assert SECOND.exists()


def test_a_release_on_another_machine_alone_is_an_error(project: Path, cluster: Cluster) -> None:
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    for name in ("data", "notebooks"):
        shutil.copytree(project / name, elsewhere / name)
    asked = ("board", "--all", "--as-of", AS_OF, "--dask", cluster.address)
    done = funding_report(*asked, cwd=elsewhere)
    assert done.returncode == 1
    assert "2 of 2 reports failed:" in done.stderr
    assert "let --output be one folder of all machines" in done.stderr
