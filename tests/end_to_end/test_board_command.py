"""The whole way, as `make report` goes it: a command, a real kernel, the documents on disk."""

import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
import pytest
from pypdf import PdfReader

from support.command_server import funding_report

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
DOCUMENTS = [f"board-report.{lang}.{kind}" for lang in ("sv", "en") for kind in ("html", "pdf")]


def board(output: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / "funding-report"), "board", "skl-2016", "--output", str(output), *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )


def forked(output: Path, *arguments: str) -> None:
    """The same without a process of its own, where that is not what is tested."""
    done = funding_report("board", "skl-2016", "--output", output, *arguments)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def printed(outputs: Path) -> list[str]:
    return board(outputs, "--as-of", "2017-02-22").stdout.splitlines()


@pytest.fixture(scope="module")
def release(outputs: Path, printed: list[str]) -> Path:
    assert printed
    return outputs / "skl-2016" / "2017-02-22"


@pytest.fixture(scope="module")
def run(release: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / "run.json").read_text(encoding="utf-8"))
    return found


def test_the_paths_written_are_printed_one_a_line(release: Path, printed: list[str]) -> None:
    assert printed == [str(path) for path in sorted(release.iterdir()) if path.is_file()]
    assert {Path(line).name for line in printed} == {
        *DOCUMENTS,
        "board-report.sv.ipynb",
        "board-report.en.ipynb",
        "figures.json",
        "run.json",
    }


def test_the_figures_are_those_that_were_published(release: Path) -> None:
    figures = json.loads((release / "figures.json").read_text(encoding="utf-8"))
    # SKL's letter of 22 February 2017: 253 answered, 209 yes, 44 no, "drygt 2,6 miljoner".
    expected = {"members": 290, "answered": 253, "yes": 209, "no": 44, "unanswered": 37}
    assert {name: figures[name] for name in expected} == expected
    assert figures["requested"] == 3_400_000
    assert 2_600_000 < figures["funded"] < 2_650_000
    assert figures["gap"] == 3_400_000 - figures["funded"]
    assert figures["by_year"] == {"2017": figures["funded"], "2018": figures["funded"]}
    assert figures["reconstructed"] is True


def test_elsewhere_in_time_language_and_home_the_bytes_are_the_same(
    release: Path, tmp_path: Path
) -> None:
    other = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "HOME": str(tmp_path / "home")}
    other |= {"PYTHONHASHSEED": "7", "MPLCONFIGDIR": str(tmp_path / "mpl")}
    done = board(tmp_path / "reports", "--as-of", "2017-02-22", **other)
    again = tmp_path / "reports" / "skl-2016" / "2017-02-22"
    assert tree(again) == tree(release)
    index = (tmp_path / "reports" / "index.html").read_bytes()
    assert index == (release.parents[1] / "index.html").read_bytes()
    log = json.loads(again.with_name("2017-02-22.log.json").read_text(encoding="utf-8"))
    assert list(log["durations"]) == ["sv", "en"]
    # The hash of the release, as index and terminal show it.
    assert log["run_sha256"] == tree(again)["run.json"]
    assert f"SHA-256 of run.json: {log['run_sha256']}" in done.stderr
    assert log["run_sha256"] in index.decode()


def tree(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files
    }


def test_run_json_tells_what_went_in_and_what_came_out(release: Path, run: dict[str, Any]) -> None:
    assert run["parameters"]["as_of"] == "2017-02-22"
    nowhere_else = dict.fromkeys(["superseded", "duplicate", "replaced", "not_yet_known"], 0)
    corrected = {"corrections": 0, "corrections_counting": 0}
    assert run["rows"] == {"read": 253, "counting": 253} | nowhere_else | corrected
    for role, place in (
        ("decisions", "data/rounds/skl-2016/decisions.csv"),
        ("members", "data/municipalities.csv"),
    ):
        assert run["inputs"][role]["sha256"] == sha256((ROOT / place).read_bytes()).hexdigest()
    files = {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()}
    assert set(run["outputs"]) == files - {"run.json"}
    for name, fingerprint in run["outputs"].items():
        assert sha256((release / name).read_bytes()).hexdigest() == fingerprint, name


