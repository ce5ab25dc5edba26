"""The copy of a register that says, row by row, what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, simplefilter
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from helpers.checking.annotated_copy import REMARKS_HEADING, write_annotated_copy
from helpers.checking.register_review import review_register
from helpers.errors import ReportError
from support.excel_files import rewritten, workbook

COLUMNS = ["code", "decided_on", "received_on", "decision"]
ROWS = [
    ["0001", "2026-01-15", "2026-01-20", "yes"],
    ["0002", "2026-01-15", "2026-01-20", "kanske"],
    ["=1+1", "2026-01-15", "2026-01-20", "no"],
]


@pytest.fixture
def annotated(small_project: Path) -> Callable[..., tuple[Path, str]]:
    """Makes the annotated copy of a register, given by its name and bytes; its path and message."""

    def make(name: str, data: bytes) -> tuple[Path, str]:
        source, target = small_project / name, small_project / f"copy-of-{name}"
        source.write_bytes(data)
        return target, write_annotated_copy(
            str(source), target, review_register("few", str(source))
        )

    return make


def test_csv_gets_a_last_column_and_keeps_its_separator(
    annotated: Callable[..., tuple[Path, str]],
) -> None:
    text = "\n".join([";".join(COLUMNS), *(";".join(row) for row in ROWS)])
    path, message = annotated("svar.csv", text.encode())
    assert message == f"Written: {path}, with remarks on 2 rows."
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    heading, right, wrong, formula = data.decode("utf-8-sig").split("\r\n")[:4]
    assert heading == f"code;decided_on;received_on;decision;{REMARKS_HEADING}"
    assert right == "0001;2026-01-15;2026-01-20;yes;"
    assert wrong.startswith('0002;2026-01-15;2026-01-20;kanske;"decision: ')
    # Text for Excel, and no formula.
    assert formula.startswith("'=1+1;")
    assert "code: " in formula


def test_a_row_that_is_too_short_gets_its_remark_in_the_same_column(
    annotated: Callable[..., tuple[Path, str]],
) -> None:
    lines = [",".join([*COLUMNS, "note"]), "0001,2026-01-15,2026-01-20,kanske"]
    path, _ = annotated("kort.csv", "\n".join(lines).encode())
    short = path.read_text("utf-8-sig").splitlines()[1].strip()
    assert short.startswith("0001,2026-01-15,2026-01-20,kanske,,")


def test_a_workbook_gets_the_column_and_colours_the_cells_in_question(
    annotated: Callable[..., tuple[Path, str]],
) -> None:
    path, message = annotated("svar.xlsx", workbook(Svar=[["Svar 2026"], COLUMNS, *ROWS[:2]]))
    assert message.endswith("with remarks on 1 row.")
    sheet = load_workbook(BytesIO(path.read_bytes()))["Svar"]
    assert [cell.value for cell in sheet[2]] == [*COLUMNS, REMARKS_HEADING]
    assert [cell.value for cell in sheet[3]] == [*ROWS[0], None]
    *cells, remark = sheet[4]
    assert [cell.value for cell in cells] == ROWS[1]
    assert str(remark.value).startswith("decision: ")
    assert remark.alignment.wrap_text
    coloured = [cell.coordinate for cell in sheet[4] if cell.fill.fill_type == "solid"]
    assert coloured == ["D4"]


def test_a_workbook_with_macros_keeps_them(annotated: Callable[..., tuple[Path, str]]) -> None:
    # Excel opens no .xlsm that says of itself that it has none.
    made = BytesIO(workbook(Svar=[COLUMNS, *ROWS[:2]]))
    with ZipFile(made, "a") as book:
        book.writestr("xl/vbaProject.bin", b"macros")
    path, _ = annotated("svar.xlsm", made.getvalue())
    with ZipFile(path) as copy:
        assert copy.read("xl/vbaProject.bin") == b"macros"
        assert b"macroEnabled.main+xml" in copy.read("[Content_Types].xml")


def test_what_a_workbook_holds_beside_its_cells_is_passed_over_in_silence(
    annotated: Callable[..., tuple[Path, str]],
) -> None:
    def with_extension(name: str, part: bytes) -> bytes:
        extension = b'<extLst><ext uri="{0}" xmlns="http://x"><y/></ext></extLst></worksheet>'
        changed = part.replace(b"</worksheet>", extension)
        return changed if name == "xl/worksheets/sheet1.xml" else part

    data = rewritten(workbook(Svar=[COLUMNS, *ROWS[:2]]), with_extension)
    with catch_warnings():
        simplefilter("error")
        _, message = annotated("svar.xlsx", data)
    assert message.endswith("with remarks on 1 row.")


def test_the_file_that_a_variable_names_is_annotated(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [",".join(COLUMNS), ",".join(ROWS[1])]
    (small_project / "svar.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("REGISTER", "svar.csv")
    found = review_register("few", "env:REGISTER")
    message = write_annotated_copy("env:REGISTER", Path("kopia.csv"), found)
    assert message == "Written: kopia.csv, with remarks on 1 row."
    assert Path("kopia.csv").exists()


def test_a_remark_on_a_whole_row_colours_itself(annotated: Callable[..., tuple[Path, str]]) -> None:
    twice = workbook(Svar=[COLUMNS, ROWS[0], ROWS[0]])
    path, _ = annotated("svar.xlsx", twice)
    sheet = load_workbook(BytesIO(path.read_bytes()))["Svar"]
    assert str(sheet["E3"].value).startswith("row: ")
    assert [cell.coordinate for cell in sheet[3] if cell.fill.fill_type] == ["E3"]


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("svar.parquet", "kopia.parquet", "Only CSV files and workbooks can be annotated"),
        ("sqlite:///svar.csv", "kopia.csv", "Only CSV files and workbooks can be annotated"),
        ("svar.csv", "kopia.xlsx", "must be of the same kind. End its name in .csv"),
        ("svar.csv", "svar.csv", "svar.csv exists already. Choose another name"),
        ("svar.csv", "no/kopia.csv", "kopia.csv cannot be written: No such file or directory. Ch"),
    ],
)
def test_what_cannot_be_annotated_is_refused_and_nothing_written(
    small_project: Path, source: str, target: str, message: str
) -> None:
    before = ",".join(COLUMNS)
    (small_project / "svar.csv").write_text(before, encoding="utf-8")
    with pytest.raises(ReportError, match=message):
        write_annotated_copy(source, Path(target), review_register("few", "svar.csv"))
    assert (small_project / "svar.csv").read_text(encoding="utf-8") == before
    assert not {"kopia.parquet", "kopia.csv", "kopia.xlsx"} & {p.name for p in Path().iterdir()}
