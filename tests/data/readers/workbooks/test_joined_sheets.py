"""Several sheets of a workbook as one table, only where nothing can be meant otherwise."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import load_workbook

from helpers.data.readers.table_reader import read_table
from helpers.data.register.register_loader import ExaminedRegister, examine_table
from helpers.errors import DataError, ReportError
from helpers.model.funding_round import Round
from helpers.model.settings.register_settings import RegisterSettings
from support.excel_files import saved, workbook
from support.register_files import write

HEADING: list[object] = ["Kommunkod", "Svar", "Beslutsdatum", "Inkom"]
DAYS: list[object] = ["2016-09-01", "2016-09-05"]
HALLAND: list[list[object]] = [
    ["Halland"],
    HEADING,
    ["0001", "ja", *DAYS],
    ["Summa", 1, None, None],
]
SKANE: list[list[object]] = [HEADING, ["0002", "nej", *DAYS], ["0003", "ja", *DAYS]]


def path_of(folder: Path, data: bytes) -> str:
    return str(write(folder / "svar.xlsx", data))


def examine(
    where: str,
    members: pd.DataFrame,
    round_: Round,
    settings: RegisterSettings | None = None,
    table: str = "decisions",
) -> ExaminedRegister:
    return examine_table(read_table(where, table, settings), members, round_)


def answers(examined: ExaminedRegister) -> dict[str, str]:
    rows = examined.register.rows
    return dict(zip(rows["code"], rows["decision"], strict=True))


def test_one_sheet_a_county_is_one_table(
    tmp_path: Path, five_members: pd.DataFrame, five_round: Round
) -> None:
    where = path_of(tmp_path, workbook(Halland=HALLAND, Skåne=SKANE, Om=[["Om listan"]]))
    examined = examine(where, five_members, five_round)
    assert examined.errors == []
    assert answers(examined) == {"0001": "yes", "0002": "no", "0003": "yes"}
    assert "Read 2 sheets as one table: 'Halland', 'Skåne'." in examined.register.table.notes
    [total] = [one for one in examined.register.remarks if "a total" in one.what]
    assert str(total).startswith("svar.xlsx, sheet Halland, row 4: ")


def test_a_problem_names_the_sheet_and_the_row_in_it(
    tmp_path: Path, five_members: pd.DataFrame, five_round: Round
) -> None:
    wrong: list[list[object]] = [HEADING, ["0002", "nej", *DAYS], ["0003", "kanske", *DAYS]]
    examined = examine(
        path_of(tmp_path, workbook(Halland=HALLAND, Skåne=wrong)), five_members, five_round
    )
    [error] = examined.errors
    assert str(error).startswith("svar.xlsx, sheet Skåne, row 3, column Svar: 'kanske' ")
    assert (error.as_json()["sheet"], error.as_json()["row"]) == ("Skåne", 3)


def test_a_hidden_row_of_a_later_sheet_is_named_there(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(workbook(Halland=HALLAND, Skåne=SKANE)))
    book["Skåne"].row_dimensions[3].hidden = True
    with pytest.raises(DataError, match="sheet Skåne, row 3: "):
        read_table(path_of(tmp_path, saved(book)))


def test_a_member_on_two_sheets_is_asked_about(
    tmp_path: Path, five_members: pd.DataFrame, five_round: Round
) -> None:
    copy: list[list[object]] = [HEADING, ["0001", None, None, None]]
    where = path_of(tmp_path, workbook(Maj=HALLAND, Juni=copy))
    [error] = examine(where, five_members, five_round).errors
    assert error.what == "member 0001 is on more than one sheet (sheet and row: Maj 3 and Juni 2)."
    assert 'sheets = ["Maj", "Juni"]' in error.remedy


def test_on_stated_sheets_a_later_answer_follows_an_earlier_one(
    tmp_path: Path, five_members: pd.DataFrame, five_round: Round
) -> None:
    later: list[list[object]] = [HEADING, ["0001", "nej", "2016-10-01", "2016-10-05"]]
    where = path_of(tmp_path, workbook(Maj=HALLAND, Juni=later, Juli=SKANE))
    stated = RegisterSettings(sheets=["Maj", "Juni"])
    examined = examine(where, five_members, five_round, stated)
    assert examined.errors == []
    assert list(examined.register.rows["code"]) == ["0001", "0001"]
    assert len(examine(where, five_members, five_round, stated, "Juli").register.rows) == 2
    every = RegisterSettings(sheet="all")
    assert len(examine(where, five_members, five_round, every).register.rows) == 4


def test_sheets_with_other_headings_are_asked_about(tmp_path: Path) -> None:
    conditional: list[list[object]] = [[*HEADING, "Villkor"], ["0002", "ja", *DAYS, "beslut i KF"]]
    where = path_of(tmp_path, workbook(Halland=HALLAND, Skåne=conditional))
    expected = "Sheet 'Skåne' has headings that 'Halland' lacks: 'villkor'."
    with pytest.raises(ReportError, match=expected) as error:
        read_table(where)
    assert "The sheets are: 'Halland', 'Skåne'." in str(error.value)
    with pytest.raises(ReportError, match=expected):
        read_table(where, settings=RegisterSettings(sheets=["Halland", "Skåne"]))
    with pytest.raises(ReportError, match=expected):
        read_table(where, "all")
    assert len(read_table(where, "Skåne").rows) == 1


def test_columns_in_another_order_are_asked_about(tmp_path: Path) -> None:
    turned: list[list[object]] = [
        ["Svar", "Kommunkod", "Beslutsdatum", "Inkom"],
        ["nej", "0002", *DAYS],
    ]
    with pytest.raises(
        ReportError, match="Sheets 'Halland' and 'Skåne' have the headings in another order"
    ):
        read_table(path_of(tmp_path, workbook(Halland=HALLAND, Skåne=turned)))


def test_a_stated_sheet_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    where = path_of(tmp_path, workbook(Halland=HALLAND, Skåne=SKANE))
    with pytest.raises(ReportError, match="there is no sheet 'Blekinge'"):
        read_table(where, settings=RegisterSettings(sheets=["Halland", "Blekinge"]))


def test_a_sheet_called_all_is_that_sheet(tmp_path: Path) -> None:
    where = path_of(tmp_path, workbook(All=SKANE, Halland=HALLAND))
    assert read_table(where, "all").sheet == "All"


def test_a_hidden_sheet_is_not_one_of_them(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(workbook(Halland=HALLAND, Skåne=SKANE, Gammal=SKANE)))
    book["Gammal"].sheet_state = "hidden"
    read = read_table(path_of(tmp_path, saved(book)))
    assert read.sheets == ("Halland", "Skåne")
    assert [one.sheet for one in read.remarks] == ["Gammal"]


def test_sheet_and_sheets_cannot_both_be_stated() -> None:
    with pytest.raises(ValueError, match="give sheet or sheets, not both"):
        RegisterSettings(sheet="Halland", sheets=["Skåne"])


def test_an_opendocument_workbook_is_read_alike(
    tmp_path: Path, five_members: pd.DataFrame, five_round: Round
) -> None:
    examined = examine(
        str(write(tmp_path / "svar.ods", opendocument(Halland=HALLAND[1:3], Skåne=SKANE))),
        five_members,
        five_round,
    )
    assert examined.errors == []
    assert answers(examined) == {"0001": "yes", "0002": "no", "0003": "yes"}
    unseen = [one for one in examined.register.remarks if "cannot be seen" in one.what]
    assert len(unseen) == 1


def opendocument(**sheets: list[list[object]]) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
                "</table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()
