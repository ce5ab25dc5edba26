"""Detect a register's kind of file by its content, not by its name; unpack archives."""

from __future__ import annotations

import gzip
import re
from io import BytesIO
from pathlib import PurePosixPath
from typing import Literal
from zipfile import ZipFile

from helpers.data.readers.workbooks.workbook_archive import (
    COMPOUND_FILE,
    ENCRYPTED_PART,
    MAX_UNPACKED_BYTES,
)
from helpers.errors import DataError, Problem, ReportError

FileKind = Literal["text", "workbook", "other workbook", "parquet"]

_KIND_OF_SUFFIX: dict[str, FileKind] = {
    ".csv": "text",
    ".txt": "text",
    ".tsv": "text",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".xls": "other workbook",
    ".xlsb": "other workbook",
    ".ods": "other workbook",
    ".parquet": "parquet",
}
_PACKED_SUFFIXES = {".gz", ".zip"}
KNOWN_SUFFIXES = {*_KIND_OF_SUFFIX, *_PACKED_SUFFIXES}
_KIND_NAMES = {
    "text": "text (CSV)",
    "workbook": "an Excel workbook",
    "other workbook": "a workbook of another kind",
    "parquet": "Parquet",
}
_WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|div|meta)\b",
                       re.IGNORECASE | re.DOTALL)  # fmt: skip
_XML = re.compile(rb"\s*<\?xml|\s*<Workbook\b")
_MIME = re.compile(rb"\s*(?:mime-version|content-type):", re.IGNORECASE)
_WEB_PAGE_REMEDY = (
    "Open it in Excel and save it as an Excel workbook (.xlsx). If it came from an address, it "
    "may be a page to sign in on: read a downloaded copy."
)
# Files that zip programs add unasked.
_SYSTEM_ENTRY = re.compile(r"^__MACOSX/|(?:^|/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$|/$")


def suffix_of(name: str) -> str:
    """Return the end of a file name from its last dot, in lower case."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def unpack(data: bytes, name: str) -> tuple[bytes, str, list[str]]:
    """Return the content and name of the file in a .gz, or in a .zip with one file, and a note.

    Other files are returned unchanged. Raises DataError for an archive that is damaged or
    encrypted, or that contains no file or several.
    """
    if suffix_of(name) == ".gz":
        inner = name[: -len(".gz")]
        return _unzip_stream(data, name), inner, [f"Unpacked from {name}."]
    if suffix_of(name) != ".zip":
        return data, name, []
    return _unzip_archive(data, name)


def _unzip_stream(data: bytes, name: str) -> bytes:
    try:
        with gzip.open(BytesIO(data)) as packed:
            content = packed.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, ValueError):
        raise _archive_error(name) from None
    except Exception:  # zlib has its own error
        raise _archive_error(name) from None
    _check_size(len(content), name)
    return content


def _unzip_archive(data: bytes, name: str) -> tuple[bytes, str, list[str]]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = [one for one in archive.infolist() if not _SYSTEM_ENTRY.search(one.filename)]
            if len(parts) != 1:
                raise _one_file_error(name, [part.filename for part in parts])
            if parts[0].flag_bits & 1:
                what = "is protected by a password."
                raise DataError([Problem(name, what, "Pack it without one.")])
            _check_size(parts[0].file_size, name)
            with archive.open(parts[0]) as packed:
                content = packed.read(MAX_UNPACKED_BYTES + 1)
    except ReportError:
        raise
    except Exception:  # damage surfaces as any of a dozen exceptions
        raise _archive_error(name) from None
    _check_size(len(content), name)
    inner = PurePosixPath(parts[0].filename).name
    return content, inner, [f"Unpacked from {name}."]


def _one_file_error(name: str, files: list[str]) -> DataError:
    shown = ", ".join(files[:10]) or "none"
    what = f"holds {len(files)} files ({shown}), and the register is one."
    return DataError([Problem(name, what, "Unpack it, and name the one to read.")])


def _archive_error(name: str) -> DataError:
    return DataError([Problem(name, "cannot be unpacked: it is damaged.", "Pack it again.")])


def _check_size(size: int, name: str) -> None:
    if size > MAX_UNPACKED_BYTES:
        what = f"unpacks to more than {MAX_UNPACKED_BYTES // 10**6} MB."
        raise DataError([Problem(name, what, "Keep only the register.")])


def file_kind(data: bytes, name: str) -> tuple[FileKind, list[str]]:
    """Return the kind of a file by its content if that is clear, and a note if its name differs.

    Raises DataError for a web page, and for XML with the name of a table.
    """
    expected = _KIND_OF_SUFFIX.get(suffix_of(name))
    found = _recognise(data, name)
    if found is None or found == expected:
        return expected or "text", []
    if found == "text" and expected == "parquet":
        return expected, []  # whose reader says that it is damaged
    ending = suffix_of(name)
    named = f", though its name ends in {ending}" if expected else ""
    return found, [f"Read as {_KIND_NAMES[found]}{named}."]


def _recognise(data: bytes, name: str) -> FileKind | None:
    if data.startswith(COMPOUND_FILE):
        return "workbook" if ENCRYPTED_PART in data else "other workbook"
    if data.startswith(b"PK\x03\x04"):
        return _recognise_zip(data)
    if data.startswith(b"PAR1"):
        return "parquet"
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(start) or (_XML.match(start) and b"<html" in start.lower()):
        raise DataError([Problem(name, "is a web page (HTML), not a table.", _WEB_PAGE_REMEDY)])
    if _XML.match(start) or _MIME.match(start):
        raise DataError([Problem(name, "is an XML or web archive, not a table.", _WEB_PAGE_REMEDY)])
    return "text" if _is_text(start) else None


def _recognise_zip(data: bytes) -> FileKind | None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except Exception:  # damaged: its reader says so
        return None
    if "xl/workbook.xml" in names:
        return "workbook"
    return "other workbook" if names & {"xl/workbook.bin", "content.xml"} else None


def _is_text(start: bytes) -> bool:
    """Return whether bytes are text: at least one separator or line end, no control characters."""
    return bool(re.search(rb"[,;\t|\r\n]", start)) and not re.search(
        rb"[\x00-\x08\x0b\x0e-\x1f]", start
    )
