"""A slip in a call is an error with what to write, never another answer."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import helpers
from helpers import BoardReport, compare, described, explore_day
from helpers.errors import ReportError

REPORT = BoardReport.load(round="skl-2016", as_of="2017-02-22")
SHARED = BoardReport.load(round="yrkesresan", as_of="2021-04-13")
FILTERS = ["county", "group", "decision", "at_least", "below"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("tables.members(counties='Skåne län')",
         "members() has no argument 'counties'. Did you mean 'county'? It takes: county, group"),
        ("tables.by_size(bound=[1])", "by_size() has no argument 'bound'. Did you mean 'bounds'?"),
        ("tables.over_time(county='x')",
         "over_time() has no argument 'county'. It takes no arguments."),
        ("tables.members('Skåne län')",
         "members() does not take 'Skåne län' without the name of an argument."),
        ("scenarios.leaves()", "leaves() needs code. It takes: code."),
        ("scenarios.joins('0114')", "joins() needs on. It takes: code, on, part_of_year."),
        ("scenarios.leaves('0180', code='0180')", "leaves() got code twice."),
        ("scenarios.joins('0114', '2017-07-01', on='2017-07-01')", "joins() got on twice."),
        ("scenarios.leaves('0180', '1480')",
         "leaves() does not take '1480': it is one argument too many. It takes: code."),
        ("tables.members(county='skåne LÄN')",
         "No member has the county 'skåne LÄN'. Did you mean 'Skåne län'?"),
        ("tables.members(at_least='12,5')",
         "at_least is '12,5', which is text. Give a whole number: one without quotes, as 10000."),
        ("tables.members(at_least='-5')",
         "at_least is '-5', which is text. Give a whole number: one without quotes, as 10000."),
        ("tables.members(at_least=float('inf'))",
         "at_least is inf, which is not a whole number. Give a whole number, as 10000."),
        ("tables.members(at_least=10**400, below=5)",
         f"at_least is {10**400} and below is 5, so no member fits both."),
        ("tables.members(at_least='10000')",
         "at_least is '10000', which is text. Give a whole number: at_least=10000."),
        ("tables.members(below='10 000')", "below is '10 000', which is text. Give a whole numb"),
        ("tables.members(below=0.5)", "below is 0.5, which is not a whole number."),
        ("tables.members(at_least=True)", "at_least is True, which is not a whole number."),
        ("tables.members(at_least=-1)", "at_least is -1. Give a whole number of 0 or more."),
        ("tables.members(at_least=20000, below=10000)",
         "at_least is 20000 and below is 10000, so no member fits both."),
        ("tables.members(county=5)", "county is 5, which is not text. Write county='Skåne län'."),
        ("tables.members(county='Skane län')",
         "No member has the county 'Skane län'. Did you mean 'Skåne län'? There are: "),
        ("tables.members(decision='Yes')", "No member has the decision 'Yes'. Did you mean 'yes'?"),
        ("tables.by_size([10_000, 5_000])",
         "bounds has 5000 after 10000, so classes would overlap. Write bounds=[5000, 10000]."),
        ("tables.by_size([5_000, 5_000])", "bounds has 5000 after 5000, so classes would overlap."),
        ("tables.by_size([0, 5_000])", "bounds is 0. Give a whole number of 1 or more."),
        ("scenarios.leaves(180)",
         "code is 180, which is not text. Codes are text, because a number loses its leading "
         "zeros: write '0180' (Stockholm)."),
        ("scenarios.leaves('0181x')", "There is no member with the code '0181x'. The nearest: 018"),
        ("scenarios.joins('0114', '2017-07-01', part_of_year='month')",
         "part_of_year is 'month'. Did you mean 'months'? There are: whole, months, days."),
        ("scenarios.joins('0114', '1 juli')",
         "on cannot be '1 juli': it is not a day as YYYY-MM-DD. Write the date as YYYY-MM-DD"),
        ("scenarios.joins('0114', 20170701)", "on cannot be 20170701: it is a number, not a day."),
        ("scenarios.bounds(answers='5')", "answers is '5', which is text. Give a whole number: an"),
        ("scenarios.smallest_set('SEK', 5)",
         "measure is 'SEK'. There are: amount, members, inhabitants."),
        ("scenarios.smallest_set('member', 5)", "measure is 'member'. Did you mean 'members'?"),
        ("scenarios.smallest_set('members', '210')", "needed is '210', which is text."),
        ("scenarios.shared_gap(highest_increase_percent='25 %')",
         "highest_increase_percent is '25 %', which is text. Give a whole number: highest_incre"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_to_write(call: str, said: str) -> None:
    with pytest.raises(ReportError) as refused:
        eval(f"report.{call}", {"report": REPORT})
    assert str(refused.value).startswith(said)


def test_numbers_of_numpy_and_codes_as_on_the_command_line_are_understood() -> None:
    tables, scenarios = REPORT.tables, REPORT.scenarios
    number: Any = np.int64(200_000)
    assert len(tables.members(at_least=number)) == 4
    from_a_frame: Any = 200_000.0  # pandas makes such of a column with gaps
    assert len(tables.members(at_least=from_a_frame)) == 4
    assert tables.by_size(iter([200_000]))["members"].tolist() == [286, 4]
    assert scenarios.leaves("180").equals(scenarios.leaves("0180"))
    assert scenarios.bounds(1).equals(scenarios.bounds([1]))


def test_an_answer_that_nobody_has_given_is_no_slip() -> None:
    assert len(REPORT.tables.members(decision="conditional")) == 0


def test_members_that_join_and_leave_at_once_are_refused() -> None:
    with pytest.raises(ReportError, match="'0180' is in joining and in leaving"):
        SHARED.scenarios.price(joining="0180", leaving=["0180"])
    one = SHARED.scenarios.price(leaving="0180")
    assert one.equals(SHARED.scenarios.price(leaving=["0180"]))


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (("2016-10-31",), "'2016-10-31' is not a report. Write report.on('2016-10-31'), where"),
        ((5,), "5 is not a report. Write a report, where report is what BoardReport.load"),
        ((), "Give at least two reports that differ"),
    ],
)
def test_only_reports_are_compared(others: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ReportError) as refused:
        compare(REPORT, *others)
    assert str(refused.value).startswith(said)


def test_labels_head_the_columns() -> None:
    found = compare(REPORT.on("2016-10-31"), REPORT, labels=["Then", "Now"])
    assert list(found.columns) == ["figure", "Then", "Now", "difference", "unit"]
    with pytest.raises(ReportError, match="labels has 1 texts for 2 reports"):
        compare(REPORT.on("2016-10-31"), REPORT, labels=["Then"])
    with pytest.raises(ReportError, match=r"has no argument 'label'\. Did you mean 'labels'"):
        compare(REPORT.on("2016-10-31"), REPORT, label=["Then", "Now"])  # type: ignore[call-arg]
    with pytest.raises(ReportError, match="labels has 'Now' twice"):
        compare(REPORT.on("2016-10-31"), REPORT, labels=["Now", "Now"])
    with pytest.raises(ReportError, match=r"no argument 'reports'\. It takes: \*reports, labels"):
        compare(reports=[REPORT])  # type: ignore[call-arg]


def test_other_things_than_a_report_or_a_figure_are_refused() -> None:
    with pytest.raises(ReportError, match="is not a report"):
        explore_day("skl-2016")  # type: ignore[arg-type]
    axes: Any = REPORT.tables.by_size().plot.barh(x="size", y="yes_share")
    with pytest.raises(ReportError, match=r"takes a matplotlib figure\. Give its \.figure"):
        described(axes, "Bars.")


def test_arguments_show_in_shift_tab_and_complete_by_tab() -> None:
    for name in ("members", "by_county", "by_group", "by_size"):
        arguments = list(inspect.signature(getattr(REPORT.tables, name)).parameters)
        assert arguments[-5:] == FILTERS
    assert list(inspect.signature(BoardReport.load).parameters)[:2] == ["round", "as_of"]
    shell = InteractiveShell()  # type: ignore[no-untyped-call]
    shell.user_ns.update(report=REPORT, BoardReport=BoardReport)
    for text, completed in (
        ("report.tables.members(co", "county="),
        ("report.scenarios.joins('0114', part", "part_of_year="),
        ("BoardReport.load(as_", "as_of="),
    ):
        with provisionalcompleter():
            found = [one.text for one in shell.Completer.completions(text, len(text))]
        assert completed in found, text


def test_the_package_offers_what_is_meant_for_users_only() -> None:
    assert sorted(dir(helpers)) == sorted(helpers.__all__)
    offered: dict[str, Any] = {}
    exec("from helpers import *", offered)
    del offered["__builtins__"]
    assert set(offered) == set(helpers.__all__)


def test_the_messages_of_the_how_to_are_what_is_said() -> None:
    page = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "explore.md"
    text = page.read_text(encoding="utf-8").partition("## What can go wrong")[2]
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", text, re.MULTILINE)
    assert len(rows) == 6
    calls: dict[str, Any] = {"compare": compare, "report": REPORT}
    for kind in (REPORT.tables, REPORT.scenarios):
        calls |= {name: getattr(kind, name) for name in dir(kind) if not name.startswith("_")}
    for call, said in rows:
        with pytest.raises(ReportError) as refused:
            eval(call, dict(calls))
        assert str(refused.value) == said
