from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TypeVar

import numpy as np
import pandas as pd
import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from helpers.data.cells.cell_values import cell_text, normalize_text, parse_years
from helpers.data.cells.days import explain_invalid_day, parse_day
from helpers.data.cells.decisions import parse_decision

SUMMER_TIME = timezone(timedelta(hours=2))
ROUND = [2017, 2018]


Answer = TypeVar("Answer")


def each(expected: Mapping[Answer, Iterable[object]]) -> list[tuple[object, Answer]]:
    return [(cell, answer) for answer, cells in expected.items() for cell in cells]


VALUES: dict[str, list[object]] = {
    "": [
        None, math.nan, np.float64("nan"), pd.NaT, pd.NA, np.datetime64("NaT", "ns"),
        Decimal("NaN"), Decimal("sNaN"), "", " \u00a0\u200b",
    ],
    "2016-10-03": [
        date(2016, 10, 3),
        datetime(2016, 10, 3),  # noqa: DTZ001
        datetime(2016, 10, 3, 23, 59, 59),  # noqa: DTZ001
        datetime(2016, 10, 3, tzinfo=SUMMER_TIME),
        pd.Timestamp("2016-10-03 14:30"),
        np.datetime64("2016-10-03T14:30:00.000000000"),
    ],
    # Midnight between the 3rd and the 4th in Sweden: not for us to say which.
    "2016-10-03 22:00:00+00:00": [datetime(2016, 10, 3, 22, tzinfo=UTC)],
    "14:30:00": [time(14, 30)],
    "114": [114, 114.0, np.int64(114), np.float32(114), Decimal("114.00"), " 114\n"],
    "114.0": ["114.0"],  # text is what somebody wrote: it stays
    "0114": ["0114"],
    "0": [-0.0],
    "0.5": [0.5, Decimal("0.5")],
    "10000000000000000": [1e16, Decimal("1E+16")],
    "12345678901234567891": [12345678901234567891, Decimal("12345678901234567891")],
    "100000000000000000000000000000003": [Decimal("100000000000000000000000000000003")],
    "inf": [math.inf],
    "Infinity": [Decimal("Infinity")],
    "true": [True, np.True_],
    "false": [False],
    "Ja": ["  Ja \n", "\u00a0Ja\u202f", "\ufeffJa", "Ja\u200b \u200b"],
    "Ja,\u00a0men": ["Ja,\u00a0men"],
}  # fmt: skip


@pytest.mark.parametrize(("value", "text"), each(VALUES))
def test_any_value_of_a_cell_becomes_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_plain_text_is_composed_visible_and_singly_spaced() -> None:
    assert normalize_text(" Va\u0308xjo\u0308\u00a0 \n kom\u00admun\u200b ") == "Växjö kommun"


DAYS = {
    "2016-10-03": [
        "2016-10-03", " 2016-10-03\u00a0", "2016-10-03 00:00:00", "2016-10-03 00:00",
        "2016-10-03T00:00:00", "2016-10-03T00:00:00.000000", "2016-10-03 14:30:15",
        "2016-10-03T00:00:00Z", "2016-10-03 00:00:00.0000000 +02:00", "20161003", "3 oktober 2016",
        "2016/10/03", "2016-10-3", "2016.10.03", "2016-10-03 14.30", "2016-10-03 kl. 14:30",
        "2016-10-03T00:30:00+02:00", "2016-10-03T21:59:00Z", "2016-10-03 11:00 PM GMT+2",
        "2016/10/03 2:30:05 em CEST", "2016-10-03, 14:30", "20161003143000", "201610031430",
        "October 3, 2016", "Oct 3 2016", "Monday, October 3, 2016", "October 3rd, 2016",
        "3 okt 2016", "3-Oct-2016", "3. oktober 2016", "den 3:e oktober 2016 kl 9.15",
        "03 oktober 2016", "3 Oktober 2016", "3\u00a0OKTOBER\u00a02016", "3 okt 2016",
        "3 okt. 2016", "den 3 oktober 2016", "Den 3 okt. 2016", "måndag 3 oktober 2016",
        "måndag den 3 oktober 2016", "Måndagen den 3 oktober 2016", "ma\u030andag 3 oktober 2016",
        "mån 3 okt 2016", "3 October 2016", "3 Oct 2016", "Monday 3 October 2016",
        "Monday, 3 October 2016", "3/10 2016", "den 3/10 2016", "3/10-2016", "2016‑10‑03",
        "2016–10–03",
    ],
    "2016-02-29": ["2016-02-29", "29 februari 2016"],
    "2016-09-01": ["1 september 2016", "1 sept 2016", "1 sep. 2016"],
    "2017-03-05": ["5 mars 2017", "5 mar 2017", "5 March 2017"],
    "2017-05-05": ["5 maj 2017", "5 May 2017"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), each(DAYS))
