"""Write any table as a file with its units: tidy CSV, accessible Excel, or JSON."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.errors import ReportError
from helpers.report.analysis.export.tidy_table import TidyColumn, TidyTable, TidyValue, make_tidy
from helpers.system.json_text import json_text
from helpers.system.spreadsheets import escape_formula

NOTICE_COLUMN = "notice"  # the column that repeats the notice on every row
_CSVW_TYPES = {"datetime": "dateTime"}


@pd.api.extensions.register_dataframe_accessor("export")
class Export:
    """`frame.export`: writes any DataFrame as a file, with its title, units and notice.

    The project's tables have title and units. For other tables, or to replace them, pass `title`
    and `units` (a unit by column name). Each method creates missing folders and returns the path.
    Raises ReportError if the path cannot be written or has another extension.

    >>> import pandas as pd, tempfile
    >>> from pathlib import Path
    >>> frame = pd.DataFrame({"year": [2017], "fee": [100]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = frame.export.csv(Path(folder) / "fees.csv", units={"fee": "SEK a year"})
    ...     print(path.read_text().strip())
    year,fee
    2017,100
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def csv(
        self, path: str | Path, title: str | None = None, units: Mapping[str, str] | None = None
    ) -> Path:
        """Write tidy CSV: UTF-8, commas, decimal points, ISO dates, one heading row.

        The units are in `<path>-metadata.json`, as "CSV on the Web" (W3C) defines it. Reconstructed
        answers are marked in a last column, `notice`. A text that a spreadsheet would read as a
        formula gets a leading apostrophe.
        """
        tidy_table = make_tidy(self._frame, title, units)
        target = _require_suffix(path, ".csv")
        _write_bytes(target, _csv_text(tidy_table).encode())
        _write_bytes(
            target.with_name(f"{target.name}-metadata.json"),
            _csvw_metadata(tidy_table, target.name).encode(),
        )
        return target

    def json(
        self, path: str | Path, title: str | None = None, units: Mapping[str, str] | None = None
    ) -> Path:
        """Write JSON: `title`, `notice`, `schema` (each field's name, type and unit) and `data`."""
        tidy_table = make_tidy(self._frame, title, units)
        fields = [{"name": f.name, "type": f.kind, "unit": f.unit} for f in tidy_table.fields]
        names = [field.name for field in tidy_table.fields]
        data = [
            {name: _date_as_text(value) for name, value in zip(names, row, strict=True)}
            for row in tidy_table.rows
        ]
        content = {
            "title": tidy_table.title,
            "notice": tidy_table.notice,
            "schema": {"fields": fields},
        }
        return _write_bytes(
            _require_suffix(path, ".json"), json_text({**content, "data": data}).encode()
        )

    def excel(
        self, path: str | Path, title: str | None = None, units: Mapping[str, str] | None = None
    ) -> Path:
        """Write accessible Excel, with a title, units in the headings, and a sheet on the columns.

        The heading row is frozen, repeated on paper and part of an Excel table. No cells are merged
        and there are no pictures. The same table gives the same bytes.
        """
        # openpyxl takes a tenth of a second to import.
        from helpers.report.analysis.export.table_workbook import table_workbook  # noqa: PLC0415

        return _write_bytes(
            _require_suffix(path, ".xlsx"), table_workbook(make_tidy(self._frame, title, units))
        )


def _csv_text(tidy_table: TidyTable) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    notice_columns = [NOTICE_COLUMN] if tidy_table.notice else []
    writer.writerow(
        [
            _safe_for_spreadsheets(name)
            for name in [f.name for f in tidy_table.fields] + notice_columns
        ]
    )
    notice_cells = [tidy_table.notice] if tidy_table.notice else []
    writer.writerows(
        [_safe_for_spreadsheets(_date_as_text(value)) for value in [*row, *notice_cells]]
        for row in tidy_table.rows
    )
    return out.getvalue()


def _csvw_metadata(tidy_table: TidyTable, name: str) -> str:
    notice_columns = [TidyColumn(NOTICE_COLUMN, "text", "string")] if tidy_table.notice else []
    columns = [
        {
            "name": field.name,
            "titles": field.name,
            "datatype": _CSVW_TYPES.get(field.kind, field.kind),
            "dc:description": field.unit,
        }
        for field in [*tidy_table.fields, *notice_columns]
    ]
    about = {"@context": "http://www.w3.org/ns/csvw", "url": name, "dc:title": tidy_table.title}
    return json_text(
        {**about, "dc:description": tidy_table.notice, "tableSchema": {"columns": columns}}
    )


def _date_as_text(value: TidyValue) -> TidyValue:
    return value.isoformat() if isinstance(value, date) else value


def _safe_for_spreadsheets(value: TidyValue) -> TidyValue:
    if isinstance(value, bool):
        return str(value).lower()
    return escape_formula(value) if isinstance(value, str) else value


def _require_suffix(path: str | Path, suffix: str) -> Path:
    target = Path(path)
    if target.suffix.lower() != suffix:
        raise ReportError(f"{target.name!r} does not end in {suffix}. Give it that ending.")
    return target


def _write_bytes(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise ReportError(
            f"{path} cannot be written: {error.strerror}. Choose another place, or close the file "
            "in the program that has it open."
        ) from None
    return path
