"""The letter as an object: its member, its figures, and a round kept warm between letters."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.errors import ReportError
from helpers.i18n.localizer import Localizer
from helpers.report import report_cache
from helpers.report.board_report import BoardReport
from helpers.report.letter_report import MunicipalityLetter
from support.letter_reports import text_of

ASKED: dict[str, Any] = {"round": "skl-2016", "as_of": "2017-02-22"}
FILES = ["round", "published", "members", "decisions"]


@pytest.fixture(autouse=True)
def cold() -> None:
    report_cache._cache.clear()


@pytest.fixture(scope="module")
def report() -> BoardReport:
    return BoardReport.load(**ASKED)


@pytest.fixture
def project_copy(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own with the shipped round, whose files a test may change."""
    shutil.copytree(project / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "rounds" / "skl-2016"


def load(code: str | int = "0180", **parameters: Any) -> MunicipalityLetter:
    return MunicipalityLetter.load(code=code, **{**ASKED, **parameters})


@pytest.mark.parametrize(
    ("given", "code"),
    [("0180", "0180"), (180, "0180"), ("180", "0180"), (1080, "1080"), (" 0180 ", "0180")],
)
def test_a_code_gets_its_zeros_back(report: BoardReport, given: str | int, code: str) -> None:
    letter = load(given)
    assert letter.params.code == code
    assert letter.facts.code == code


@pytest.mark.parametrize(
    ("given", "nearest"),
    [
        ("01180", "0180 (Stockholm)"),
        ("Stockholms stad", "0180 (Stockholm)"),
        ("Stokholm", "0180 (Stockholm)"),
        ("£", "The nearest: none."),
    ],
)
def test_an_unknown_code_names_what_is_nearest(
    report: BoardReport, given: str, nearest: str
) -> None:
    with pytest.raises(ReportError, match=re.escape(nearest)) as raised:
        MunicipalityLetter.of(report, given)
    assert f"There is no member with the code {given!r}." in str(raised.value)


def test_wrong_parameters_are_all_named() -> None:
    with pytest.raises(ReportError) as raised:
        MunicipalityLetter.load(round="skl-2016", as_of="22/2", since=None, code=True)
    for words in ("'code' cannot be True", "'as_of' cannot be '22/2'", "Unknown parameter 'since'"):
        assert words in str(raised.value)
    assert (
        "The parameters are: round, as_of, known_on, decisions, table, language, future, code."
        in str(raised.value)
    )


def test_the_figures_are_those_of_the_member_and_the_round(report: BoardReport) -> None:
    handed = MunicipalityLetter.of(report, "0180").hand_over().content
    figures = handed["figures"]
    # Two years of 292 828, whichever way it is asked.
    assert (figures["fee"], figures["fee_all_years"]) == (292_828, 585_656)
    assert figures["fee_by_year"] == {"2017": 292_828, "2018": 292_828}
    assert figures["receipt"]["weight"] == 831_164.4
    assert (figures["answer"], figures["joining"]) == ("yes", None)
    assert (figures["members"], figures["yes"], figures["no"]) == (290, 209, 44)
    assert handed["kind"] == "letter"
    assert handed["headline"] == "Stockholm: ja, 292\u00a0828\u00a0kr per år"
    assert set(handed["inputs"]) == set(FILES)


def test_the_statement_is_shared_and_no_file_is_read_again(
    report: BoardReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = MunicipalityLetter.of(report, "0180")
    first.hand_over()
    monkeypatch.setattr(Path, "read_bytes", None)
    monkeypatch.setattr("helpers.report.report_data.compute_statement", None)
    second = MunicipalityLetter.of(report, "1080")
    assert second.statement is first.statement
    assert second.hand_over().content["figures"]["code"] == "1080"


def printed_numbers(text: str) -> set[str]:
    """Numbers as they stand, in groups or with decimals, of any sign."""
    return set(re.findall(r"\d{1,3}(?:\u00a0\d{3})+(?:,\d+)?|\d+(?:,\d+)?", text))


def as_printed(value: object, loc: Localizer) -> Iterator[str]:
    """A figure in each form that a letter may print it in."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from as_printed(one, loc)
            yield str(name)  # a year
    elif isinstance(value, list):
        for one in value:
            yield from as_printed(one, loc)
    elif isinstance(value, str):
        yield from re.findall(r"\d+", value)  # a code, or the parts of a day
        yield from (part.lstrip("0") for part in re.findall(r"\d+", value))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number_as_printed(value)


def _number_as_printed(value: float) -> Iterator[str]:
    shown = [f"{abs(value):,.{digits}f}" for digits in (0, 1, 2)]
    shown += [f"{abs(value) * 100:.{digits}f}" for digits in (0, 4)] + [f"{value / 1e6:.1f}"]
    yield str(value)  # a year stands without a blank
    yield from (text.replace(",", "\u00a0").replace(".", ",") for text in shown)


@pytest.mark.parametrize("code", ["0180", "1080", "0114"])
def test_every_number_of_a_letter_is_a_figure(report: BoardReport, code: str) -> None:
    letter = MunicipalityLetter.of(report, code)
    figures, loc = letter.hand_over().content["figures"], letter.context.loc
    names = ("opening", "answer", "fee", "outcome", "next_steps", "closing")
    text = "\n".join(getattr(letter, name)().plain for name in names)
    for event in letter.statement.round.events:  # what the round says is its own
        for own in (event.letter, event.text):
            text = text.replace((own or {}).get("sv", ""), "")
    # The receipt's key is dated the last of December, and the year's name is a figure.
    allowed = {"31", *as_printed(figures, loc)}
    assert len(printed_numbers(text)) > 15
    assert printed_numbers(text) - allowed == set()


def test_a_warm_process_does_not_load_the_round_again() -> None:
    first = load()
    assert load(1080).report is first.report
    assert load("0114", language="en").report is first.report
    assert load(as_of="2016-10-31").report is not first.report
    assert load(known_on="2017-03-01").report is not first.report


def test_the_language_is_the_letters_own() -> None:
    assert "Ni har sagt ja." in text_of(load())
    assert "You have said yes." in text_of(load(language="en"))
    assert "Ni har sagt ja." in text_of(load())


def test_a_changed_file_is_noticed(project_copy: Path) -> None:
    assert load().facts.answer == "yes"
    with (project_copy / "decisions.csv").open("a", encoding="utf-8") as file:
        file.write("0180,2017-02-20,2017-02-21,,no,,,\n")
    assert load().facts.answer == "no"
    members = project_copy.parents[1] / "municipalities.csv"
    members.write_text(members.read_text(encoding="utf-8").replace("Stockholm,", "Storstan,"))
    assert load().facts.name == "Storstan"
    toml = project_copy / "round.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("3_400_000", "3_500_000"))
    assert load().statement.round.requested == 3_500_000


def test_a_file_that_comes_is_noticed(project_copy: Path) -> None:
    assert load().facts.answer == "yes"
    (project_copy / "corrections.toml").write_text(
        "[[correction]]\nrecorded_on = 2017-02-01\nwhy = 'Misread'\nmatch = { code = '0180' }\n"
        "column = 'decision'\nexpected = 'yes'\ncorrected = 'no'\n"
    )
    assert load().facts.answer == "no"


def test_a_mistake_is_not_kept(project_copy: Path) -> None:
    toml = project_copy / "round.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text("name = ")
    with pytest.raises(ReportError):
        load()
    toml.write_text(text, encoding="utf-8")
    assert load().facts.fee == 292_828


def test_another_register_is_another_round_and_env_follows_its_place(
    project_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heading = "code,decided_on,received_on,decision\n"
    for name, said in (("a", "yes"), ("b", "no")):
        (project_copy / f"{name}.csv").write_text(f"{heading}0180,2016-09-01,2016-09-02,{said}\n")
    asked = {"decisions": "env:REGISTER"}
    answers = []
    for name in ("a", "b", "a"):
        monkeypatch.setenv("REGISTER", str(project_copy / f"{name}.csv"))
        answers.append(load(**asked).facts.answer)
    assert answers == ["yes", "no", "yes"]


def test_a_database_is_asked_anew_every_time(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    rows = pd.DataFrame(
        {
            "code": ["0180"],
            "decided_on": ["2016-09-01"],
            "received_on": ["2016-09-02"],
            "decision": ["yes"],
        }
    )
    with sqlite3.connect(path) as connection:
        rows.to_sql("decisions", connection, index=False)
        connection.commit()
        asked = {"decisions": f"sqlite:///{path}"}
        assert load(**asked).facts.answer == "yes"
        connection.execute("UPDATE decisions SET decision = 'no'")
        connection.commit()
        assert load(**asked).facts.answer == "no"
    connection.close()
    assert report_cache._cache == {}


def test_a_batch_reads_nothing_again_unless_it_is_of_other_inputs(project_copy: Path) -> None:
    params = load().report.params
    inputs = load().report.input_hashes
    kept = report_cache.kept_report(params, inputs)
    register = project_copy / "decisions.csv"
    text = register.read_text(encoding="utf-8")
    register.unlink()
    assert load().report is kept
    register.write_text(f"{text}0180,2017-02-20,2017-02-21,,no,,,\n", encoding="utf-8")
    assert load().report is kept
    changed = report_cache.kept_report(params, inputs)  # of files that are others than asked for
    assert load().facts.answer == "no"
    register.write_text(text, encoding="utf-8")
    assert load().report is not changed
    assert load().facts.answer == "yes"


def test_a_batch_reads_a_database_once(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    rows = {"code": ["0180"], "decided_on": ["2016-09-01"], "received_on": ["2016-09-02"]}
    with sqlite3.connect(path) as connection:
        pd.DataFrame({**rows, "decision": ["yes"]}).to_sql("decisions", connection, index=False)
    connection.close()
    found = load(decisions=f"sqlite:///{path}").report
    kept = report_cache.kept_report(found.params, found.input_hashes)
    path.unlink()
    assert load(decisions=f"sqlite:///{path}").report is kept


def test_no_more_than_a_few_are_kept() -> None:
    days = [date(2016, 7, day) for day in range(1, report_cache.MAX_CACHED_REPORTS + 3)]
    reports = [load(as_of=day.isoformat()).report for day in days]
    assert len(report_cache._cache) == report_cache.MAX_CACHED_REPORTS
    assert load(as_of=days[-1].isoformat()).report is reports[-1]
    assert load(as_of=days[0].isoformat()).report is not reports[0]
