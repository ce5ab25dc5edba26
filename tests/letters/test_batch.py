"""The batch of letters, on an executor in this process; the command line has tests of its own."""

import csv
import html
import json
import pickle
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.errors import LockedError, NotebookError, ReportError
from helpers.letters import worker
from helpers.letters.batch import PublishedLetters, publish_letters
from helpers.letters.dispatch import MAX_LOST_POOLS, make_letter
from helpers.letters.job import LetterJob, letter_notebook
from helpers.notebooks.execution import run_notebook
from helpers.releases.provenance import code_hash
from helpers.releases.storage import file_hashes, resumable_folder
from helpers.report.board_report import BoardReport
from support.small_project import AS_OF

CODES = ["0001", "0002", "0003"]


class Noting(ThreadPoolExecutor):
    """One thread, and a note of the letters that were asked of it."""

    asked: list[str]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append(args[0])
        return super().submit(fn, *args, **kwargs)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the letters that have been asked for."""
    found: list[str] = []
    monkeypatch.setattr(Noting, "asked", found, raising=False)
    return found


@pytest.fixture
def report(small_project: Path) -> BoardReport:
    assert small_project.is_dir()
    return BoardReport.load(round="few", as_of=str(AS_OF))


def make(report: BoardReport, *only: str, draft: bool = False) -> PublishedLetters:
    return publish_letters(report, Path("reports"), lambda: Noting(1), only, draft=draft)


FOLDER = Path("reports/few")


def test_a_release_contains_a_letter_per_member_and_its_inputs(
    report: BoardReport, asked: list[str]
) -> None:
    made = make(report)
    assert (made.folder, made.letters, made.new) == (FOLDER / "2026-03-01-letters", 3, True)
    kinds = ("html", "ipynb", "pdf")
    letters = {f"{code}.sv.{kind}" for code in CODES for kind in kinds}
    there = {path.name for path in made.folder.iterdir()}
    others = ["figures.json", "invoices.csv", "invoices.xlsx", "mail-merge.csv", "run.json"]
    assert there == letters | {*others, "inputs"}
    assert made.documents == [made.folder, *(made.folder / name for name in others)]
    assert [path.name for path in FOLDER.iterdir() if path.is_dir()] == ["2026-03-01-letters"]
    for code in CODES:
        page = (made.folder / f"{code}.sv.html").read_text(encoding="utf-8")
        assert f"'{code}'" in html.unescape(page)  # the stand-in shows the code that it was given
        assert (made.folder / f"{code}.sv.pdf").read_bytes().startswith(b"%PDF")
    figures = json.loads((made.folder / "figures.json").read_text(encoding="utf-8"))
    assert list(figures["letters"]) == CODES
    assert figures["letters"]["0002"]["members"] == 3
    run = json.loads((made.folder / "run.json").read_text(encoding="utf-8"))
    assert run["kind"] == "letters"
    assert run["parameters"]["as_of"] == "2026-03-01"
    assert run["parameters"]["letter_kind"] == "status"
    assert run["outputs"] == file_hashes(made.folder)
    assert "durations" not in run
    log = json.loads((FOLDER / "2026-03-01-letters.log.json").read_text(encoding="utf-8"))
    assert list(log["durations"]) == CODES
    assert log["run_sha256"] == sha256((made.folder / "run.json").read_bytes()).hexdigest()
    assert set(run["inputs"]) >= {"round", "members", "decisions"}
    assert asked == CODES


def test_a_request_has_the_annex_of_all_fees_and_no_invoices(
    report: BoardReport, asked: list[str]
) -> None:
    made = publish_letters(report, Path("reports"), lambda: Noting(1), kind="request")
    assert made.folder == FOLDER / "2026-03-01-letters-request"
    annex = ["annex.sv.html", "annex.sv.pdf", "annex.sv.xlsx"]
    assert [path.name for path in made.documents[1:]] == [
        *annex, "figures.json", "mail-merge.csv", "run.json",
    ]  # fmt: skip
    figures = json.loads((made.folder / "figures.json").read_text(encoding="utf-8"))
    assert list(figures) == ["annex", "letters"]
    for code in CODES:  # to the krona
        listed = figures["annex"]["fees"][code]
        assert listed["by_year"] == figures["letters"][code]["fee_by_year"]
        assert listed["all_years"] == figures["letters"][code]["fee_all_years"]
    run = json.loads((made.folder / "run.json").read_text(encoding="utf-8"))
    assert run["parameters"]["letter_kind"] == "request"
    with (made.folder / "mail-merge.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["Kod"] for row in rows] == CODES
    assert (rows[0]["Brevtyp"], rows[0]["PDF"], rows[0]["Bilaga"]) == (
        "request", "0001.sv.pdf", "annex.sv.pdf",
    )  # fmt: skip
    assert rows[0]["E-postadress"] == ""


def test_a_reminder_to_a_member_that_has_answered_is_refused(
    report: BoardReport, asked: list[str], small_project: Path
) -> None:
    answers = small_project / "data" / "rounds" / "few" / "decisions.csv"
    heading = answers.read_text(encoding="utf-8").splitlines()[0].split(",")
    known = {"code": "0002", "decided_on": "2026-02-01", "received_on": "2026-02-02"}
    row = [{**known, "decision": "yes"}.get(name, "") for name in heading]
    answers.write_text(",".join(heading) + "\n" + ",".join(row) + "\n", encoding="utf-8")
    answered = BoardReport.load(round="few", as_of=str(AS_OF))
    with pytest.raises(
        ReportError,
        match=r"A reminder is not for these members\. Leave out: 0002\.",
    ):
        publish_letters(
            answered, Path("reports"), lambda: Noting(1), ("0001", "0002"), kind="reminder"
        )
    made = publish_letters(answered, Path("reports"), lambda: Noting(1), kind="reminder")
    assert (made.folder.name, made.letters) == ("2026-03-01-letters-reminder", 2)
    assert asked == ["0001", "0003"]


def test_a_page_and_a_pdf_are_those_of_the_exporters(report: BoardReport, asked: list[str]) -> None:
    folder = make(report, "0001").folder
    executed = nbformat.read(folder / "0001.sv.ipynb", as_version=4)
    nbformat.validate(executed)
    page, _ = BoardHTMLExporter().from_notebook_node(executed)
    pdf, _ = BoardPDFExporter().from_notebook_node(executed)
    assert (folder / "0001.sv.html").read_text(encoding="utf-8") == page
    assert (folder / "0001.sv.pdf").read_bytes() == pdf


def test_only_another_register_makes_a_second_release(
    report: BoardReport, asked: list[str], small_project: Path
) -> None:
    first = make(report)
    again = make(report)
    assert (again.folder, again.new) == (first.folder, False)
    assert asked == CODES
    with (small_project / "data/rounds/few/decisions.csv").open("a", encoding="utf-8") as file:
        file.write("0001,2026-01-20,2026-01-21,,yes,,,\n")
    second = make(BoardReport.load(round="few", as_of=str(AS_OF)))
    assert (second.folder, second.new) == (FOLDER / "2026-03-01-letters.2", True)


def test_a_failed_letter_stops_no_other_and_is_made_by_the_next_run(
    report: BoardReport, asked: list[str], small_project: Path
) -> None:
    (small_project / "failing.txt").write_text("0002")
    with pytest.raises(NotebookError) as caught:
        make(report)
    assert caught.value.exit_code == 3
    kept = Path("reports/failed/few-2026-03-01-letter-0002.sv.ipynb")
    message = str(caught.value)
    assert "1 letter could not be made:\n0002: " in message
    assert f"AssertionError: told to fail. The notebook as far as it came: {kept}" in message
    assert "The 2 letters that are finished are kept" in message
    assert "told to fail" in kept.read_text(encoding="utf-8")
    (hidden,) = FOLDER.iterdir()
    assert hidden.name.startswith(".2026-03-01-letters-")
    assert asked == CODES
    (small_project / "failing.txt").unlink()
    before = (hidden / "0001.sv.pdf").stat().st_mtime_ns
    made = make(report)
    assert asked == [*CODES, "0002"]
    assert (made.folder / "0001.sv.pdf").stat().st_mtime_ns == before
    assert [path.name for path in FOLDER.iterdir() if path.is_dir()] == ["2026-03-01-letters"]
    figures = json.loads((made.folder / "figures.json").read_text(encoding="utf-8"))
    assert list(figures["letters"]) == CODES


def test_an_unexpected_error_in_one_letter_stops_no_other(
    report: BoardReport, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(
        notebook: Path, parameters: dict[str, Any], name: str, **options: Any
    ) -> NotebookNode:
        if name.startswith("0001"):
            raise KeyError("a fault")
        return run_notebook(notebook, parameters, name, **options)

    monkeypatch.setattr(worker, "run_notebook", faulty)
    with pytest.raises(NotebookError, match=r"0001: KeyError: 'a fault'\nThe 2 letters that are"):
        make(report)


def test_drafts_of_letters_replace_earlier_drafts(report: BoardReport, asked: list[str]) -> None:
    made = make(report, "0002")
    assert (made.folder.name, made.letters) == ("2026-03-01-letters-draft-sv", 1)
    assert {path.name for path in made.folder.glob("0*")} == {
        "0002.sv.html",
        "0002.sv.ipynb",
        "0002.sv.pdf",
    }
    other = make(report, "0003", "0001")
    assert other.folder == made.folder
    assert {path.name for path in made.folder.glob("*.pdf")} == {"0001.sv.pdf", "0003.sv.pdf"}
    english = BoardReport.load(round="few", as_of=str(AS_OF), language="en")
    assert make(english, draft=True).folder.name == "2026-03-01-letters-draft-en"


def test_an_unknown_code_is_an_error_and_leaves_nothing(
    report: BoardReport, asked: list[str]
) -> None:
    with pytest.raises(ReportError, match=r"no member with the code '0004'\. The nearest: 000"):
        make(report, "0001", "0004")
    assert not Path("reports").exists()
    assert asked == []


def test_a_code_without_leading_zeros_is_recognised(report: BoardReport, asked: list[str]) -> None:
    made = make(report, "1")
    assert (made.letters, asked) == (1, ["0001"])


def test_what_concerns_all_letters_stops_the_batch_with_one_message(
    report: BoardReport, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "code_hash", lambda _: "other")
    # Of another day, or this process would be prepared by the tests before.
    another = BoardReport.load(round="few", as_of="2026-03-05")
    with pytest.raises(ReportError, match="A worker has another version of funding-report"):
        make(another)
    assert not Path("reports").exists()


def test_an_input_that_changes_during_the_run_stops_the_batch(
    report: BoardReport, asked: list[str], small_project: Path
) -> None:
    with (small_project / "data/rounds/few/decisions.csv").open("a", encoding="utf-8") as file:
        file.write("0001,2026-01-20,2026-01-21,,yes,,,\n")
    with pytest.raises(
        ReportError, match="A worker has another version of an input, or an input has changed"
    ):
        make(report)
    assert not Path("reports").exists()


def test_all_letters_are_of_the_inputs_that_the_first_was_made_from(
    project: Path, small_project: Path, asked: list[str]
) -> None:
    notebook = "notebooks/municipality_letter.ipynb"  # the one that is shipped, not the stand-in
    shutil.copy(project / notebook, small_project / notebook)
    # Of another day, or this process would be prepared by the tests before.
    report = BoardReport.load(round="few", as_of="2026-03-06")
    register = small_project / "data/rounds/few/decisions.csv"
    before = register.read_bytes()

    class Changing(Noting):
        """Someone records an answer after each letter."""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            made = super().submit(fn, *args, **kwargs)
            made.result()
            with register.open("a", encoding="utf-8") as file:
                file.write(f"{args[0]},2026-01-20,2026-01-21,,yes,,,\n")
            return made

    made = publish_letters(report, Path("reports"), lambda: Changing(1))
    assert asked == CODES
    figures = json.loads((made.folder / "figures.json").read_bytes())["letters"]
    run = json.loads((made.folder / "run.json").read_bytes())
    assert {letter["yes"] for letter in figures.values()} == {report.statement.total.yes}
    assert run["inputs"]["decisions"]["sha256"] == sha256(before).hexdigest()


def test_two_runs_of_the_same_letters_do_not_meet(report: BoardReport, asked: list[str]) -> None:
    @contextmanager
    def meeting() -> Iterator[Executor]:
        with pytest.raises(LockedError, match="Another run is making few") as caught:
            make(report)
        assert caught.value.exit_code == 5
        with Noting(1) as executor:
            yield executor

    assert publish_letters(report, Path("reports"), meeting).new
    assert not list(FOLDER.glob(".*"))


class Losing(Executor):
    """Makes the first letter and is then lost, as a pool is one of whose processes was killed."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.done:
            future.set_exception(BrokenExecutor("lost"))
        else:
            self.done = True
            future.set_result(fn(*args, **kwargs))
        return future

    done = False


