from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.register_problems import SourceLocation, find_register_problems
from helpers.data.register.row_normalization import normalize_rows, with_dates
from helpers.errors import Problem
from helpers.model.answer_register import REGISTER_COLUMNS
from helpers.model.funding_round import Round

GOOD = {
    "code": "0001",
    "decided_on": "2016-09-15",
    "received_on": "2016-09-20",
    "decision": "yes",
}


@pytest.fixture
def problems_of(five_members: pd.DataFrame, five_round: Round) -> Callable[..., list[Problem]]:
    """Checks rows, numbered from 2; each is GOOD but for the cells given."""

    def check_rows(*rows: dict[str, str], members: pd.DataFrame = five_members) -> list[Problem]:
        blank = dict.fromkeys([*REGISTER_COLUMNS, "name"], "")
        numbers = pd.RangeIndex(2, len(rows) + 2)
        text = pd.DataFrame([blank | GOOD | row for row in rows], numbers, list(blank), dtype="str")
        words = RegisterVocabulary(
            dict(zip(members["code"], members["name"], strict=True)), five_round.years
        )
        place = SourceLocation("svar.xlsx", "Svar")
        return find_register_problems(
            with_dates(normalize_rows(text, words)), text, members, five_round, place
        )

    return check_rows


NO_DAY = "Write an existing day as YYYY-MM-DD."
BOTH = "Check both dates."

