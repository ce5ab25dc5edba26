"""What is read of a register's columns, and what is refused until round.toml says what it is."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data.register.columns.column_choice import ReadColumns, choose_columns
from helpers.data.register.columns.name_columns import HIDDEN_NAME, mentioned_member
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.errors import DataError
from helpers.model.answer_register import SourceTable
from helpers.model.settings.register_settings import RegisterSettings

MEMBERS = {
    "0114": "Upplands Väsby",
    "0180": "Stockholm",
    "0305": "Håbo",
    "0643": "Habo",
    "1281": "Lund",
    "1480": "Göteborg",
    "2326": "Berg",
    "2480": "Umeå",
}
FEES = {"0180": 1000, "1480": 600, "2480": 150}
BASE = ["Kommunkod", "Beslutsdatum", "Inkom", "Svar"]
STOCKHOLM = ["0180", "2016-09-01", "2016-09-05", "Ja"]
GOTHENBURG = ["1480", "2016-09-01", "2016-09-05", "Nej"]


def choose(
    headings: list[str],
    *rows: list[str],
    settings: RegisterSettings | None = None,
    may_take_parts: bool = True,
) -> ReadColumns:
    frame = pd.DataFrame(list(rows), pd.RangeIndex(2, len(rows) + 2), headings, dtype="str")
    stated = settings or RegisterSettings()
    words = RegisterVocabulary(MEMBERS, [2017, 2018], stated, lambda: FEES, may_take_parts)
    return choose_columns(SourceTable(frame, "svar.csv", None, "", ()), words)


@pytest.mark.parametrize(
    ("heading", "cell", "subject"),
    [
        ("Ändrat svar", "Nej", "answers"),
        ("Nytt besked", "Avstår", "answers"),
        ("Slutligt beslut", "Ja", "answers"),
        ("Second answer", "no", "answers"),
        ("Återtaget", "x", "withdrawals"),
        ("Har återkallat", "2016-12-01", "withdrawals"),
        ("Överklagat", "ja", "withdrawals"),
        ("Särskilda villkor", "Om alla är med", "conditions"),
        ("Förbehåll 2", "ja", "conditions"),
        ("Belopp", "500", "amounts"),
        ("Avgift (kr)", "1 001", "amounts"),
        ("Pledge", "1,000.50", "amounts"),
        ("2017", "Nej", "answers"),
        ("Slutligt", "Nej", "answers"),
        ("Avstår", "x", "answers"),
        ("Avser", "2017", "years"),
        ("Period", "endast 2018", "years"),
        ("Status", "Återkallat", "withdrawals"),
    ],
)
def test_a_column_that_may_change_what_is_counted_is_refused(
    heading: str, cell: str, subject: str
) -> None:
    found = choose([*BASE, heading], [*STOCKHOLM, cell] if "1,000" not in cell else
                   [*GOTHENBURG, cell])  # fmt: skip
    assert [(one.row, one.column) for one in found.errors] == [(2, heading)]
    expected = f"{cell!r} is not the member's fee" if subject == "amounts" else ""
    assert (expected or f"seems to hold {subject}") in found.errors[0].what
    assert f'"{heading}" = ' in found.errors[0].remedy


def test_part_pledges_are_proposed_only_where_the_round_can_have_them() -> None:
    [error] = choose([*BASE, "Belopp"], [*STOCKHOLM, "500"], may_take_parts=False).errors
    assert "seems to hold amounts" in error.what
    assert error.remedy.endswith('what it is: "Belopp" = "ignore".')


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Ändrat svar", ""),
        ("Återtaget", "Nej"),
        ("Återtaget", "FALSKT"),
        ("Särskilda villkor", "-"),
        ("Svarsdatum", "2016-09-05"),
        ("Svar från", "kommunstyrelsen"),
        ("Svarskanal", "e-post"),
        ("Beslutsparagraf", "KS § 14"),
        ("Avgift", "1 000"),
        ("Avgift", "1000,00"),
        ("Telefon", "08-123"),
        ("Handläggare", "Ja"),
        ("År", "2017"),
        ("Period", "2017–2018"),
        ("Avser", "svar på remiss"),
        ("Status", "Klart"),
        ("2017", "500"),
        ("Ändrad", "EB"),
    ],
)
def test_a_column_about_something_else_or_saying_nothing_is_only_not_read(
    heading: str, cell: str
) -> None:
    found = choose([*BASE, heading], [*STOCKHOLM, cell])
    assert (found.errors, found.unread) == ([], [heading])


def test_what_round_toml_says_of_a_column_settles_it() -> None:
    settings = RegisterSettings(columns={"Ändrat svar": "ignore", "Besked": "decision"})
    headings = ["Kommunkod", "Beslutsdatum", "Inkom", "Besked", "Ändrat svar"]
    found = choose(headings, [*STOCKHOLM, "Nej"], settings=settings)
    assert found.errors == []
    assert found.text["decision"].tolist() == ["Ja"]
    assert found.headings["decision"] == "Besked"


def test_a_declared_heading_that_is_not_there_is_said() -> None:
    settings = RegisterSettings(columns={"Särskilt krav": "condition", "Gammal": "ignore"})
    found = choose(BASE, STOCKHOLM, settings=settings)
    assert [(one.severity, one.column) for one in found.remarks] == [("warning", "condition")]
    assert "'Särskilt krav'" in found.remarks[0].what


def test_a_column_of_other_names_is_not_read_and_no_name_is_told() -> None:
    people = ["Ada Example", "Bo Påhittad"]
    found = choose([*BASE, "Namn"], [*STOCKHOLM, people[0]], [*GOTHENBURG, people[1]])
    assert found.text["name"].tolist() == ["", ""]
    assert [one.severity for one in found.remarks] == ["warning"]
    assert not any(name in str(found.remarks) for name in people)


def test_of_two_columns_of_names_that_of_the_members_is_read() -> None:
    headings = ["Namn", "Kommun", *BASE[1:]]
    found = choose(headings, ["Ada Example", "Stockholms stad", *STOCKHOLM[1:]])
    assert found.text["name"].tolist() == ["Stockholms stad"]
    assert found.headings["name"] == "Kommun"


def test_a_name_that_resembles_no_members_among_those_that_do_is_hidden() -> None:
    found = choose(
        [*BASE, "Kommun"],
        [*STOCKHOLM, "Stockholm"],
        [*GOTHENBURG, "Ada Example"],
    )
    assert found.text["name"].tolist() == ["Stockholm", HIDDEN_NAME]


def test_two_columns_of_codes_that_disagree_are_an_error_in_the_row() -> None:
    headings = ["Kod", *BASE]
    found = choose(headings, ["180", *STOCKHOLM], ["0180", *GOTHENBURG])
    assert [(one.row, one.column) for one in found.errors] == [(3, "code")]
    assert found.errors[0].what == (
        "'Kod' names 0180 (Stockholm) and 'Kommunkod' names 1480 (Göteborg)."
    )


def test_of_two_columns_of_codes_that_agree_the_filled_cell_is_read() -> None:
    headings = ["Kod", *BASE]
    found = choose(headings, ["", *STOCKHOLM], ["1480", *GOTHENBURG], ["180", "", *STOCKHOLM[1:]])
    assert found.errors == []
    assert found.text["code"].tolist() == ["0180", "1480", "180"]


def test_the_only_column_of_days_is_read_as_both_and_said() -> None:
    for heading in ("Datum", "Inkom", "Beslutsdatum"):
        found = choose(["Kommunkod", heading, "Svar"], ["0180", "2016-09-05", "Ja"])
        assert found.text[["decided_on", "received_on"]].iloc[0].tolist() == ["2016-09-05"] * 2
        assert [one.severity for one in found.remarks] == ["warning"]


def test_two_columns_of_days_of_which_neither_is_known_are_not_guessed() -> None:
    with pytest.raises(DataError) as error:
        choose(["Kommunkod", "Datum", "Dag", "Svar"], ["0180", "2016-09-05", "2016-09-06", "Ja"])
    assert [one.column for one in error.value.problems] == ["decided_on", "received_on"]
    assert "Beslutsdatum" in error.value.problems[0].remedy


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Göteborgs Stad, stadsledningskontoret", "1480"),
        ("Kommunstyrelsen i Umeå", "2480"),
        ("Umeå kommun / kommunledningskontoret", "2480"),
        ("Upplands Väsby kommun, KSF", "0114"),
        ("Anna Example", None),
        ("Eva Lundqvist", None),
        ("Stockholm och Umeå kommun (Göteborg)", None),  # several: none is certain
        ("Stockholm (1480)", None),
    ],
)
def test_a_longer_name_names_the_one_member_in_it(cell: str, code: str | None) -> None:
    assert mentioned_member(cell, RegisterVocabulary(MEMBERS, []).index) == code
