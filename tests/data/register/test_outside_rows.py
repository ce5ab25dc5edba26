"""Rows of a sheet that are no answers, and answers that stand where none are read."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data.register.outside_rows import refuse_answers_above, set_aside_other_rows
from helpers.data.register.register_vocabulary import RegisterVocabulary
from helpers.errors import DataError
from helpers.model.answer_register import SourceTable

WORDS = RegisterVocabulary(
    {"0180": "Stockholm", "0209": "Påhitt", "1480": "Göteborg"}, [2017, 2018]
)
HEADINGS = ["Kommunkod", "Kommun", "Svar", "Beslutsdatum", "Inkom", "Antal"]
ANSWER = ["0180", "Stockholm", "Ja", "2016-09-01", "2016-09-05", ""]


def table(*rows: list[str], above: list[list[str]] | None = None) -> SourceTable:
    frame = pd.DataFrame(list(rows), pd.RangeIndex(4, len(rows) + 4), HEADINGS, dtype="str")
    before = tuple((number, tuple(cells)) for number, cells in enumerate(above or [], 1))
    return SourceTable(frame, "svar.csv", None, "", (), above=before)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["Summa", "", "1 ja", "", "", "12"], "a total"),
        (["", "", "", "", "", "12"], "a total"),
        (["", "Totalt", "209", "", "", ""], "a total"),
        (["Antal ja: 209", "", "", "", "", ""], "a total"),
        (["", "Ja", "209", "", "", ""], "a total"),
        (["* preliminärt svar", "", "", "", "", ""], "a note or a heading of its own"),
        (["", "Västra Götalands län", "", "", "", ""], "a note or a heading of its own"),
        (HEADINGS, "a heading that is repeated"),
    ],
)
def test_a_row_that_is_no_answer_is_left_out_and_named_once(row: list[str], kind: str) -> None:
    left, remarks = set_aside_other_rows(table(ANSWER, row), WORDS)
    assert list(left.rows.index) == [4]
    assert [(one.row, one.severity) for one in remarks] == [(5, "warning")]
    assert remarks[0].what == f"the row is {kind}, and was not read as an answer."


@pytest.mark.parametrize(
    "row",
    [
        ["9999", "", "Ja", "2016-09-01", "2016-09-05", ""],
        ["", "", "Ja", "2016-09-01", "2016-09-05", ""],
        ["", "Stokholm", "", "", "", ""],
        ["", "", "Ja", "", "", ""],
        ["9999", "", "", "", "", ""],
        ["", "Landstinget", "Ja", "", "", ""],
    ],
)
def test_a_row_that_may_be_an_answer_written_wrong_is_kept_to_be_refused(row: list[str]) -> None:
    left, remarks = set_aside_other_rows(table(ANSWER, row), WORDS)
    assert (list(left.rows.index), remarks) == ([4, 5], [])


@pytest.mark.parametrize(
    "above",
    [
        ["1480", "Göteborg", "Nej", "2016-09-01", "2016-09-05"],
        ["Göteborgs stad", "Ja"],
        ["1480", "", "", "", "2016-09-05"],
        ["180", "2016-09-05", "Ja"],
    ],
)
def test_an_answer_above_the_heading_stops_it(above: list[str]) -> None:
    with pytest.raises(DataError, match="above the heading") as error:
        refuse_answers_above(table(ANSWER, above=[["Svar 2016"], above]), WORDS)
    assert [one.row for one in error.value.problems] == [2]


@pytest.mark.parametrize(
    "above",
    [
        ["Svar per den 2016-09-05"],
        ["Ja", "209"],
        ["Nej", "44"],
        ["Stockholm"],
        ["Uttag", "2016-09-05"],
    ],
)
def test_titles_and_counts_above_the_heading_are_no_answers(above: list[str]) -> None:
    refuse_answers_above(table(ANSWER, above=[above]), WORDS)
