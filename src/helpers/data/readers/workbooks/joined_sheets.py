"""Several sheets of a workbook as one table: one a county, or one a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.data.cells.cell_values import normalize_text
from helpers.data.readers.workbooks.workbook_rows import WorkbookRows
from helpers.errors import ROWS_A_SHEET, ReportError


def join_sheets(parts: Sequence[WorkbookRows], notes: list[str], file: str) -> WorkbookRows:
    """Return the rows of all sheets under the first one's heading; one sheet as it is.

    The rows of the second sheet are numbered from ROWS_A_SHEET on, those of the third from twice
    that, and so on. Raises ReportError for sheets whose headings are not the same.
    """
    first = parts[0]
    if len(parts) == 1:
        return first._replace(notes=notes)
    _require_same_headings(parts, file)
    rows, remarks = [first.rows[0]], []
    for position, part in enumerate(parts):
        start = position * ROWS_A_SHEET
        rows += [(start + number, cells) for number, cells in part.rows[1:]]
        remarks += [
            replace(one, row=None if one.row is None else start + one.row) for one in part.remarks
        ]
    names = tuple(str(part.sheet) for part in parts)
    note = f"Read {len(names)} sheets as one table: {', '.join(map(repr, names))}."
    return WorkbookRows(rows, None, [*notes, note], remarks, names)


def have_same_headings(headings: Sequence[Sequence[str]]) -> bool:
    """Return whether sheets can be read as one table: every heading in the same column of each."""
    return len({_comparable(cells) for cells in headings}) <= 1


def describe_heading_difference(titles: Sequence[str], headings: Sequence[Sequence[str]]) -> str:
    """Return how the headings of the first two sheets that differ do so; '' if none differ."""
    for title, cells in zip(titles, headings, strict=True):
        if _comparable(cells) == _comparable(headings[0]):
            continue
        one, other = ({name for name in _comparable(c) if name} for c in (headings[0], cells))
        pairs = [(titles[0], title, _quoted(one - other)), (title, titles[0], _quoted(other - one))]
        lacking = [
            f"Sheet {name!r} has headings that {other_name!r} lacks: {', '.join(more)}."
            for name, other_name, more in pairs
            if more
        ]
        order = f"Sheets {titles[0]!r} and {title!r} have the headings in another order."
        return " ".join(lacking) or order
    return ""


def _quoted(names: set[str]) -> list[str]:
    return [repr(name) for name in sorted(names)]


def _require_same_headings(parts: Sequence[WorkbookRows], file: str) -> None:
    headings = [part.rows[0][1] for part in parts]
    titles = [str(part.sheet) for part in parts]
    if difference := describe_heading_difference(titles, headings):
        raise ReportError(
            f"{file}: the sheets {', '.join(map(repr, titles))} cannot be read as one table. "
            f"{difference} Give them the same headings, or read one sheet."
        )


def _comparable(cells: Sequence[str]) -> tuple[str, ...]:
    names = [normalize_text(cell).casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)