def test_a_day_that_can_be_read_in_one_way(text: str, day: str) -> None:
    assert parse_day(text) == day


REFUSED = {
    "can be read as more than one day.": [
        "5/9/16", "05/09/2016", "5.9.2016", "5-9-16", "5 9 2016", "160903", "03102016",
    ],
    # Two digits of a year may be a day as well, in this row or in the next one.
    "is written in a form that is not read.": ["31122016"],
    "is not a day that exists.": [
        "2016-02-30", "2015-02-29", "2016-13-01", "0000-01-01", "20160230", "30 februari 2016",
        "måndag 32 oktober 2016", "31/2/2016", "10/13 2016",
    ],
    "looks like a spreadsheet's number of a day.": ["42646", "42646.0", "42646,5"],
    "names another day of the week than that day has.": ["tisdag 3 oktober 2016"],
    "is a time in a time zone, where it may be another day than here.": [
        "2016-10-03T22:00:00Z", "2016-10-03 22:00:00+00:00",
    ],
    "is not a date.": [
        "2016-10-03 25:00:00", "3 oktober", "3 oktober 16", "oktober 2016", "3 vendémiaire 2016",
        "lillördag 3 oktober 2016", "en 3 oktober 2016", "månen 3 oktober 2016", "2016",
        "114", "2016-10-03 (KS § 123)", "2016–2017", "٢٠١٦-١٠-٠٣", "ja",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "what"), each(REFUSED))
def test_what_is_not_surely_one_day_is_refused_and_named(text: str, what: str) -> None:
    assert parse_day(text) is None
    assert explain_invalid_day(text)[0] == f"'{text}' {what}"


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u200b"])
def test_a_blank_day_is_called_blank(text: str) -> None:
    assert explain_invalid_day(text) == (
        "The day is blank.",
        "Write an existing day as YYYY-MM-DD.",
    )


def test_what_is_said_of_a_day_is_short_and_says_what_to_do() -> None:
    assert explain_invalid_day("5/9/16")[1] == (
        'Write it as YYYY-MM-DD, or write date_order = "day-first" or "month-first" under '
        "[register] in round.toml."
    )
    assert explain_invalid_day("2016-02-30")[1] == "Write an existing day as YYYY-MM-DD."
    assert explain_invalid_day("42646")[1].startswith(
        "Format the column as dates in the spreadsheet"
    )
    assert explain_invalid_day("x" * 81)[0] == f"'{'x' * 77}...' is not a date."


