from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers.checking.register_review import RegisterReview, review_register
from helpers.errors import DataError, ReportError

ROUND_TOML = """\
name = "five-2016"
currency = "SEK"
requested = 1900
years = [2017, 2018]
recommended_on = 2016-06-10
members = "members.csv"
languages = ["sv"]
reconstructed = false
title.sv = "Fem"
organiser = { short = "F", name = "Förbundet" }
pricing = { rule = "membership-fee", population_year = 2015, rebate_above = 8000, \
rebate_percent = 10 }
"""
HEADING = "code,decided_on,received_on,registered_on,decision"

# The heading is row 1. Each problem, and a row without one.
ALL_KINDS = [
    "1,2016-06-15,2016-06-20,,yes",  # 2: a repair
    "0002,2016-06-16,2016-06-20,,kanske",  # 3: an error
    "0003,2016-06-17,2016-06-21,,yes",  # 4 and 5: a tie, named at the last of them
    "0003,2016-06-17,2016-06-21,,no",
    "0004,2016-06-20,2016-06-25,,yes",  # 6
    "0004,2016-06-20,2016-06-25,,yes",  # 7: a warning
    "0005,2016-02-30,2016-06-25,,yes",  # 8: an error
]
FOUND = [
    (2, "code", "repair"),
    (3, "decision", "error"),
    (5, "decision", "error"),
    (7, None, "warning"),
    (8, "decided_on", "error"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, five_members: pd.DataFrame) -> Path:
    """The folder of the one round of a project, with the working folder at its root."""
    five = tmp_path / "data" / "rounds" / "five-2016"
    five.mkdir(parents=True)
    (five / "round.toml").write_text(ROUND_TOML, "utf-8")
    columns = {"group": "skl_group_2017", "population": "population_2015"}
    five_members.rename(columns=columns).to_csv(five / "members.csv", index=False)
    monkeypatch.chdir(tmp_path)
    return five


def write(path: Path, *lines: str) -> None:
    path.write_text("\n".join([HEADING, *lines]) + "\n", "utf-8")


@pytest.fixture
def review_of(folder: Path) -> Callable[..., RegisterReview]:
    def make(*lines: str, corrections: str = "") -> RegisterReview:
        write(folder / "decisions.csv", *lines)
        (folder / "corrections.toml").write_text(corrections, "utf-8")
        return review_register("five-2016")

    return make


def correction(code: str, column: str, expected: str, corrected: str, also: str = "") -> str:
    return (
        '[[correction]]\nrecorded_on = 2016-08-01\nwhy = "Fel"\n'
        f'match = {{ code = "{code}"{also} }}\ncolumn = "{column}"\n'
        f'expected = "{expected}"\ncorrected = "{corrected}"\n'
    )


def found(made: RegisterReview) -> list[tuple[int | None, str | None, str]]:
    return [(p.row, p.column, p.severity) for p in made.problems]


def test_problems_of_all_kinds_are_in_row_order(
    review_of: Callable[..., RegisterReview],
) -> None:
    made = review_of(*ALL_KINDS)
    assert found(made) == FOUND
    assert {p.file for p in made.problems} == {"decisions.csv"}
    assert made.failed


def test_it_says_each_problem_and_sums_them_up(review_of: Callable[..., RegisterReview]) -> None:
    lines = str(review_of(*ALL_KINDS)).splitlines()
    starts = [
        "repair:  decisions.csv, row 2, column code: '1' was read as 0001.",
        "error:   decisions.csv, row 3, column decision: 'kanske' is neither yes nor no.",
        "error:   decisions.csv, row 5, column decision: member 0003 has different answers",
        "warning: decisions.csv, row 7: says the same as an earlier row.",
        "error:   decisions.csv, row 8, column decided_on: '2016-02-30' is not a day",
    ]
    assert [line[: len(start)] for line, start in zip(lines, starts, strict=False)] == starts
    assert lines[5:] == ["decisions.csv: 3 errors, 1 repair, 1 warning in 7 rows."]


# Rows 2, 6 and 7 only: a repair and a warning, and neither stops a report.
def test_what_is_no_error_does_not_fail(review_of: Callable[..., RegisterReview]) -> None:
    made = review_of(ALL_KINDS[0], *ALL_KINDS[4:6])
    assert found(made) == [(2, "code", "repair"), (4, None, "warning")]
    assert not made.failed


@pytest.mark.parametrize("at", [1, 6])
def test_an_error_alone_fails(review_of: Callable[..., RegisterReview], at: int) -> None:
    assert review_of(ALL_KINDS[at]).failed


def test_a_tie_alone_fails(review_of: Callable[..., RegisterReview]) -> None:
    assert review_of(*ALL_KINDS[2:4]).failed


def test_a_good_register_and_an_empty_one_have_no_problems(
    review_of: Callable[..., RegisterReview],
) -> None:
    good, empty = review_of(ALL_KINDS[4]), review_of()
    assert (good.problems, good.failed) == ([], False)
    assert (empty.problems, empty.failed) == ([], False)
    assert str(empty) == "decisions.csv: no problems in 0 rows."


def test_what_has_been_corrected_is_no_problem(review_of: Callable[..., RegisterReview]) -> None:
    # Rows 2 to 4 of this register: an error, and a tie of which the no was wrong.
    mended = correction("0002", "decision", "kanske", "yes")
    untied = correction("0003", "decision", "no", "yes", also=', decision = "no"')
    made = review_of(*ALL_KINDS[1:4], corrections=mended + untied)
    assert (made.problems, made.failed) == ([], False)


def test_what_was_corrected_into_an_error_stands_in_the_order_of_the_rows(
    review_of: Callable[..., RegisterReview],
) -> None:
    # Ek's row is 2; Berg's, 3, is wrong as it stands.
    wrong = correction("0004", "decision", "yes", "kanske")
    made = review_of(ALL_KINDS[4], ALL_KINDS[1], corrections=wrong)
    assert found(made) == [(2, "decision", "error"), (3, "decision", "error")]


def test_another_register_than_the_rounds_own_can_be_examined(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "svar.csv", ALL_KINDS[1])
    made = review_register("five-2016", str(tmp_path / "svar.csv"))
    assert found(made) == [(2, "decision", "error")]
    assert (made.table.file, made.failed) == ("svar.csv", True)


def test_the_warning_and_the_account_agree_on_what_repeats(folder: Path, tmp_path: Path) -> None:
    # The name only helps to find the member; the answers are one and the same.
    rows = [f"0001,{name},2016-06-15,2016-06-20,yes" for name in ("Alm", "Alms kommun")]
    heading = "code,name,decided_on,received_on,decision"
    (tmp_path / "svar.csv").write_text("\n".join([heading, *rows]) + "\n", "utf-8")
    assert found(review_register("five-2016", "svar.csv")) == [(3, None, "warning")]


def test_without_a_register_there_is_nothing_to_review(folder: Path) -> None:
    with pytest.raises(ReportError, match=r"decisions\.csv"):
        review_register("five-2016")


def test_a_correction_that_does_not_fit_is_loud(review_of: Callable[..., RegisterReview]) -> None:
    with pytest.raises(DataError, match=r"corrections\.toml, key match: .*matches 0 rows"):
        review_of(ALL_KINDS[4], corrections=correction("0001", "decision", "yes", "no"))


def test_the_shipped_register_has_no_problems(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    made = review_register("skl-2016")
    assert ({problem.file for problem in made.problems}, made.failed) == ({"published.toml"}, False)
    assert str(made).splitlines()[-1] == "decisions.csv: no problems in 253 rows."


def test_errors_of_optional_files_are_reported_with_those_of_the_register(
    review_of: Callable[..., RegisterReview], folder: Path
) -> None:
    heading = "code,year,invoiced_on,amount,paid_on,paid\n"
    (folder / "payments.csv").write_text(heading + "0009,2017,2017-03-20,100,,\n", "utf-8")
    lines = ["code,organisation_number,buyer_reference", "0001,,R", "0001,,S"]
    (folder / "invoicing.csv").write_text("\n".join(lines), "utf-8")
    with pytest.raises(DataError) as error:
        review_of(*ALL_KINDS[:2])
    # The register's repair is no error, and is not what stops a report.
    assert [(p.file, p.row) for p in error.value.problems] == [
        ("decisions.csv", 3),
        ("invoicing.csv", 3),
        ("payments.csv", 2),
    ]


def test_what_is_wrong_in_published_toml_would_stop_a_report_and_is_told(
    review_of: Callable[..., RegisterReview], folder: Path
) -> None:
    (folder / "published.toml").write_text('[[figure]]\nfigure = "yes"\nkind = "exact"\n', "utf-8")
    with pytest.raises(DataError, match=r"published\.toml: 1\.value: ") as error:
        review_of(ALL_KINDS[4])
    assert {p.file for p in error.value.problems} == {"published.toml"}


def test_what_a_release_archived_can_be_examined(folder: Path) -> None:
    write(folder / "decisions.csv", *ALL_KINDS[1:2])
    release = folder.parents[2] / "2016-10-31"
    (release / "inputs").mkdir(parents=True)
    for name in ("round.toml", "members.csv", "decisions.csv"):
        (release / "inputs" / name).write_bytes((folder / name).read_bytes())
    read = {"file": "svar.xlsx", "sha256": "0" * 64}
    run_record = {"inputs": {"decisions": read}, "register_rows": [[7, 7]]}
    (release / "run.json").write_text(json.dumps(run_record), "utf-8")
    (folder / "decisions.csv").unlink()
    made = review_register("five-2016", f"release:{release}")
    # As it was then: the file that it stood in, and its row there.
    assert [(p.file, p.row, p.column) for p in made.problems] == [("svar.xlsx", 7, "decision")]
