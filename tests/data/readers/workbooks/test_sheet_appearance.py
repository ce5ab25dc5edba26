"""What Excel shows besides values: no row that a person sees otherwise is counted in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Literal

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from helpers.data.readers.workbooks.excel_reader import read_workbook_rows
from helpers.data.readers.workbooks.workbook_rows import WorkbookRows
from helpers.errors import DataError, Problem
from helpers.model.settings.register_settings import RegisterSettings
from support.excel_files import rewritten, saved, workbook

FILE = "inkomna svar.xlsx"
HEADING = ["Kommunkod", "Kommun", "Svar", "Beslutsdatum", "Inkom", "Villkor", "Anteckning", "Tfn"]
DAY = date(2016, 9, 15)
LULEA = ["2580", "Luleå", "Ja", DAY, DAY, None, None, None]
UMEA = ["2480", "Umeå", "Ja", DAY, DAY, None, None, None]
PITEA = ["2581", "Piteå", "Nej", DAY, DAY, None, None, None]
Change = Callable[[Worksheet], None]


def changed(change: Change, *rows: Sequence[object]) -> bytes:
    """A workbook of three answers in rows 2 to 4, its sheet changed."""
    book = load_workbook(BytesIO(workbook(Svar=[HEADING, *(rows or (LULEA, UMEA, PITEA))])))
    change(book["Svar"])
    return saved(book)


def read(data: bytes, **settings: Literal["count", "skip"]) -> WorkbookRows:
    return read_workbook_rows(data, FILE, "decisions", RegisterSettings(**settings))


def column(read_rows: WorkbookRows, at: int) -> list[str]:
    return [cells[at] if at < len(cells) else "" for _, cells in read_rows.rows[1:]]


def refused(data: bytes, **settings: Literal["count", "skip"]) -> list[Problem]:
    with pytest.raises(DataError) as error:
        read(data, **settings)
    assert {problem.sheet for problem in error.value.problems} == {"Svar"}
    return error.value.problems


def struck(*addresses: str) -> Change:
    def change(sheet: Worksheet) -> None:
        for address in addresses:
            sheet[address].font = Font(strike=True)

    return change


def struck_row(number: int) -> Change:
    return struck(*(f"{letter}{number}" for letter in "ABCDE"))


def hidden_row(number: int) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[number].hidden = True

    return change


def hidden_column(letter: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions[letter].hidden = True

    return change


def merged(area: str) -> Change:
    return lambda sheet: sheet.merge_cells(area)


# --- Merged ---------------------------------------------------------------------------------------


def test_a_condition_merged_over_rows_counts_for_each_of_them() -> None:
    condition = "om landstinget är med"
    rows = [[*LULEA[:5], condition, None, None], UMEA, PITEA]
    found = read(changed(merged("F2:F3"), *rows))
    assert column(found, 5) == [condition, condition, ""]
    [remark] = found.remarks
    assert (remark.severity, remark.row, remark.column) == ("repair", 2, "condition")
    assert "F2:F3" in remark.what


def test_a_merged_answer_and_a_merged_name_count_for_their_rows() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:C4")
        sheet.merge_cells("B2:B3")

    found = read(changed(change))
    assert column(found, 2) == ["Ja", "Ja", "Ja"]
    assert column(found, 1) == ["Luleå", "Luleå", "Piteå"]


def test_a_merge_across_columns_gives_no_other_column_its_value() -> None:
    found = read(changed(merged("F2:G3"), [*LULEA[:5], "om fler är med", None, None], UMEA))
    assert column(found, 5) == ["om fler är med", "om fler är med"]
    assert column(found, 6) == ["", ""]


def test_a_merge_that_runs_on_below_the_table_makes_no_rows() -> None:
    found = read(changed(merged("C4:C9")))
    assert [number for number, cells in found.rows if any(cells)] == [1, 2, 3, 4]


def test_a_merge_in_a_column_that_is_not_read_says_nothing() -> None:
    assert read(changed(merged("H2:H4"))).remarks == []


# --- Hidden and struck out ------------------------------------------------------------------------


def test_a_hidden_row_is_an_error_named_by_sheet_and_row() -> None:
    [problem] = refused(changed(hidden_row(3)))
    assert (problem.row, problem.severity) == (3, "error")
    assert "hidden" in problem.what
    assert problem.remedy == (
        'Show it if it counts, delete it if it does not; or write hidden = "count" or "skip" under '
        "[register] in round.toml."
    )


@pytest.mark.parametrize(
    ("rule", "codes", "said"),
    [("count", ["2580", "2480", "2581"], "counted"), ("skip", ["2580", "2581"], "left out")],
)
@pytest.mark.parametrize("change", [hidden_row(3), struck_row(3)], ids=["hidden", "struck out"])
def test_a_round_says_whether_such_rows_count_and_each_is_still_named(
    change: Change, rule: Literal["count", "skip"], codes: list[str], said: str
) -> None:
    found = read(changed(change), hidden=rule)
    assert column(found, 0) == codes
    [remark] = found.remarks
    assert (remark.severity, remark.row) == ("warning", 3)
    assert said in remark.remedy


def test_a_row_filtered_away_as_excel_saves_it_is_hidden() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:H4"
        sheet.auto_filter.add_filter_column(2, ["Ja"])
        sheet.row_dimensions[4].hidden = True

    assert [problem.row for problem in refused(changed(change))] == [4]


def test_a_hidden_row_without_an_answer_is_no_error() -> None:
    rows: list[Sequence[object]] = [
        LULEA,
        [None, None, None, None, None, None, "räknat den 1 mars", None],
        PITEA,
    ]
    assert read(changed(hidden_row(3), *rows)).remarks == []


@pytest.mark.parametrize("letter", ["A", "C"])
def test_a_hidden_column_of_codes_or_answers_is_an_error(letter: str) -> None:
    [problem] = refused(changed(hidden_column(letter)))
    assert f"({letter}) is hidden" in problem.what


def test_a_hidden_condition_is_an_error_only_where_it_holds_something() -> None:
    assert read(changed(hidden_column("F"))).remarks == []
    [problem] = refused(changed(hidden_column("F"), [*LULEA[:5], "om alla är med", None, None]))
    assert problem.column == "condition"


def test_a_hidden_column_that_the_round_skips_is_not_read() -> None:
    data = changed(hidden_column("F"), [*LULEA[:5], "om alla är med", None, None])
    assert column(read(data, hidden="skip"), 5) == [""]
    assert column(read(data, hidden="count"), 5) == ["om alla är med"]


def test_a_hidden_column_that_does_not_decide_is_no_error() -> None:
    assert read(changed(hidden_column("H"))).remarks == []


def test_a_row_of_which_a_part_is_struck_out_is_never_left_out() -> None:
    data = changed(struck("C2"))
    for found in (refused(data), refused(data, hidden="skip")):
        [problem] = found
        assert (problem.row, problem.column, problem.value) == (2, "decision", "Ja")
    assert column(read(data, hidden="count"), 2) == ["Ja", "Ja", "Nej"]


def test_text_struck_out_within_a_cell_is_seen() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["F2"] = CellRichText(TextBlock(InlineFont(strike=True), "om regionen betalar"))

    [problem] = refused(changed(change))
    assert (problem.row, problem.column) == (2, "condition")


def test_a_strikethrough_that_is_turned_off_is_none() -> None:
    def change(sheet: Worksheet) -> None:
        for letter in "ABCDE":
            sheet[f"{letter}2"].font = Font(strike=False, bold=True)

    assert read(changed(change)).remarks == []


def test_everything_hidden_is_named_at_once_in_the_order_of_the_rows() -> None:
    def change(sheet: Worksheet) -> None:
        struck_row(4)(sheet)
        hidden_row(2)(sheet)
        hidden_column("C")(sheet)

    assert [problem.row for problem in refused(changed(change))] == [None, 2, 4]


def test_rows_without_numbers_or_addresses_are_counted_as_they_come() -> None:
    data = changed(hidden_row(3))

    def without_numbers(name: str, part: bytes) -> bytes:
        for number in range(1, 5):
            part = part.replace(f'<row r="{number}"'.encode(), b"<row")
        return part

    assert [problem.row for problem in refused(rewritten(data, without_numbers))] == [3]


# --- Comments and sheets --------------------------------------------------------------------------


def test_a_comment_is_quoted_without_its_author() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"].comment = Comment("Handläggare Ett:\nÅtertaget\nper telefon", "Handläggare Ett")

    [remark] = read(changed(change)).remarks
    assert (remark.severity, remark.row, remark.column) == ("warning", 3, "decision")
    assert remark.value == "Återtaget per telefon"
    assert "Ett" not in str(remark)


def test_a_threaded_comment_is_quoted_without_excels_advice() -> None:
    advice = "[Threaded comment]\n\nYour version of Excel allows you to read this."

    def change(sheet: Worksheet) -> None:
        sheet["B2"].comment = Comment(f"{advice}\n\nComment:\n    Vilande till mars", "tc={0}")

    [remark] = read(changed(change)).remarks
    assert remark.value == "Vilande till mars"


def test_a_comment_on_the_heading_says_nothing_of_an_answer() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C1"].comment = Comment("Ja eller Nej", "")

    assert read(changed(change)).remarks == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_never_wins_by_its_name(state: Literal["hidden", "veryHidden"]) -> None:
    book = load_workbook(
        BytesIO(workbook(Inkommet=[HEADING, PITEA], decisions=[HEADING, LULEA, UMEA]))
    )
    book["decisions"].sheet_state = state
    found = read(saved(book))
    assert (found.sheet, column(found, 0)) == ("Inkommet", ["2581"])
    [remark] = found.remarks
    assert (remark.sheet, remark.severity) == ("decisions", "warning")


def test_a_hidden_list_of_choices_is_not_worth_a_word() -> None:
    book = load_workbook(BytesIO(workbook(Svar=[HEADING, PITEA], Listor=[["Ja"], ["Nej"]])))
    book["Listor"].sheet_state = "hidden"
    assert read(saved(book)).remarks == []


@pytest.mark.parametrize("height", ["0", "0.0"])
def test_a_row_without_height_is_hidden(height: str) -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b'<row r="3"', f'<row r="3" ht="{height}" customHeight="1"'.encode())

    [problem] = refused(rewritten(changed(lambda _: None), change))
    assert (problem.row, problem.what) == (3, "the row is hidden, by a filter or by hand.")


def test_a_column_without_width_is_hidden() -> None:
    def change(name: str, part: bytes) -> bytes:
        column = b'<cols><col min="3" max="3" width="0" customWidth="1"/></cols><sheetData>'
        return part.replace(b"<sheetData>", column)

    [problem] = refused(rewritten(changed(lambda _: None), change))
    assert problem.what == "the column 'Svar' (C) is hidden."
