"""Check a workbook's zip archive before it is unpacked, and create the errors for workbooks."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from helpers.errors import DataError, Problem, ReportError

MAX_UNPACKED_BYTES = 300_000_000
MAX_PARTS = 10_000  # files in the archive; a workbook has about ten, and two for each sheet
_PART_SIGNATURE = b"PK\1\2"  # of an entry in the list of parts
# Excel keeps encrypted workbooks, and those older than 2007, in Microsoft's compound files.
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 1  # in the flags of a part
KEEP_REGISTER_SHEET = "Keep only the sheet with the register."


def check_archive(data: bytes, file: str) -> None:
    """Raise DataError for a file that is not a workbook, or too large to unpack in memory."""
    if data.startswith(COMPOUND_FILE):
        if ENCRYPTED_PART in data:
            raise password_error(file)
        what = "is a workbook of before Excel 2007 under a new name."
        raise workbook_error(file, what, "Open it in Excel and save it as .xlsx.")
    # Counted before zipfile reads the list of parts, which takes ten times its size in memory.
    if data.count(_PART_SIGNATURE) > MAX_PARTS:
        raise workbook_error(file, f"has more than {MAX_PARTS:,} parts.", KEEP_REGISTER_SHEET)
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
                raise password_error(file)
            too_large = sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES
            # The other methods are unpacked without a limit, and no spreadsheet writes them.
            packed = {part.compress_type for part in parts} <= {ZIP_STORED, ZIP_DEFLATED}
            # Unpacks bit by bit, no further than each part says: a larger part is damaged.
            whole = packed and not too_large and archive.testzip() is None
    except ReportError:
        raise
    except Exception:  # damage surfaces as any of a dozen exceptions
        raise damaged_workbook_error(file) from None
    if too_large:
        raise workbook_error(
            file, f"unpacks to more than {MAX_UNPACKED_BYTES // 10**6} MB.", KEEP_REGISTER_SHEET
        )
    if not whole:
        raise damaged_workbook_error(file)


def workbook_error(file: str, what: str, remedy: str) -> DataError:
    """Return an error about a workbook as a whole."""
    return DataError([Problem(file, what, remedy)])


def password_error(file: str) -> DataError:
    """Return the error for an encrypted workbook."""
    return workbook_error(file, "is protected by a password.", "Save it without one.")


def damaged_workbook_error(file: str) -> DataError:
    """Return the error for a damaged workbook or a file that is not a workbook."""
    what = "cannot be read as an Excel workbook: it is damaged, or another kind of file."
    return workbook_error(file, what, "Open it in Excel and save it as .xlsx.")
