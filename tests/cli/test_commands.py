"""The command line as a user meets it, from any folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli.commands import cli
from helpers.cli.running.publication_steps import prepare_delivery
from support.command_server import funding_report as run

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).parent / "funding-report"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A separate project: a copy of the data and the notebooks in another folder."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / "own" / name)
    return tmp_path / "own"


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def installed_command(*arguments: str) -> str:
    """The output of the program that pip installed."""
    done = subprocess.run(
        [COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


BAD_PARAMETERS = [
    (["skl-2061"], "no round named 'skl-2061'. The rounds are: skl-2016, yrkesresan."),
    (["../skl-2016"], "no round named"),
    (["/etc"], "no round named"),
    (["skl-2016/../skl-2016"], "no round named"),
    (["skl-2016", "-p", "colour", "red"], "Unknown parameter 'colour'"),
    (["skl-2016", "-p", "known_on", "soon"], "'known_on' cannot be 'soon'"),
    (["skl-2016", "-p", "known_on", "1487721600"], "'known_on' cannot be '1487721600'"),
    (["skl-2016", "-p", "language", "fi"], "'language' cannot be 'fi'"),
    (["skl-2016", "-p", "forecast", "maybe"], "Write true or false."),
    (["skl-2016", "-p", "as_of", "2017-01-01"], "'as_of' is set twice"),
    (["skl-2016", "--decisions", "missing.csv"], "no file missing.csv"),
    (["skl-2016", "--decisions", "data"], "not a file of a kind that can be read"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD_PARAMETERS)
def test_bad_parameters_are_one_message_and_leave_nothing(
    project: Path, arguments: list[str], message: str
) -> None:
    before = files(project)
    done = run("board", *arguments, "--as-of", "2017-02-22", cwd=project)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert files(project) == before


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2017-02-30", "'as_of' cannot be '2017-02-30'"),
        ("22/2/2017", "Write the date as YYYY-MM-DD"),
        ("2016-06-09", "before the round skl-2016 began on 2016-06-10"),
    ],
)
def test_bad_days_are_one_message_and_leave_nothing(project: Path, day: str, message: str) -> None:
    before = files(project)
    done = run("board", "skl-2016", "--as-of", day, cwd=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
    assert files(project) == before


def test_every_mistake_in_a_register_is_named_at_once(project: Path) -> None:
    register = project / "mine.csv"
    register.write_text(
        "code,decided_on,received_on,decision\n"
        "9999,2016-09-01,2016-09-02,yes\n"
        "0180,2016-09-01,2016-09-02,maybe\n"
        "0181,2016-02-30,2016-09-02,no\n",
        encoding="utf-8",
    )
    before = files(project)
    done = run("board", "skl-2016", "--as-of", "2017-02-22", "--decisions", "mine.csv", cwd=project)
    assert done.returncode == 1
    for place in ("row 2, column code: '9999'", "row 3, column decision: 'maybe'"):
        assert f"mine.csv, {place}" in done.stderr
    assert "mine.csv, row 4, column decided_on: '2016-02-30'" in done.stderr
    assert files(project) == before
    checked = run("check", "skl-2016", "--decisions", "mine.csv", "--json", cwd=project)
    assert checked.returncode == 1
    assert [problem["row"] for problem in json.loads(checked.stdout)] == [2, 3, 4]


@pytest.mark.parametrize(
    "arguments",
    [
        ["board"],
        ["board", "skl-2016"],
        ["nonsense"],
        ["board", "skl-2016", "--nonsense"],
        ["board", "skl-2016", "--as-of", "2017-02-22", "--language", "fi"],
    ],
)
def test_wrong_usage_is_exit_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Usage:" in done.stderr


def test_an_index_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "few" / "stray").mkdir(parents=True)
    (tmp_path / ".index.lock").mkdir()  # in the way, also of root
    done = run("index", "--output", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Nothing can be written in {tmp_path}: Is a directory" in done.stderr


def test_due_accepts_the_word_today(tmp_path: Path) -> None:
    done = run("due", "skl-2016", "--within", "3", "--on", "today", "--output", tmp_path)
    assert done.returncode == 7
    assert "there is no earlier report. Make one with" in done.stderr


def test_a_sound_register_passes_the_check() -> None:
    done = run("check", "skl-2016")
    # Stockholm's fee was published as 293 100; the rule makes it 292 828 (explanation/money.md).
    difference, summary = done.stdout.splitlines()
    assert (done.returncode, summary) == (0, "decisions.csv: no problems in 253 rows.")
    assert difference.startswith(
        "warning: published.toml: fee:0180 on 2016-06-10: published 293100"
    )
    [problem] = json.loads(run("check", "skl-2016", "--json").stdout)
    assert (problem["file"], problem["severity"]) == ("published.toml", "warning")


def test_status_says_it_is_reconstructed_and_reads_the_latest_day() -> None:
    done = run("status", "skl-2016")
    assert done.returncode == 0
    assert "22\u00a0February\u00a02017" in done.stdout
    assert "209 (72%)" in done.stdout
    assert "Reconstructed" in done.stdout


def test_status_prints_figures_json() -> None:
    """By the program as it is installed, in a process of its own."""
    figures = json.loads(installed_command("status", "skl-2016", "--as-of", "2017-02-22", "--json"))
    assert (figures["members"], figures["answered"], figures["requested"]) == (290, 253, 3_400_000)


def test_status_shows_what_is_invoiced_and_paid(project: Path) -> None:
    payments = project / "data" / "rounds" / "skl-2016" / "payments.csv"
    heading = "code,year,invoiced_on,amount,paid_on,paid\n"
    payments.write_text(f"{heading}0180,2017,2017-03-20,292828,2017-04-03,292000.50\n", "utf-8")
    done = run("status", "skl-2016", "--as-of", "2017-04-03", cwd=project)
    # 292 828 less 292 000.50.
    stdout = done.stdout.replace("\u00a0", " ")
    assert "SEK 292,828 has been invoiced and SEK 292,000.50 paid for 2017 and 2018." in stdout
    assert "SEK 827.50 has been invoiced and not paid" in stdout
    before = run("status", "skl-2016", "--as-of", "2017-03-19", "--json", cwd=project)
    figures = json.loads(before.stdout)["payments"]
    assert (figures["rows_known"], figures["rows_not_yet_known"]) == (0, 1)
    payments.write_text(f"{heading}0180,2019,2017-03-20,1,,\n", "utf-8")
    wrong = run("status", "skl-2016", cwd=project)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "payments.csv, row 2, column year: '2019' is not a year of the round." in wrong.stderr
    checked = run("check", "skl-2016", "--json", cwd=project)
    assert checked.returncode == 1
    assert [problem["file"] for problem in json.loads(checked.stdout)] == ["payments.csv"]


def test_status_says_nothing_of_payments_without_the_file() -> None:
    assert "invoiced" not in run("status", "skl-2016").stdout
    assert json.loads(run("status", "skl-2016", "--json").stdout)["payments"] is None


def test_status_of_an_empty_register_is_that_of_the_first_day(project: Path) -> None:
    (project / "empty.csv").write_text("code,decided_on,received_on,decision\n", encoding="utf-8")
    done = run("status", "skl-2016", "--decisions", "empty.csv", "--json", cwd=project)
    figures = json.loads(done.stdout)
    assert (figures["as_of"], figures["funded"], figures["yes"]) == ("2016-06-10", 0, 0)
    assert figures["yes_of_answered_share"] is None


def test_check_does_not_leave_out_the_letters_facts_without_a_word(project: Path) -> None:
    done = run("check", "skl-2016", "--json", "--letters", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--letters lists facts as text, which --json cannot have." in done.stderr


def test_a_notebook_that_fails_is_exit_3_and_kept_outside_the_releases(project: Path) -> None:
    path = project / "notebooks" / "board_report.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][3]["source"] = "1 / 0"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = run("board", "skl-2016", "--as-of", "2017-02-22", cwd=project)
    kept = Path("reports/failed/skl-2016-2017-02-22-board-report.sv.ipynb")
    assert done.returncode == 3
    assert (
        f"ZeroDivisionError: division by zero. The notebook as far as it came: {kept}"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    # The other language is written at the same time and may have failed before it was stopped.
    written = {path for path in files(project / "reports") if path.is_file()}
    assert project / kept in written
    assert written <= {project / kept, project / str(kept).replace(".sv.", ".en.")}


@pytest.mark.parametrize("publish_to", [(), ("web",)])
def test_the_password_of_the_mail_server_is_gone_before_a_notebook_runs(
    monkeypatch: pytest.MonkeyPatch, publish_to: tuple[str, ...]
) -> None:
    monkeypatch.setenv("FUNDING_REPORT_SMTP_PASSWORD", "hemlig")
    prepare_delivery(draft=False, reports=Path("reports"), publish_to=publish_to)
    assert "FUNDING_REPORT_SMTP_PASSWORD" not in os.environ


def test_a_new_round_is_made_and_runs(project: Path) -> None:
    made = run("new-round", "ny", "--own-members", "--begins-on", "2026-01-10", cwd=project)
    assert made.returncode == 0
    assert [Path(line).name for line in made.stdout.splitlines()] == [
        "README.md",
        "decisions.csv",
        "members.csv",
        "round.toml",
    ]
    assert run("check", "ny", cwd=project).returncode == 0
    assert "None of the three members has answered." in run("status", "ny", cwd=project).stdout
    again = run("new-round", "ny", cwd=project)
    assert (again.returncode, again.stdout) == (1, "")
    assert "There is a round named ny already" in again.stderr
    assert run("new-round", "nyare", "--begins-on", "10/1", cwd=project).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "notebook"),
    [
        (("board", "skl-2016", "--as-of", "2017-02-22"), "board_report"),
        (("letters", "skl-2016", "--as-of", "2017-02-22"), "municipality_letter"),
        (("new-report", "ours"), "board_report"),
    ],
)
def test_a_missing_notebook_is_named(
    project: Path, arguments: tuple[str, ...], notebook: str
) -> None:
    shutil.rmtree(project / "notebooks")
    before = files(project)
    done = run(*arguments, cwd=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"There is no file {project}/notebooks/{notebook}.ipynb. Check the path." in done.stderr
    assert "Traceback" not in done.stderr
    assert files(project) == before


def test_a_register_without_its_columns_is_json_too(project: Path) -> None:
    (project / "mine.csv").write_text("code,decision\n0180,yes\n", encoding="utf-8")
    done = run("check", "skl-2016", "--decisions", "mine.csv", "--json", cwd=project)
    assert done.returncode == 1
    columns = [problem["column"] for problem in json.loads(done.stdout)]
    assert columns == ["decided_on", "received_on"]


@pytest.mark.parametrize("name", cli.commands)
def test_help_explains_each_command(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0
    assert f"Usage: funding-report {name}" in done.stdout


def test_help_lists_the_commands() -> None:
    help_text = installed_command("--help")
    assert "Usage: funding-report" in help_text
    assert all(f"\n  {name} " in help_text for name in cli.commands)
