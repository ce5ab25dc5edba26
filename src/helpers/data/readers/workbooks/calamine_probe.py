"""Open a workbook with calamine in a bounded process first: its size says nothing of its content.

calamine creates every cell between the first and the last of a sheet, and a copy of a text for
each cell that has it. In an .ods of 1 kB a row and a cell of it may be repeated a million times,
and in an .xls of 6 kB two cells lie 4,000,000,000 cells apart.
"""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

from helpers.data.readers.workbooks.workbook_archive import KEEP_REGISTER_SHEET, workbook_error
from helpers.system.control.child_limits import (
    child_environment,
    limit_memory,
    limit_processor_seconds,
    module_command,
)

MAX_MEMORY_BYTES = 2_000_000_000
_MAX_SECONDS = 120  # of processor time; 50 MB of .xls take two


def require_bounded(data: bytes, file: str) -> None:
    """Raise DataError for a workbook that takes too much memory or time to open.

    A damaged workbook passes: the reader that opens it afterwards reports the damage.
    """
    done = subprocess.run(  # noqa: S603 this module
        module_command(__name__),
        input=data,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=child_environment(),
        check=False,
    )
    if done.returncode:
        megabytes = MAX_MEMORY_BYTES // 10**6
        what = f"takes more than {megabytes:,} MB of memory or {_MAX_SECONDS} seconds to unpack."
        raise workbook_error(file, what, KEEP_REGISTER_SHEET)


def _open_every_sheet(data: bytes) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415 within the limits

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for position, sheet in enumerate(book.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet:
            book.get_sheet_by_index(position)


def _probe() -> None:
    limit_memory(MAX_MEMORY_BYTES)
    limit_processor_seconds(_MAX_SECONDS)
    try:
        _open_every_sheet(sys.stdin.buffer.read())
    except MemoryError:
        raise
    except BaseException:  # damage; a panic of the library is not an Exception
        return


if __name__ == "__main__":
    _probe()