def test_asked_again_nothing_is_done(outputs: Path, release: Path, printed: list[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in outputs.rglob("*")}
    again = board(outputs, "--as-of", "2017-02-22")
    assert "Nothing has changed" in again.stderr
    assert again.stdout.splitlines() == printed
    assert {path: path.stat().st_mtime_ns for path in outputs.rglob("*")} == before


def test_the_next_report_tells_what_has_changed_since_this_one(
    outputs: Path, release: Path
) -> None:
    assert release.exists()
    forked(outputs, "--as-of", "2017-03-31", "--language", "sv")
    draft = outputs / "skl-2016" / "2017-03-31-draft-sv"
    figures = json.loads((draft / "figures.json").read_text(encoding="utf-8"))
    assert figures["changes"]["since"] == "2017-02-22"
    page = (draft / "board-report.sv.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "Sedan rapporten per den 22 februari 2017 har inget svar ändrats." in page


def test_only_known_columns_travel(tmp_path: Path) -> None:
    text = (ROOT / "data/rounds/skl-2016/decisions.csv").read_text(encoding="utf-8")
    heading, *rows = text.splitlines()
    stray = [f"{heading},contact", *(f"{row},Kim Hemlig 070-000" for row in rows)]
    register = tmp_path / "place-of-mine" / "with-contact.csv"
    register.parent.mkdir()
    register.write_text("\n".join(stray), encoding="utf-8")
    arguments = ("--as-of", "2016-12-01", "--language", "sv", "--decisions", str(register))
    forked(tmp_path / "out", *arguments)
    draft = tmp_path / "out" / "skl-2016" / "2016-12-01-draft-sv"
    assert "with-contact.csv" in (draft / "board-report.sv.html").read_text(encoding="utf-8")
    for path in draft.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"Hemlig" not in content, path.name
        assert b"place-of-mine" not in content, path.name


def test_no_page_names_this_machine(release: Path) -> None:
    secrets = [str(ROOT), str(Path.home()), os.uname().nodename, str(release.parent.parent)]
    for path in (p for p in release.rglob("*") if p.is_file()):
        content = path.read_bytes()
        if path.suffix == ".pdf":
            content = "".join(page.extract_text() for page in PdfReader(path).pages).encode()
        assert not [one for one in secrets if len(one) > 5 and one.encode() in content], path.name


@pytest.mark.parametrize("day", ["2016-06-10", "2016-09-15", "2016-10-15", "2018-12-31"])
def test_the_report_makes_sense_on_any_day(tmp_path: Path, day: str) -> None:
    forked(tmp_path, "--as-of", day, "--language", "sv")
    draft = tmp_path / "skl-2016" / f"{day}-draft-sv"
    page = (draft / "board-report.sv.html").read_text(encoding="utf-8")
    figures = json.loads((draft / "figures.json").read_text(encoding="utf-8"))
    assert len(PdfReader(draft / "board-report.sv.pdf").pages) >= 3
    assert figures["funded"] + figures["gap"] == 3_400_000
    assert not re.search(r"\bnan\b|\bNone\b|\bNaT\b|\{[a-z_]+\}", strip_css(page))


def strip_css(page: str) -> str:
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_stock_papermill_and_nbconvert_give_the_same_documents(
    release: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.ipynb"
    subprocess.run(
        [
            str(BIN / "papermill"),
            "notebooks/board_report.ipynb",
            str(out),
            "-p",
            "as_of",
            "2017-02-22",
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for exporter, kind in (("board-html", "html"), ("board-pdf", "pdf")):
        subprocess.run(
            [str(BIN / "jupyter"), "nbconvert", "--to", exporter, str(out)],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        ours = (release / f"board-report.sv.{kind}").read_bytes()
        assert out.with_suffix(f".{kind}").read_bytes() == ours


def test_the_executed_notebook_is_a_valid_notebook(release: Path) -> None:
    executed = nbformat.read(release / "board-report.sv.ipynb", as_version=4)
    nbformat.validate(executed)
    assert executed.metadata.papermill.exception is None


def test_the_english_release_is_english(release: Path) -> None:
    page = (release / "board-report.en.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Is it enough?" in page
    assert not [w for w in ("kommuner har", "säkra", "Räcker") if w in strip_quotes(page)]


def strip_quotes(page: str) -> str:
    """The page without what it quotes from Swedish sources."""
    return re.sub(r"<li>“.*?</li>|“[^”]*”", "", strip_css(page), flags=re.DOTALL)


def test_a_copy_without_git_makes_the_same_report(release: Path, tmp_path: Path) -> None:
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / "own" / name)
    subprocess.run(
        [str(BIN / "funding-report"), "board", "skl-2016", "--as-of", "2017-02-22"],
        cwd=tmp_path / "own",
        check=True,
        capture_output=True,
    )
    made = tmp_path / "own" / "reports" / "skl-2016" / "2017-02-22"
    for name in (*DOCUMENTS, "figures.json"):
        assert (made / name).read_bytes() == (release / name).read_bytes(), name