# The cells of a row that breaks a rule; the column and the words of its one problem; and the cells
# of a row that comes as near as it can without breaking the rule.
WRITE_AN_ANSWER = (
    "Write yes or no (ja, nej); leave its days blank too where there is no answer yet."
)
DECLARE_IT = (
    "Write yes or no (ja, nej), or say what it means in round.toml, under [register.answers]: "
    '"kanske" = "yes", "no" or "unanswered".'
)
RULES = {
    "unknown code": (
        {"code": "0006"}, "code", "'0006' is not a member of this round.",
        "Write the code as members have it.", {"code": "5"},
    ),
    "unknown name": (
        {"code": "", "name": "Bergg"}, "name", "'Bergg' is not the name of a member.",
        "Did you mean Berg? Write the name or the code.", {"code": "", "name": "Bergs kommun"},
    ),
    "a name like no other": (
        {"code": "", "name": "Xyzzy"}, "name", "'Xyzzy' is not the name of a member.",
        "Write the code.", {"code": "", "name": "ALM"},
    ),
    "neither code nor name": (
        {"code": ""}, "name", "There is neither a code nor a name.",
        "Write the member's code.", {"name": ""},
    ),
    # Of an unknown name beside a good code nothing can be said.
    "another's name": (
        {"name": "Berg"}, "name",
        "'Berg' is, or is nearest to, the name of another member than the code's.",
        "Correct one.", {"name": "Xyzzy"},
    ),
    "unknown answer": (
        {"decision": "kanske"}, "decision", "'kanske' is neither yes nor no.",
        DECLARE_IT, {"decision": "NEJ"},
    ),
    "blank answer": (
        {"decision": ""}, "decision", "A blank cell is neither yes nor no.",
        WRITE_AN_ANSWER, {"decision": "no"},
    ),
    # 2016 was a leap year.
    "decided on no day": (
        {"decided_on": "2016-02-30"}, "decided_on", "'2016-02-30' is not a day that exists.",
        NO_DAY, {"decided_on": "15 september 2016"},
    ),
    "decided on a blank": (
        {"decided_on": ""}, "decided_on", "The day is blank.", NO_DAY, {},
    ),
    # The day on which it was registered follows the day received: it is not said twice.
    "received on no day": (
        {"received_on": "snart"}, "received_on", "'snart' is not a date.",
        NO_DAY, {"received_on": "20160920"},
    ),
    "registered on no day": (
        {"registered_on": "snart"}, "registered_on", "'snart' is not a date.",
        NO_DAY, {"registered_on": ""},
    ),
    "decided before the round": (
        {"decided_on": "2016-06-09"}, "decided_on",
        "'2016-06-09' is before the round began on 2016-06-10.", "Check the date.",
        {"decided_on": "2016-06-10"},
    ),
    "decided after it was received": (
        {"decided_on": "2016-09-21"}, "decided_on",
        "'2016-09-21' is after the answer was received.", BOTH, {"decided_on": "2016-09-20"},
    ),
    "registered before it was received": (
        {"registered_on": "2016-09-19"}, "registered_on",
        "'2016-09-19' is before the answer was received.", BOTH, {"registered_on": "2016-09-20"},
    ),
    "years of another round": (
        {"years": "2016-2017"}, "years", "'2016-2017' names a year outside the round.",
        "Write one or more of 2017, 2018, or leave it blank for all.", {"years": "2017-2018"},
    ),
    "words for years": (
        {"years": "båda åren"}, "years", "'båda åren' is not understood as years.",
        "Write one or more of 2017, 2018, or leave it blank for all.", {"years": ""},
    ),
    "a no for one year": (
        {"decision": "no", "years": "2017"}, "years",
        "'2017' limits a no to some of the years.", "Write yes and the years that it covers.",
        {"decision": "no", "years": "2017, 2018"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_row_that_breaks_a_rule_is_named_with_what_to_do(
    problems_of: Callable[..., list[Problem]],
    rule: tuple[dict[str, str], str, str, str, dict[str, str]],
) -> None:
    cells, column, what, remedy, _ = rule
    value = (GOOD | {"name": ""} | cells)[column]
    expected = Problem("svar.xlsx", what, remedy, 3, column, value, "Svar")
    assert problems_of({}, cells, {}) == [expected]
    assert str(expected) == f"svar.xlsx, sheet Svar, row 3, column {column}: {what} {remedy}"


@pytest.mark.parametrize("near", [rule[-1] for rule in RULES.values()], ids=RULES)
def test_a_row_that_just_keeps_the_rule_passes(
    problems_of: Callable[..., list[Problem]], near: dict[str, str]
) -> None:
    assert problems_of(near) == []


def test_all_problems_come_at_once_in_the_order_of_the_rows(
    problems_of: Callable[..., list[Problem]],
) -> None:
    broken = [rule[0] for rule in RULES.values()]
    found = [(p.row, p.column) for p in problems_of(*broken)]
    assert found == [(row, rule[1]) for row, rule in enumerate(RULES.values(), start=2)]


def test_one_row_can_have_several_problems(problems_of: Callable[..., list[Problem]]) -> None:
    # Received the day before the round began; decided the day after that; and two cells more.
    row = {
        "code": "0006",
        "decided_on": "2016-06-10",
        "received_on": "2016-06-09",
        "decision": "",
    }
    found = {(p.row, p.column, p.value) for p in problems_of(row)}
    assert found == {
        (2, "code", "0006"),
        (2, "decided_on", "2016-06-10"),
        (2, "received_on", "2016-06-09"),
        (2, "decision", ""),
    }


def test_both_of_two_mistakes_in_one_cell_are_said(
    problems_of: Callable[..., list[Problem]],
) -> None:
    # Before the round began, and after the day on which it was received.
    cells = {"decided_on": "2016-06-09", "received_on": "2016-06-08"}
    whats = [p.what for p in problems_of(cells) if p.column == "decided_on"]
    assert len(whats) == 2
    assert any("began on 2016-06-10" in what for what in whats)
    assert any("after the answer was received" in what for what in whats)


def test_no_rows_have_no_problems(problems_of: Callable[..., list[Problem]]) -> None:
    assert problems_of() == []


# Alm joined on 1 July and left on 31 August: both days are within; the others have no limits.
@pytest.mark.parametrize(
    ("code", "decided_on", "outside"),
    [
        ("0001", "2016-06-30", True),
        ("0001", "2016-07-01", False),
        ("0001", "2016-08-31", False),
        ("0001", "2016-09-01", True),
        ("0002", "2016-09-01", False),
    ],
)
def test_an_answer_is_of_a_day_on_which_the_member_was_one(
    problems_of: Callable[..., list[Problem]],
    five_members: pd.DataFrame,
    code: str,
    decided_on: str,
    outside: bool,
) -> None:
    alm = [pd.Timestamp(2016, 7, 1), pd.Timestamp(2016, 8, 31)]
    limits = pd.DataFrame([alm] + [[pd.NaT] * 2] * 4, columns=["valid_from", "valid_to"])
    members = five_members.join(limits)
    problems = problems_of({"code": code, "decided_on": decided_on}, members=members)
    what, remedy = f"{code!r} was not a member on that day.", "Check the code and the date."
    expected = Problem("svar.xlsx", what, remedy, 2, "code", code, "Svar")
    assert problems == ([expected] if outside else [])


def test_an_answer_of_a_member_that_had_left_before_the_base_day_is_refused(
    problems_of: Callable[..., list[Problem]], five_members: pd.DataFrame
) -> None:
    """The round began on 10 June 2016; Alm's last day was the day before."""
    last_day = pd.to_datetime(pd.Series(["2016-06-09", None, None, None, None]))
    members = five_members.assign(valid_to=last_day)
    [problem] = problems_of({"code": "0001", "decided_on": "2016-07-01"}, members=members)
    assert (problem.column, problem.what) == (
        "code",
        "'0001' had left before 2016-06-10, the day whose members share the amount, and is not "
        "asked.",
    )
