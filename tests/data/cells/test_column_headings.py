from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.data.cells.column_headings import (
    COMMON_NAMES,
    KNOWN_COLUMNS,
    ColumnNames,
    column_for_heading,
)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Kommunkod", "code"),
        ("KOD", "code"),
        ("Kommun nr", "code"),
        ("kommun-nr.", "code"),
        ("Kommun", "name"),
        ("Kommunnamn:", "name"),
        ("Namn", "name"),
        ("municipality_name", "name"),
        ("Beslutsdatum", "decided_on"),
        ("Besluts-\ndatum", "decided_on"),
        ("Datum för beslut", "decided_on"),
        ("Datum fo\u0308r beslut", "decided_on"),
        ("Beslutat", "decided_on"),
        ("beslutad", "decided_on"),
        ("Decided on", "decided_on"),
        ("Inkom", "received_on"),
        ("Inkommen", "received_on"),
        ("inkommet", "received_on"),
        ("Inkom\u00a0datum :", "received_on"),
        ("inkom_datum", "received_on"),
        ("Ankomstdatum", "received_on"),
        ("Registrerad", "registered_on"),
        ("Registreringsdatum", "registered_on"),
        ("Diarieförd", "registered_on"),
        ("DIARIEFÖRD", "registered_on"),
        ("Svar", "decision"),
        ("\ufeffSvar", "decision"),
        ("Svar (ja/nej)", "decision"),
        ("Ja/Nej", "decision"),
        ("Ställningstagande", "decision"),
        ("Gäller år", "years"),
        ("Avser år", "years"),
        ("Villkor", "condition"),
        ("Förbehåll", "condition"),
        ("Dnr", "case_number"),
        ("Dnr.", "case_number"),
        ("Diarienr", "case_number"),
        ("Diarienummer", "case_number"),
        ("Ärendenummer", "case_number"),
        ("Case number", "case_number"),
        ("Anmärkning", "note"),
        ("Kommentar", "note"),
        ("Notering", "note"),
        ("Källa", "source"),
    ],
)
def test_a_heading_names_a_column(heading: str, column: str) -> None:
    assert column_for_heading(heading) == column


@pytest.mark.parametrize(
    "heading",
    [
        "",
        " ",
        ":",
        "Beslut",  # "Ja" below it may say that there is a decision
        "Datum",
        "Svarsdatum",
        "Nr",
        "Reservation",
        "Kommunens svar på rekommendationen",
        "Kalla",
        "Kommun/kod",
        "code2",
    ],
)
def test_a_heading_that_may_mean_something_else_names_none(heading: str) -> None:
    assert column_for_heading(heading) is None


@pytest.mark.parametrize("column", KNOWN_COLUMNS)
def test_every_column_goes_by_its_own_name_however_it_is_written(column: str) -> None:
    for heading in (column, column.upper(), column.replace("_", " "), f" {column}: "):
        assert column_for_heading(heading) == column


def test_the_columns_are_these_in_this_order() -> None:
    assert KNOWN_COLUMNS == [
        "code",
        "name",
        "decided_on",
        "received_on",
        "registered_on",
        "decision",
        "years",
        "condition",
        "case_number",
        "note",
        "source",
    ]


def test_known_columns_keep_their_positions_and_the_rest_is_left_out() -> None:
    headings = ["Nr", "Kommunkod", "Handläggare", "Svar", ""]
    assert COMMON_NAMES.positions(headings) == {"code": [1], "decision": [3]}


def test_repeated_columns_are_in_the_order_of_the_columns() -> None:
    headings = ["Anmärkning", "Svar", "Kod", "Kommentar", "Ställningstagande", "decision"]
    found = COMMON_NAMES.positions(headings)
    assert found == {"code": [2], "decision": [1, 4, 5], "note": [0, 3]}
    assert list(found) == ["code", "decision", "note"]


def test_a_declared_heading_takes_precedence() -> None:
    names = ColumnNames({"Besked": "decision", "Ändrat svar": "ignore", "Kommentar": "condition"})
    assert names.column_for("BESKED:") == "decision"
    assert names.column_for("Kommentar") == "condition"
    assert names.column_for("Ändrat svar") is None
    assert names.is_ignored("ändrat  svar")
    assert names.column_for("Svar") == "decision"
    assert not names.is_ignored("Svar")
    assert names.unread(["Kod", "Besked", "Ändrat svar", "Telefon"]) == ["Ändrat svar", "Telefon"]


@pytest.mark.parametrize(
    ("cells", "is_heading"),
    [
        (["Kommunkod", "Beslutsdatum", "Svar"], True),
        (["", "Kommun", "Ställningstagande", ""], True),
        (["code", "decision"], True),
        (["Svar på rekommendationen", "", ""], False),
        (["Svar", "", ""], False),
        (["Kommun", "Beslutsdatum"], False),
        (["Svar", "Beslutsdatum"], False),
        (["0114", "Upplands Väsby", "ja"], False),
        ([], False),
    ],
)
def test_a_heading_row_names_a_decision_and_a_member(cells: list[str], is_heading: bool) -> None:
    assert COMMON_NAMES.is_heading_row(cells) is is_heading


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert column_for_heading(text) in {None, *KNOWN_COLUMNS}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("År", None),
        ("Year", None),
        ("Svar*", "decision"),
        ("Kommun:", "name"),
        ("Kommunkod *", "code"),
        ("Ev. villkor", "condition"),
        ("Eventuella villkor:", "condition"),
    ],
)
def test_a_bare_year_is_no_column_and_marks_of_forms_do_not_matter(
    heading: str, column: str | None
) -> None:
    assert column_for_heading(heading) == column
