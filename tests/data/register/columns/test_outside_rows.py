"""Rows of a sheet that are not answers are left out, and each is named once."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data.register.columns.outside_rows import set_aside_other_rows
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.model.answer_register import SourceTable

WORDS = RegisterVocabulary(
    {"0180": "Stockholm", "0209": "Påhitt", "1480": "Göteborg"}, [2017, 2018]
)
HEADINGS = ["Kommunkod", "Kommun", "Svar", "Beslutsdatum", "Inkom", "Antal"]
ANSWER = ["0180", "Stockholm", "Ja", "2016-09-01", "2016-09-05", ""]


def table(*rows: list[str]) -> SourceTable:
    frame = pd.DataFrame(list(rows), pd.RangeIndex(4, len(rows) + 4), HEADINGS, dtype="str")
    return SourceTable(frame, "svar.csv", None, "", ())


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["Summa", "", "1 ja", "", "", "12"], "a total"),
        (["", "", "", "", "", "12"], "a total"),
        (["", "Totalt", "209", "", "", ""], "a total"),
        (["Antal ja: 209", "", "", "", "", ""], "a total"),
        (["", "Ja", "209", "", "", ""], "a total"),
        (["* preliminärt svar", "", "", "", "", ""], "a note or a subheading"),
        (["", "Västra Götalands län", "", "", "", ""], "a note or a subheading"),
        (HEADINGS, "a heading that is repeated"),
        (["S:a", "", "2", "", "", ""], "a total"),
        (["", "", "(ja/nej)", "åååå-mm-dd", "åååå-mm-dd", ""], "an explanation of the columns"),
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
        ["9999", "", "Ja", "", "", ""],
        ["", "Landstinget", "Ja", "", "", ""],
        ["1480;Göteborg;Nej;2016-09-01;2016-09-05;", "", "", "", "", ""],
    ],
)
def test_a_row_that_may_be_an_answer_written_wrong_is_kept_to_be_refused(row: list[str]) -> None:
    left, remarks = set_aside_other_rows(table(ANSWER, row), WORDS)
    assert (list(left.rows.index), remarks) == ([4, 5], [])
