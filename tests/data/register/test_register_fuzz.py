"""Registers as no one should write them: never a traceback, never a row unaccounted for.

FUZZ_EXAMPLES sets how many are tried; `make bench` tries 10 000.
"""

import os
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.data.readers.table_reader import read_table
from helpers.data.register.register_loader import examine_table
from helpers.errors import ReportError
from helpers.funding.answers.effective_answers import effective_answers
from helpers.model.funding_round import Round

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
BEGAN = date(2016, 6, 10)
PLACES = ("counting", "superseded", "duplicate", "replaced", "not_yet_known")

days = st.integers(0, 250).map(lambda n: (BEGAN + timedelta(days=n)).isoformat())
odd_days = st.sampled_from(
    [
        "",
        "3 oktober 2016",
        "3 okt. 2016",
        "5/9/16",
        "2016-02-30",
        "42646",
        "20161003",
        "i går",
        "2016-10-03 00:00:00",
        "9999-12-31",
        "0001-01-01",
        "2016-13-01",
    ],
)
junk = st.text(max_size=12)
day = st.one_of(days, days, days, odd_days, junk)
code = st.one_of(
    st.sampled_from(["0001", "0002", "0003", "0004", "0005"]),
    st.sampled_from(["1", "2", "", "9999", "Alm", "0001 ", "=1+1", "<script>"]),
    junk,
)
name = st.one_of(st.just(""), st.sampled_from(["Alm", "Bergs kommun", "Dahl", "EK"]), junk)
answer = st.one_of(
    st.sampled_from(["yes", "no", "ja", "Nej", "JA"]),
    st.sampled_from(["", "kanske", "ja/nej", "Ja, under förutsättning att", "nej."]),
    junk,
)
years = st.one_of(st.just(""), st.sampled_from(["2017", "2017,2018", "2018–2017", "2019"]), junk)
row = st.tuples(code, name, day, day, day, answer, years, junk, junk)
HEADING = ("kommunkod", "kommun", "beslutsdatum", "inkom", "registrerad", "svar", "år", "villkor")


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A CSV file of plausible and implausible rows, some of them twice, now and then damaged."""
    rows = draw(st.lists(row, max_size=8))
    rows += draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else []
    separator = draw(st.sampled_from([",", ";", "\t"]))
    heading = (
        [*HEADING, "anmärkning"] if draw(st.integers(0, 9)) else draw(st.permutations(HEADING))
    )
    lines = [separator.join(map(quoted, line)) for line in (tuple(heading), *rows)]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    data = draw(st.sampled_from(["\n", "\r\n"])).join(lines).encode(encoding, errors="replace")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=3)) + data[at + draw(st.integers(0, 3)) :]
    return data


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=files(), as_of=st.integers(0, 300), known_on=st.integers(0, 300))
def test_no_register_breaks_it_and_every_row_is_counted_once(
    data: bytes,
    as_of: int,
    known_on: int,
    five_members: pd.DataFrame,
    five_round: Round,
    tmp_path: Path,
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(data)
    try:
        examined = examine_table(read_table(str(path)), five_members, five_round)
        register = examined.register
        stood = effective_answers(
            register, BEGAN + timedelta(days=as_of), BEGAN + timedelta(days=known_on)
        )
    except ReportError:  # the one kind of exception that a user may meet
        return
    account = stood.row_counts
    assert account["read"] == len(register.table.rows) == sum(account[name] for name in PLACES)
    assert account["counting"] == len(stood.effective) == stood.effective["code"].nunique()
    assert set(stood.effective["code"]) <= set(five_members["code"])
    assert set(stood.effective["decision"]) <= {"yes", "no"}
    for problem in examined.errors:
        assert problem.row in register.rows.index
        assert problem.what
        assert problem.remedy


def test_the_fuzz_reaches_sound_registers_too(
    five_members: pd.DataFrame, five_round: Round, tmp_path: Path
) -> None:
    """The property above would say nothing if every file were refused."""
    path = tmp_path / "register.csv"
    sound = ("1", "Alm", "2016-09-01", "2016-09-02", "", "Ja", "2017", "", "")
    lines = [";".join(map(quoted, line)) for line in ((*HEADING, "anmärkning"), sound, sound)]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    examined = examine_table(read_table(str(path)), five_members, five_round)
    assert examined.errors == []
    account = effective_answers(examined.register, date(2016, 9, 2), date(2016, 9, 2)).row_counts
    assert (account["counting"], account["duplicate"]) == (1, 1)
    with pytest.raises(ReportError):
        read_table(str(tmp_path / "missing.csv"))
