"""docs/explanation/counting.md is true: its example, its columns and its numbers are computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from helpers.data.cells.column_headings import KNOWN_COLUMNS
from helpers.data.register.columns.column_choice import choose_columns
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.errors import DataError
from helpers.funding.answers.effective_answers import effective_answers
from helpers.model.answer_register import Register
from helpers.rounding import round_half_up
from support.register_files import read

TEXT = (Path(__file__).resolve().parents[2] / "docs/explanation/counting.md").read_text("utf-8")
WORDS = RegisterVocabulary({"0001": "Alm"}, [2026])
ALTERNATIVES = [{"code", "name"}, {"decided_on", "received_on"}]
EXAMPLE = "The answer that counts"
AS_OF = {"on 31 January": date(2026, 1, 31), "on 28 February": date(2026, 2, 28)}


def table(heading: str) -> list[dict[str, str]]:
    """The table of a section: each row by its columns' headings."""
    section = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = re.findall(r"^\|(.*)\|$", section, re.MULTILINE)
    names, _, *rows = ([cell.strip(" `") for cell in line.split("|")] for line in lines)
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize("column", AS_OF)
def test_the_row_that_counts_is_the_one_marked(
    register_of: Callable[..., Register], column: str
) -> None:
    names = ["decided_on", "received_on", "decision"]
    rows = table(EXAMPLE)
    lines = [",".join(["0001", *(row[name] for name in names)]) for row in rows]
    register = register_of(*lines, heading=",".join(["code", *names]))
    counting = effective_answers(register, AS_OF[column], AS_OF[column]).effective
    [marked] = [row for row in rows if row[column]]
    assert counting["received_on"].dt.date.astype(str).tolist() == [marked["received_on"]]
    assert counting["decision"].tolist() == [marked["decision"]]


def test_the_columns_are_all_of_the_register_s_in_its_order() -> None:
    assert [row["column"] for row in table("Columns that are recognised")] == KNOWN_COLUMNS


@pytest.mark.parametrize("row", table("Columns that are recognised"), ids=lambda row: row["column"])
def test_a_column_is_needed_where_the_page_says_so(tmp_path: Path, row: dict[str, str]) -> None:
    others = [name for name in KNOWN_COLUMNS if name != row["column"]]
    if row["needed"].startswith("unless"):
        [both] = [pair for pair in ALTERNATIVES if row["column"] in pair]
        one = read(tmp_path / "one.csv", ",".join(others) + "\n")
        assert choose_columns(one, WORDS).text.empty
        others = [name for name in others if name not in both]
    register = read(tmp_path / "register.csv", ",".join(others) + "\n")
    if row["needed"] == "no":
        assert list(choose_columns(register, WORDS).text[row["column"]]) == []
    else:
        with pytest.raises(DataError, match="there is no column"):
            choose_columns(register, WORDS)


def test_the_shares_of_2016_are_of_what_the_page_says() -> None:
    percents = "That is 72% of all members, and 83% of the 253 that answered."
    assert percents in " ".join(TEXT.split())
    assert (round_half_up(100 * 209, 290), round_half_up(100 * 209, 253)) == (72, 83)
