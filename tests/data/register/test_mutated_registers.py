"""A register that is mutated is read as it was, or is refused, or the change is named.

The rows are known, so what is read can be compared with what a person sees. FUZZ_EXAMPLES sets how
many are tried; `make bench` tries 10 000.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.data.readers.table_reader import read_table
from helpers.data.register.register_loader import examine_table
from helpers.errors import ReportError
from helpers.model.funding_round import Round

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
HEADING = ["Kommunkod", "Kommun", "Svar", "Beslutsdatum", "Inkom", "Villkor", "Dnr", "Kommentar"]
NAMES = {"0001": "Alm", "0002": "Berg", "0003": "Dal", "0004": "Ek", "0005": "Fors"}
CONDITIONS = ["", "", "om alla är med", "under förutsättning att Håbo är med; annars inte"]
FILLERS = ["NULL", "Nej", "-", "0", "FALSKT", "Inga villkor", "utan", "n/a", "…", "00:00:00"]
YES, NO = ["Ja", "JA!", "ja tack", "J", "SANT", "Yes"], ["Nej", "nej tack.", "N", "FALSKT", "No"]
DAYS = ["2016-09-05", "2016/9/5", "5 september 2016", "den 5 sep 2016", "5/9 2016", "20160905"]
Grid = list[list[str]]
# By code: the answer, and whether it is a yes with a condition; of a no, nothing is made of one.
Truth = dict[str, tuple[str, bool]]


@dataclass
class Mutated:
    """A file, what a person reads in it, and whether it may only be refused or named."""

    data: bytes
    truth: Truth
    must_be_named: bool
    damaged: bool


@st.composite
def grids(draw: st.DrawFn) -> tuple[Grid, Truth]:
    """Rows as officers write them, each with its meaning."""
    grid, truth = [], {}
    for code in draw(st.lists(st.sampled_from(sorted(NAMES)), min_size=2, unique=True)):
        decision = draw(st.sampled_from(["yes", "no"]))
        condition = draw(st.sampled_from(CONDITIONS)) if decision == "yes" else ""
        shown = condition or draw(st.sampled_from(["", "", draw(st.sampled_from(FILLERS))]))
        codes = [code, code.lstrip("0"), f"{int(code)}.0", f'="{code}"', f"{code} {NAMES[code]}"]
        word = draw(st.sampled_from(YES if decision == "yes" else NO))
        days = [draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))]
        note = draw(st.sampled_from(["", "ringde", 'sade "kanske"']))
        cells = [draw(st.sampled_from(codes)), NAMES[code], word, *days, shown, "KS 1/16", note]
        grid.append(cells)
        truth[code] = (decision, bool(condition))
    return grid, truth


def text_of(grid: Grid, separator: str, *, quoted: bool) -> str:
    def cell(text: str) -> str:
        needs = quoted or any(sign in text for sign in (separator, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if needs and text else text

    return "\n".join(separator.join(map(cell, row)) for row in grid) + "\n"


# --- Changes of the rows: each returns whether a person would read another answer in them ---------


def total_below(grid: Grid, draw: st.DrawFn) -> bool:
    label = draw(st.sampled_from(["Summa", "S:a", "Totalt", "Antal ja"]))
    grid.append([label, "", str(len(grid) - 1), *[""] * 5])
    return False


def note_below(grid: Grid, draw: st.DrawFn) -> bool:
    text = draw(st.sampled_from(["* preliminärt", "Källa: diariet", "Uppdaterad 2017-02-22"]))
    grid.append([text, *[""] * 7])
    return False


def heading_again(grid: Grid, draw: st.DrawFn) -> bool:
    grid.insert(draw(st.integers(1, len(grid))), list(HEADING))
    return False


def heading_sorted_in(grid: Grid, draw: st.DrawFn) -> bool:
    grid.insert(draw(st.integers(1, len(grid) - 1)), grid.pop(0))
    return False


def second_answer(grid: Grid, draw: st.DrawFn) -> bool:
    heading = draw(st.sampled_from(["Ändrat svar", "Återtaget", "Slutligt", "Svar 2", "2017"]))
    for row in grid:
        row.append("")
    grid[0][-1] = heading
    grid[draw(st.integers(1, len(grid) - 1))][-1] = "ja" if heading == "Återtaget" else "Nej"
    return True


def unrelated_column(grid: Grid, draw: st.DrawFn) -> bool:
    heading = draw(st.sampled_from(["Handläggare", "Telefon", "År", "E-post", "Nr"]))
    at = draw(st.integers(0, len(HEADING)))
    for number, row in enumerate(grid):
        row.insert(at, "2017" if number else heading)
    return False


def prefilled_row(grid: Grid, draw: st.DrawFn) -> bool:
    there = {row[1] for row in grid}
    for code, name in NAMES.items():
        if name not in there:
            grid.append([code, name, draw(st.sampled_from(["", "-", "ej svar"])), *[""] * 5])
    return False


def lost_cell(grid: Grid, draw: st.DrawFn) -> bool:
    row = grid[draw(st.integers(1, len(grid) - 1))]
    del row[draw(st.integers(0, 4))]
    row.append("")
    return True


def year_of_a_typist(grid: Grid, draw: st.DrawFn) -> bool:
    grid[draw(st.integers(1, len(grid) - 1))][4] = draw(
        st.sampled_from(["2106-09-05", "216-09-05"])
    )
    return True


def other_members_name(grid: Grid, draw: st.DrawFn) -> bool:
    row = grid[draw(st.integers(1, len(grid) - 1))]
    row[1] = draw(st.sampled_from([name for name in NAMES.values() if name != row[1]]))
    return True


def error_cell(grid: Grid, draw: st.DrawFn) -> bool:
    row = grid[draw(st.integers(1, len(grid) - 1))]
    row[draw(st.sampled_from([0, 2, 3, 4, 5]))] = draw(st.sampled_from(["#N/A", "#SAKNAS!"]))
    return True


ROW_CHANGES: list[Callable[[Grid, st.DrawFn], bool]] = [
    total_below, note_below, heading_again, heading_sorted_in, second_answer, unrelated_column,
    prefilled_row, lost_cell, year_of_a_typist, other_members_name, error_cell,
]  # fmt: skip


# --- Changes of the text and its bytes ------------------------------------------------------------


def stray_quotes(text: str, draw: st.DrawFn) -> str:
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(len(";".join(HEADING)), len(text)))
        text = f'{text[:at]}"{text[at:]}'
    return text


def unquoted(text: str, draw: st.DrawFn) -> str:
    return text.replace('"', "")


def as_it_is(text: str, draw: st.DrawFn) -> str:
    return text


def encoded(text: str, draw: st.DrawFn) -> tuple[bytes, bool]:
    """The bytes, and whether one was put in: with a letter more, a filler is a word like others."""
    how = draw(
        st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac-roman", "cp850", "twice"])
    )
    if how == "twice":
        return text.encode("utf-8").decode("latin-1").encode("utf-8"), False
    data = text.encode(how, errors="replace")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data) - 1))
        return data[:at] + draw(st.sampled_from([b"\xe4", b"\xff", b"\x00"])) + data[at:], True
    return data, False


@st.composite
def mutated(draw: st.DrawFn) -> Mutated:
    rows, truth = draw(grids())
    grid = [list(HEADING), *rows]
    change = draw(st.sampled_from([None, *ROW_CHANGES]))
    named = change(grid, draw) if change else False
    separator = draw(st.sampled_from([";", ",", "\t", "|"]))
    text = text_of(grid, separator, quoted=draw(st.booleans()))
    rewrite = draw(st.sampled_from([as_it_is, as_it_is, stray_quotes, unquoted]))
    data, damaged = encoded(rewrite(text, draw), draw)
    return Mutated(data, truth, named, damaged or rewrite is stray_quotes)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(file=mutated())
def test_what_is_read_is_what_a_person_sees(
    file: Mutated, five_members: pd.DataFrame, five_round: Round, tmp_path: Path
) -> None:
    path = tmp_path / "svar.csv"
    path.write_bytes(file.data)
    try:
        examined = examine_table(read_table(str(path)), five_members, five_round)
    except ReportError:
        return
    if examined.errors:
        return
    rows = examined.register.rows
    warned = [one for one in examined.register.remarks if one.severity == "warning"]
    days = pd.concat([rows["decided_on"], rows["received_on"]])
    if file.must_be_named and not file.damaged:  # a day after 2100 is an error of the commands
        assert warned or days.max().year > 2100
    read = {
        str(code): (str(decision), decision == "yes" and condition != "" and not file.damaged)
        for code, decision, condition in zip(
            rows["code"], rows["decision"], rows["condition"], strict=True
        )
    }
    truth = {
        code: (decision, conditional and not file.damaged)
        for code, (decision, conditional) in file.truth.items()
    }
    if not warned:
        assert read == truth
    named_rows = {one.row for one in warned}
    for number, code in rows["code"].items():
        assert read[code] == truth[code] or number in named_rows or file.must_be_named
