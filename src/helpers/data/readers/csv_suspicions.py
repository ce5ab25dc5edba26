"""Find rows of a CSV file that stray quotation marks swallow, or separators in a text shift."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.data.cells.column_headings import column_for_heading
from helpers.data.readers.numbered_rows import NumberedRows
from helpers.data.readers.two_row_headings import is_data_cell
from helpers.errors import Problem

# Columns of free text: a separator in one pushes the rest of the text into the next, where any text
# is valid, so that no other check finds it.
_FREE_COLUMNS = {None, "condition", "case_number", "note", "source"}


def find_swallowed_rows(
    rows: NumberedRows, padded: dict[int, list[str]], separator: str, file: str
) -> Iterator[Problem]:
    """Yield a problem for each row with a cell in which a line after the first looks like a row.

    `padded` is as for find_shifted_rows.
    """
    for number, stripped in rows:
        cells = padded.get(number, stripped)
        for cell in (cell for cell in cells if "\n" in cell or "\r" in cell):
            lines = cell.splitlines()
            swallowed = [line for line in lines[1:] if is_row_like(line.split(separator))]
            if swallowed:
                what = (
                    f"a cell that begins in quotation marks with {_shortened(lines[0])!r} runs on "
                    f"over {len(swallowed)} line{'s' * (len(swallowed) > 1)} that look like rows."
                )
                remedy = "Remove the stray quotation marks, at its start and where it ends."
                yield Problem(file, what, remedy, number)
                break


def is_row_like(cells: list[str]) -> bool:
    """Return whether at least two of the cells contain only a code, a day or an answer."""
    return sum(is_data_cell(cell.strip(" '\"\t")) for cell in cells) >= 2


def find_shifted_rows(
    rows: NumberedRows,
    padded: dict[int, list[str]],
    separator_name: str,
    file: str,
    wide: set[int],
    *,
    even_elsewhere: int = 0,
) -> Iterator[Problem]:
    """Yield a problem for each row in which a text was probably split by a separator within it.

    There are two signs: a cell begins with a space, as after a comma in a text, while the cells of
    other rows do not; or a row has more cells than the heading, although the last are blank. `rows`
    begin with the heading. `padded` has the unstripped cells of rows with spaces to strip. `wide`
    has the rows that are already reported for having too many cells. `even_elsewhere` is the number
    of rows as long as the heading that are not in `rows`, because nothing is to be stripped there.
    """
    first, heading = rows[0]
    free = {at for at, cell in enumerate(heading) if column_for_heading(cell) in _FREE_COLUMNS}
    even = even_elsewhere + sum(len(cells) == len(heading) for _, cells in rows[1:])
    uneven = sum(len(cells) > len(heading) for _, cells in rows[1:])
    is_spaced = _is_spaced(padded.get(first, []))
    for number, cells in rows[1:]:
        longer = len(cells) > len(heading) and uneven < even
        standing = padded.get(number, [])
        if number in wide or not (longer or standing):
            continue
        pairs = [at for at in range(1, len(cells)) if {at - 1, at} <= free and cells[at - 1]]
        pairs = [at for at in pairs if cells[at]]
        split = [] if is_spaced or _is_spaced(standing) else _begin_with_space(standing, pairs)
        split = split or (pairs[-1:] if longer else [])
        if split:
            what = f"{_shortened(cells[split[0]])!r} is probably the rest of the cell before it."
            remedy = f"Put a cell that holds a {separator_name} in quotation marks."
            yield Problem(file, what, remedy, number, heading[split[0]] or None)


def _begin_with_space(standing: list[str], positions: list[int]) -> list[int]:
    return [at for at in positions if standing and standing[at].startswith(" ")]


def _is_spaced(cells: list[str]) -> bool:
    """Return whether a space follows every separator, as some people write."""
    filled = [cell for cell in cells[1:] if cell.strip()]
    return len(filled) > 1 and sum(cell.startswith(" ") for cell in filled) > len(filled) / 2


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
