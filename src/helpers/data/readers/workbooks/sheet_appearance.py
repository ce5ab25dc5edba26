"""What a person sees in a worksheet in addition to values: hidden, struck out, merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from posixpath import join, normpath
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.xml.functions import fromstring, iterparse

_SHARED_STRINGS_PART = "sharedStrings.xml"
# Without any of these, a sheet's part needs no second look.
_APPEARANCE_MARKS = (b"hidden", b"mergeCell", b"strike", b' ht="0', b' width="0')
_ZERO = re.compile(r"0+(?:\.0*)?")
_TRUE_VALUES = {"1", "true"}
_THREAD_AUTHOR_PREFIX = "tc="  # how Excel names the author of a threaded comment
# What Excel puts before the text of a threaded comment, for programs that know only notes.
_THREAD_TEXT_MARKS = ("\nComment:\n", "\nKommentar:\n")


@dataclass
class SheetAppearance:
    """Hidden rows and columns by number from 1; struck-out and commented cells as (row, column).

    `merged` has each merged range as (first row, last row, first column, last column). The texts of
    `comments` do not include the author's name.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)


def read_sheet_appearance(book: Any, sheet: Any) -> SheetAppearance:
    """Read the appearance of a sheet of a workbook that openpyxl opened in read-only mode.

    That mode leaves all of this out, and openpyxl's other mode needs ten times the memory.
    """
    archive, path = book._archive, sheet._worksheet_path
    styles, texts = _struck_styles(book), _struck_shared_strings(archive)
    part = archive.read(path)
    shown = SheetAppearance(comments=_read_comments(archive, path))
    # Most sheets have none of this, and a second look at a million cells takes seconds.
    if styles or texts or any(sign in part for sign in _APPEARANCE_MARKS):
        _read_sheet_part(part, styles, texts, shown)
    return shown


def _struck_styles(book: Any) -> set[str]:
    """Return the numbers of the cell styles whose font is struck out, as cells refer to them."""
    return {
        str(number)
        for number, style in enumerate(book._cell_styles)
        if book._fonts[style.fontId].strike
    }


def _struck_shared_strings(archive: Any) -> set[str]:
    """Return the numbers of the shared strings that are struck out in part or completely."""
    parts = [name for name in archive.namelist() if name.endswith(_SHARED_STRINGS_PART)]
    struck = set()
    for part in parts:
        content = archive.read(part)
        if b"strike" in content:
            texts = (item for item in fromstring(content) if _local_name(item) == "si")
            struck |= {str(n) for n, item in enumerate(texts) if _is_struck_text(item)}
    return struck


def _is_struck_text(item: Any) -> bool:
    return any(
        _local_name(one) == "strike" and one.get("val", "1") in _TRUE_VALUES for one in item.iter()
    )


def _read_sheet_part(
    part: bytes, styles: set[str], texts: set[str], shown: SheetAppearance
) -> None:
    row = 0
    for event, item in iterparse(BytesIO(part), events=("start", "end")):
        name = _local_name(item)
        if event == "start":
            if name == "row":
                # A row need not say its number, nor a cell its address: then it is the next.
                row = int(item.get("r", row + 1))
            continue
        if name == "row":
            if _is_hidden(item, "ht"):
                shown.hidden_rows.add(row)
            shown.struck |= {(row, column) for column in _struck_columns(item, styles, texts)}
            item.clear()
        elif name == "col" and _is_hidden(item, "width"):
            shown.hidden_columns |= set(range(int(item.get("min")), int(item.get("max")) + 1))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(item.get("ref"))
            if left and top and right and bottom:  # not for whole rows or columns
                shown.merged.append((top, bottom, left, right))


def _is_hidden(item: Any, size: str) -> bool:
    """Return whether a row or a column is hidden, or has no height or width left to be seen in."""
    return item.get("hidden") in _TRUE_VALUES or _ZERO.fullmatch(item.get(size, "")) is not None


def _struck_columns(row: Any, styles: set[str], texts: set[str]) -> Iterator[int]:
    column = 0
    for cell in row:
        address = cell.get("r")
        column = coordinate_to_tuple(address)[1] if address else column + 1
        if cell.get("s") in styles or (
            any(one.text in texts for one in cell if _local_name(one) == "v")
            if cell.get("t") == "s"
            else _is_struck_text(cell)
        ):
            yield column


def _read_comments(archive: Any, path: str) -> dict[tuple[int, int], str]:
    """Return the comments and notes of the sheet at a path of the archive."""
    folder, _, name = path.rpartition("/")
    related = f"{folder}/_rels/{name}.rels"
    if related not in archive.namelist():
        return {}
    targets = [
        one.get("Target")
        for one in fromstring(archive.read(related))
        if one.get("Type", "").endswith("/comments")
    ]
    places = [one.lstrip("/") if one[:1] == "/" else normpath(join(folder, one)) for one in targets]
    return dict(chain.from_iterable(_comments_of(archive.read(place)) for place in places))


def _comments_of(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    root = fromstring(part)
    authors = [one.text or "" for one in root.iter() if _local_name(one) == "author"]
    for item in root.iter():
        if _local_name(item) == "comment":
            text = "".join(one.text or "" for one in item.iter() if _local_name(one) == "t")
            number = int(item.get("authorId", -1))
            author = authors[number] if 0 <= number < len(authors) else ""
            yield coordinate_to_tuple(str(item.get("ref"))), _without_author(text, author)


def _without_author(text: str, author: str) -> str:
    """Remove the author's name from a note, and Excel's standard text from a threaded comment."""
    if author.startswith(_THREAD_AUTHOR_PREFIX):
        for mark in _THREAD_TEXT_MARKS:
            text = text.partition(mark)[2] or text
    if author:
        text = text.removeprefix(f"{author}:")
    return " ".join(text.split())


def _local_name(item: Any) -> str:
    return str(item.tag).rpartition("}")[2]
