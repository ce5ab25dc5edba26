from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers.data.readers.table_reader import read_table
from helpers.data.register.register_loader import ExaminedRegister, examine_table
from helpers.model.funding_round import Round

Examine = Callable[..., ExaminedRegister]
HEADING = "kommunkod;svar;beslutsdatum;inkom;villkor;kommentar"


@pytest.fixture
def examine(tmp_path: Path, shipped_members: pd.DataFrame, shipped_round: Round) -> Examine:
    def examined(*rows: str, heading: str = HEADING) -> ExaminedRegister:
        path = tmp_path / "svar.csv"
        path.write_text("\n".join([heading, *rows]) + "\n", "utf-8")
        return examine_table(read_table(str(path)), shipped_members, shipped_round)

    return examined


def row(condition: str, note: str = "", code: str = "0180") -> str:
    return f"{code};Ja;2016-09-01;2016-09-05;{condition};{note}"


@pytest.mark.parametrize(
    "filler",
    ["NULL", "null", "Nej", "nej", "-", "–", "0", "FALSKT", "FALSE", "False", "n/a", "N/A", "None",
     "nan", "inget", "Ingen.", "saknas", "Inga villkor", "(null)", "\\N", "utan förbehåll",
     "Utan", "EJ", "(tom)", "[]", "n.a.", "Nej, inga villkor", "Inga särskilda villkor",
     "Villkor saknas", "utan villkor eller förbehåll", "nej tack", "…", "_____", "00:00:00",
     "1900-01-00", "Ej villkorat", "undefined", "'NULL", "”Nej”"],
)  # fmt: skip
def test_a_filler_is_no_condition_and_is_named_as_a_repair(examine: Examine, filler: str) -> None:
    found = examine(row(filler), row(filler, code="1480"))
    assert found.errors == []
    assert list(found.register.rows["condition"]) == ["", ""]
    [remark] = found.register.remarks  # one for the word, not one for each row
    assert (remark.row, remark.severity, remark.value) == (2, "repair", filler)
    assert "in this row and 1 more" in remark.what


@pytest.mark.parametrize("mark", ["ja", "TRUE", "SANT", "x", "1", "X"])
def test_a_mark_is_a_condition_whose_text_is_missing(examine: Examine, mark: str) -> None:
    found = examine(row(mark))
    assert found.errors == []
    assert list(found.register.rows["condition"]) == [mark]
    assert [one.severity for one in found.register.remarks] == ["warning"]


@pytest.mark.parametrize("text", ["?", "*", "2", "vet ej", "Uppgift saknas", "✗"])
def test_a_text_that_says_no_condition_counts_as_one_and_is_named(
    examine: Examine, text: str
) -> None:
    found = examine(row(text))
    assert found.errors == []
    assert list(found.register.rows["condition"]) == [text]
    [remark] = found.register.remarks
    assert (remark.severity, remark.value) == ("warning", text)
    assert "was counted as a condition, but says none" in remark.what


@pytest.mark.parametrize(
    "text",
    [
        "Nej till 2018",
        "Inga villkor utom att alla är med",
        "Utan regionen blir det nej",
        "0,5 mnkr i tak",
        "Noll i ränta",
        "Null och intet",
    ],
)
def test_a_text_that_begins_like_a_filler_is_a_condition(examine: Examine, text: str) -> None:
    assert list(examine(row(text)).register.rows["condition"]) == [text]


@pytest.mark.parametrize(
    "cell", ["#N/A", "#REF!", "#SAKNAS!", "#VÄRDEFEL!", "#DIVISION/0!", "Err:502"]
)
def test_an_error_cell_is_an_error_in_every_known_column(examine: Examine, cell: str) -> None:
    rows = [row(cell), row("", cell), f"1480;{cell};2016-09-01;2016-09-05;;",
            f"1480;Ja;{cell};2016-09-05;;", f"{cell};Ja;2016-09-01;2016-09-05;;"]  # fmt: skip
    errors = examine(*rows).errors
    assert [(one.row, one.value) for one in errors] == [(n, cell) for n in range(2, 7)]
    assert all("spreadsheet's error" in one.what for one in errors)


@pytest.mark.parametrize(
    "note",
    ["Under förutsättning av budget", "Återtaget 3/10", "beslutet överklagat", "endast 2017",
     "med reservation för budget", "Preliminärt besked", "ej laga kraft", "Ärendet bordlades",
     "återremitterat", "har ångrat sig", "subject to approval", "only for 2018"],
)  # fmt: skip
def test_a_note_that_may_change_the_answer_is_a_warning(examine: Examine, note: str) -> None:
    [remark] = examine(row("", note)).register.remarks
    assert (remark.severity, remark.value) == ("warning", note)
    assert examine(row("", "ringde i går, enhälligt beslut 2016")).register.remarks == []


def test_rows_of_unknown_members_are_not_repetitions(
    examine: Examine,
) -> None:
    heading = "kommun;svar;beslutsdatum;inkom"
    day = "Ja;2016-09-01;2016-09-05"
    found = examine(f"Xyzzy;{day}", f"Plugh;{day}", heading=heading)
    assert found.register.remarks == []
    assert len(found.errors) == 2
    again = examine(f"Kalmar;{day}", f"Kalmar kommun;{day}", heading=heading)
    assert [one.row for one in again.register.remarks] == [3]