ANSWERS = {
    ("yes", ""): [
        "ja", "Ja", "JA ", "Ja.", "\u200bja\u00a0", "yes", "Yes", "JA!", "Ja tack", "ja tack!!",
        "J", "y", "SANT", "true", "Ja, utan villkor", "ja, utan förbehåll",
    ],
    ("no", ""): [
        "nej", "NEJ", "Nej.", " nej", "no", "No", "Nej tack.", "N", "falskt", "False",
    ],
    ("yes", "under förutsättning att regionen deltar"): [
        "Ja, under förutsättning att regionen deltar",
        "ja under förutsättning att\n regionen\u00a0deltar",
    ],
    ("yes", "MED FÖRBEHÅLL FÖR BUDGET"): ["JA MED FÖRBEHÅLL FÖR BUDGET"],
    ("yes", "med vissa villkor"): ["Ja – med vissa villkor", "ja; med vissa villkor"],
    ("yes", "förutsatt att Falun deltar"): ["ja, förutsatt att Falun deltar"],
    ("yes", "villkorat av beslut i KF"): ["ja, villkorat av beslut i KF"],
    ("yes", "provided that others join"): ["Yes, provided that others join"],
    None: [
        "", "x", "1", "0", "ja/nej", "ja och nej", "kanske", "nja",
        "nej, men gärna senare", "nej, under förutsättning att", "Ja, men inte 2018", "ja,", "ja?",
        "ja...", "ja nej", "jaså", "ja, villkorslöst",
        "jaunder förutsättning", "ja förutsättningslöst", "bifall",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "decision"), each(ANSWERS))
def test_an_answer_and_its_condition(text: str, decision: tuple[str, str] | None) -> None:
    assert parse_decision(text) == decision


YEARS = {
    "": [
        "", "\u00a0", "2017,2018", "2018, 2017", "2017;2018", "2017/2018", "2017 & 2018",
        "2017 och 2018", "2017 Och\n2018", "2017 2018", "2017\u00a02018", "2017-2018",
        "2017–2018", "2017 – 2018", "2017 and 2018",
    ],
    "2018": ["2018", " 2018 ", "2018, 2018", "2018–2018"],
    None: [
        "2016", "2019", "2016–2018", "2018–2017", "2017-18", "17", "20172018", "2017-", "2017,",
        "2017.0", "2017 eller 2018", "inte 2017", "båda", "år 2017", "-", "٢٠١٧", "2017-2018-2019",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "years"), each(YEARS))
def test_the_years_that_an_answer_covers(text: str, years: str | None) -> None:
    assert parse_years(text, ROUND) == years


def test_some_of_three_years_are_written_in_order() -> None:
    years = [2017, 2018, 2019]
    assert parse_years("2019, 2017", years) == parse_years("2017,2019", years) == "2017,2019"
    assert parse_years("2018–2019", years) == "2018,2019"
    assert parse_years("2017, 2018–2019", years) == ""
    assert parse_years("2017–2019", [2017, 2019]) is None


@given(st.text() | st.text("0123456789-/. :TZ+,"))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    cell_text(text)
    parse_decision(text)
    parse_years(text, ROUND)
    what, remedy = explain_invalid_day(text)
    assert what.endswith(".")
    assert remedy.endswith(".")
    day = parse_day(text)
    assert day is None or date.fromisoformat(day).isoformat() == day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["sv", "en_GB"]))
def test_any_day_as_babel_writes_it_is_that_day(day: date, locale: str) -> None:
    for form in ("d MMMM y", "d MMM y", "EEEE d MMMM y", "y-MM-dd"):
        assert parse_day(format_date(day, form, locale=locale)) == day.isoformat()
    assert parse_day(cell_text(day)) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25.9.2016", "2016-09-25"),
        ("25/9/2016", "2016-09-25"),
        ("9/25/2016 14:30", "2016-09-25"),
        ("7.7.2016", "2016-07-07"),  # the same day either way
        # In winter Sweden is one hour before UTC.
        ("2016-12-31T22:59:00Z", "2016-12-31"),
        ("2016-12-31T23:30:00Z", None),
        ("2016-07-01 01:00:00-05:00", "2016-07-01"),
        ("2016-07-01 20:00:00-05:00", None),
        ("2016-09-05 24:00", None),
        ("2016-09-05 13:00 em", None),
        ("5.9.2016 14.30", None),
        ("05-Sep-16", None),
        ("2016-W36", None),
    ],
)
def test_a_day_in_numbers_or_with_a_zone_is_read_where_it_can_be_only_one(
    text: str, day: str | None
) -> None:
    assert parse_day(text) == day
