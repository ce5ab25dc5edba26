from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.data.register.columns.column_choice import choose_columns
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.row_normalization import normalize_rows, with_dates
from helpers.errors import DataError
from helpers.model.answer_register import REGISTER_COLUMNS, SourceTable

WORDS = RegisterVocabulary(
    {"0114": "Upplands Väsby", "0180": "Stockholm", "1480": "Göteborg"}, [2017, 2018]
)
SWEDISH = ["Kommunkod", "Kommun", "Beslutsdatum", "Inkom", "Svar", "Avser år", "Villkor"]


def table(headings: list[str], *rows: list[str]) -> SourceTable:
    """A table as read_table gives it; the heading is row 1."""
    frame = pd.DataFrame(list(rows), pd.RangeIndex(2, len(rows) + 2), headings, dtype="str")
    return SourceTable(frame, "svar.csv", None, "", ())


def text_of(**cells: str) -> pd.DataFrame:
    """One row, number 2; the cells that are not named are blank."""
    row = dict.fromkeys([*REGISTER_COLUMNS, "name"], "") | cells
    return pd.DataFrame([row], pd.Index([2]), dtype="str")


def understood(**cells: str) -> dict[str, str]:
    [row] = normalize_rows(text_of(**cells), WORDS).to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_swedish_headings_are_known_and_the_rest_is_blank() -> None:
    row = ["180", "Stockholm", "3 oktober 2016", "2016-10-05", "Ja", "2017", ""]
    text = choose_columns(table([*SWEDISH, "Telefon"], [*row, "08-123"]), WORDS).text
    assert list(text.columns) == [*REGISTER_COLUMNS, "name"]
    filled = {name: cell for name, cell in text.loc[2].items() if cell}
    assert filled == {
        "code": "180",
        "name": "Stockholm",
        "decided_on": "3 oktober 2016",
        "received_on": "2016-10-05",
        "decision": "Ja",
        "years": "2017",
    }


# Needed are who (a code or a name), what, and the two days.
@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (["Namn", "Beslutsdatum", "Inkom", "Svar"], []),
        (["Kod", "Beslutsdatum", "Inkom", "Svar"], []),
        (["Beslutsdatum", "Inkom", "Svar"], ["code"]),
        (["Kod", "Svar"], ["decided_on", "received_on"]),
        (["Telefon"], ["code", "decided_on", "received_on", "decision"]),
    ],
)
def test_every_missing_column_is_named_with_those_found(
    headings: list[str], missing: list[str]
) -> None:
    read = table(headings, ["x"] * len(headings))
    if not missing:
        assert list(choose_columns(read, WORDS).text.index) == [2]
        return
    with pytest.raises(DataError) as error:
        choose_columns(read, WORDS)
    assert [(p.file, p.column) for p in error.value.problems] == [("svar.csv", m) for m in missing]
    for name, problem in zip(missing, error.value.problems, strict=True):
        found = f"The columns found are: {', '.join(headings)}."
        assert problem.what == f"there is no column {name!r}. {found}"


def test_repeated_and_missing_columns_are_refused() -> None:
    with pytest.raises(DataError) as error:
        choose_columns(table(["Kod", "Svar", "Ja/nej"], ["0180", "ja", "nej"]), WORDS)
    said = [(p.column, p.what.partition(".")[0]) for p in error.value.problems]
    assert said == [
        ("decided_on", "there is no column 'decided_on'"),
        ("received_on", "there is no column 'received_on'"),
        ("decision", "more than one column is 'decision': 'Svar' and 'Ja/nej'"),
    ]


# Each cell as somebody wrote it, and the canonical row's cells that follow from it.
CELLS = [
    ({"code": "180"}, {"code": "0180"}),
    ({"code": "9999"}, {"code": "9999"}),  # no member's: it stays, for the check to name
    ({"name": "Stockholms stad"}, {"code": "0180", "name": "Stockholms stad"}),
    ({"name": "Stokholm"}, {"code": ""}),  # never guessed
    ({"code": "1480", "name": "Stockholm"}, {"code": "1480"}),  # the code goes before the name
    ({"decided_on": "3 oktober 2016"}, {"decided_on": "2016-10-03"}),
    ({"decided_on": "3/10/16"}, {"decided_on": "3/10/16"}),
    ({"received_on": "20161005"}, {"received_on": "2016-10-05", "registered_on": ""}),
    (
        {"received_on": "2016-10-05", "registered_on": "den 7 oktober 2016"},
        {"received_on": "2016-10-05", "registered_on": "2016-10-07"},
    ),
    ({"decision": "JA."}, {"decision": "yes", "condition": ""}),
    ({"decision": "kanske"}, {"decision": "kanske", "condition": ""}),
    ({"years": "2018"}, {"years": "2018"}),
    ({"years": "2018 och 2017"}, {"years": ""}),  # all the years of the round
    ({"years": "2016"}, {"years": "2016"}),  # not one of them
    ({"source": "Rekonstruerad"}, {"source": "reconstructed"}),
    ({"source": "Reconstructed"}, {"source": "reconstructed"}),
    ({"source": "Brev"}, {"source": "Brev"}),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "expected"), CELLS)
def test_a_cell_is_understood_or_stays_as_it_stood(
    cells: dict[str, str], expected: dict[str, str]
) -> None:
    row = understood(**cells)
    assert {name: row[name] for name in expected} == expected


IN_CELL = "Ja, under förutsättning att alla är med"
CONDITION = "under förutsättning att alla är med"


@pytest.mark.parametrize(
    ("decision", "condition", "expected"),
    [
        (IN_CELL, "", CONDITION),
        ("Ja", CONDITION, CONDITION),
        (IN_CELL, CONDITION, CONDITION),  # said twice, kept once
        (IN_CELL, "högst 2017", f"högst 2017; {CONDITION}"),
    ],
)
def test_a_condition_in_the_answers_cell_joins_the_conditions_column(
    decision: str, condition: str, expected: str
) -> None:
    row = understood(decision=decision, condition=condition)
    assert (row["decision"], row["condition"]) == ("yes", expected)


def test_only_a_day_that_was_understood_becomes_a_day() -> None:
    row = with_dates(
        normalize_rows(text_of(decided_on="3 oktober 2016", received_on="5/9/16"), WORDS)
    ).loc[2]
    assert row["decided_on"] == pd.Timestamp(2016, 10, 3)
    assert pd.isna(row["received_on"])
    assert pd.isna(row["registered_on"])


def test_no_rows_are_no_rows() -> None:
    rows = with_dates(normalize_rows(text_of().iloc[:0], WORDS))
    assert list(rows.columns) == REGISTER_COLUMNS
    assert rows.empty


# What an officer may write in any of the cells, and anything at all.
written = st.one_of(
    st.sampled_from(
        [
            "",
            "180",
            "0114",
            "Göteborg",
            "2016-10-03",
            "3 oktober 2016",
            "ja",
            "Nej.",
            IN_CELL,
            CONDITION,
            "2017",
            "2017-2018",
            "rekonstruerad",
        ]
    ),
    st.text(max_size=12),
)


@given(st.fixed_dictionaries(dict.fromkeys([*REGISTER_COLUMNS, "name"], written)))
@example(dict.fromkeys([*REGISTER_COLUMNS, "name"], IN_CELL))
def test_doing_it_again_changes_nothing(cells: dict[str, str]) -> None:
    once = normalize_rows(text_of(**cells), WORDS)
    pd.testing.assert_frame_equal(normalize_rows(once, WORDS), once)