@pytest.mark.parametrize(
    ("marks", "decision"),
    [("x;", "yes"), (";X", "no"), ("SANT;FALSKT", "yes"), ("0;1", "no"), ("Ja;", "yes")],
)
def test_a_pair_of_columns_ja_and_nej_is_an_answer(
    examine: Examine, marks: str, decision: str
) -> None:
    found = examine(f"0180;{marks};2016-09-01;2016-09-05", heading="kod;Ja;Nej;beslutsdatum;inkom")
    assert found.errors == []
    assert list(found.register.rows["decision"]) == [decision]


@pytest.mark.parametrize("marks", ["x;x", "kanske;", ";Ja"])
def test_a_pair_that_is_unclear_is_refused(examine: Examine, marks: str) -> None:
    found = examine(f"0180;{marks};2016-09-01;2016-09-05", heading="kod;Ja;Nej;beslutsdatum;inkom")
    assert [one.column for one in found.errors] == ["decision"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("1480", "1480"), ("0180 Stockholm", "0180"), ("Malmö (1280)", "1280"), ("114", "0114"),
     ("Göteborgs stad, 1480", "1480"), ("SE0120", "0120"), ('"=""0114"""', "0114"),
     ("117.0", "0117"), ("'0115", "0115"), ("Kalmar kommun", "0880")],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["kommun", "kommunkod"])
def test_a_member_is_found_by_code_and_name_in_either_column(
    examine: Examine, heading: str, cell: str, code: str
) -> None:
    found = examine(
        f"{cell};Ja;2016-09-01;2016-09-05", heading=f"{heading};svar;beslutsdatum;inkom"
    )
    assert found.errors == []
    assert list(found.register.rows["code"]) == [code]


@pytest.mark.parametrize("cell", ["0180 Göteborg", "Malmö (1480)", "9999 Stockholm"])
def test_a_code_and_a_name_in_one_cell_that_disagree_are_refused(
    examine: Examine, cell: str
) -> None:
    row = f"{cell};Ja;2016-09-01;2016-09-05"
    assert len(examine(row, heading="kommun;svar;beslutsdatum;inkom").errors) == 1


@pytest.mark.parametrize("rest", [";;;", "-;;;", "Ej svarat;;-;", "NULL;NULL;NULL;NULL", ";;;Nej"])
def test_a_member_and_nothing_else_has_not_answered(examine: Examine, rest: str) -> None:
    found = examine(row(""), f"0180;{rest};", f"1480;{rest};")
    assert found.errors == []
    assert list(found.register.rows["code"]) == ["0180"]  # and the earlier answer stands
    assert "2 rows with a member and no answer: not answered." in found.register.table.notes


@pytest.mark.parametrize("rest", ["Bordlagt;;2016-09-05;", "Vet ej;;;", ";;2016-09-05;", ";;;Om"])
def test_a_member_with_anything_else_is_not_left_out(examine: Examine, rest: str) -> None:
    assert {one.row for one in examine(f"0180;{rest};").errors} == {2}


def test_a_footnote_is_named_once_and_is_no_member_that_has_not_answered(examine: Examine) -> None:
    examined = examine(row(""), "* preliminärt svar;;;;;")
    assert examined.errors == []
    assert [(one.row, one.what.partition(",")[0]) for one in examined.register.remarks] == [
        (3, "the row is a note or a subheading")
    ]
    assert not any("not answered" in note for note in examined.register.table.notes)


def test_a_text_that_may_change_an_answer_in_a_column_that_is_not_read_is_named(
    examine: Examine,
) -> None:
    heading = "kommunkod;svar;beslutsdatum;inkom;övrigt"
    found = examine("0180;Ja;2016-09-01;2016-09-05;Anna ringde: återtaget", heading=heading)
    assert found.errors == []
    [remark] = found.register.remarks
    assert (remark.severity, remark.row, remark.column) == ("warning", 2, "övrigt")
    assert "Anna" not in str(remark)
    assert examine("0180;Ja;2016-09-01;2016-09-05;ringt", heading=heading).register.remarks == []


def test_a_name_that_is_a_spreadsheets_error_is_an_error(examine: Examine) -> None:
    heading = "kommunkod;kommun;svar;beslutsdatum;inkom"
    [error] = examine("0180;#N/A;Ja;2016-09-01;2016-09-05", heading=heading).errors
    assert (error.column, error.value) == ("name", "#N/A")


def test_of_a_prefilled_row_only_the_unknown_member_is_an_error(examine: Examine) -> None:
    [error] = examine("9999;;;;;").errors
    assert (error.row, error.column) == (2, "code")


def test_a_column_of_municipalities_is_read_though_few_are_named_as_they_should(
    examine: Examine,
) -> None:
    heading = "kommunkod;kommun;svar;beslutsdatum;inkom"
    day = "Ja;2016-09-01;2016-09-05"
    rows = [
        f"0180;Göteborgs stad;{day}",
        f"0114;Kommunstyrelsen;{day}",
        f"0115;Kommunledningskontoret;{day}",
    ]
    assert [error.row for error in examine(*rows, heading=heading).errors] == [2]
    # Of a column "Namn" these may be persons.
    assert examine(*rows, heading=heading.replace(";kommun;", ";namn;")).errors == []