def test_letters_of_a_lost_worker_are_submitted_again(report: BoardReport) -> None:
    pools: list[Executor] = []

    def workers() -> Executor:
        pools.append(Losing())
        return pools[-1]

    made = publish_letters(report, Path("reports"), workers)
    assert (made.letters, len(pools)) == (3, 3)
    assert {path.name[:4] for path in made.folder.glob("*.pdf")} == set(CODES)


def test_a_letter_whose_workers_are_lost_repeatedly_is_an_error(report: BoardReport) -> None:
    class Lost(Losing):
        done = True

    with pytest.raises(NotebookError, match="0001: The process that made it ended, more than once"):
        publish_letters(report, Path("reports"), Lost)
    assert MAX_LOST_POOLS == 3


def test_an_invalid_cell_time_limit_is_one_error_for_all_letters(
    report: BoardReport, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNDING_REPORT_CELL_SECONDS", "junk")
    with pytest.raises(ReportError, match=r"^FUNDING_REPORT_CELL_SECONDS is 'junk'\. Set it to "):
        make(report)
    assert not Path("reports").exists()


def test_without_finished_letters_the_message_mentions_none(
    report: BoardReport, asked: list[str], small_project: Path
) -> None:
    (small_project / "failing.txt").write_text(" ".join(CODES))
    with pytest.raises(NotebookError) as caught:
        make(report)
    first, *_, last = str(caught.value).splitlines()
    assert first == "3 letters could not be made:"
    assert last == "Run the same command to make the missing ones."


def test_a_partial_file_of_a_stopped_run_is_removed(tmp_path: Path) -> None:
    with resumable_folder(tmp_path, ".x") as work:
        (work / ".0001.sv.pdf.part").write_text("hal")
        (work / "0001.sv.html").write_text("whole")
    with resumable_folder(tmp_path, ".x") as work:
        assert [path.name for path in work.iterdir()] == ["0001.sv.html"]


def test_the_next_release_removes_folders_of_runs_with_older_data(
    report: BoardReport, asked: list[str], small_project: Path
) -> None:
    (small_project / "failing.txt").write_text("0002")
    with pytest.raises(NotebookError):
        make(report)
    (small_project / "failing.txt").unlink()
    with (small_project / "data/rounds/few/decisions.csv").open("a", encoding="utf-8") as file:
        file.write("0001,2026-01-20,2026-01-21,,yes,,,\n")
    make(BoardReport.load(round="few", as_of=str(AS_OF)))
    assert [path.name for path in FOLDER.iterdir() if path.is_dir()] == ["2026-03-01-letters"]
    assert asked == [*CODES, *CODES]  # nothing of the older data was taken up


def test_jobs_and_results_are_plain_data(report: BoardReport) -> None:
    order = LetterJob(
        "few",
        str(AS_OF),
        None,
        None,
        "decisions",
        "sv",
        False,
        report.inputs.hashes(),
        code_hash(letter_notebook("feedback")),
        "feedback",
    )
    letter = pickle.loads(pickle.dumps(make_letter(pickle.loads(pickle.dumps(order)), "0001")))
    assert letter.error is None
    assert set(letter.files) == {"html", "pdf", "ipynb"}
