"""Convert strict Office Open XML workbooks, whose namespaces openpyxl does not know."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_WORKBOOK_PART = "xl/workbook.xml"
_STRICT_MARK = b"http://purl.oclc.org/ooxml/"
# ISO/IEC 29500-1 and -4: the strict namespaces and those of the usual, transitional form.
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_NAMESPACES = [
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     _TRANSITIONAL + b"officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument", _TRANSITIONAL + b"officeDocument/2006"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml", _TRANSITIONAL + b"spreadsheetml/2006"),
    (b"http://purl.oclc.org/ooxml/drawingml", _TRANSITIONAL + b"drawingml/2006"),
]  # fmt: skip


def as_transitional(data: bytes) -> bytes:
    """Return the workbook with the transitional namespaces; unchanged if it already has them.

    `data` is an archive that check_archive has accepted.
    """
    with ZipFile(BytesIO(data)) as archive:
        if _WORKBOOK_PART not in archive.namelist():
            return data
        if _STRICT_MARK not in archive.read(_WORKBOOK_PART):
            return data
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as renamed:
            for name in archive.namelist():
                renamed.writestr(name, _renamed(archive.read(name)))
    return target.getvalue()


def _renamed(part: bytes) -> bytes:
    for strict, transitional in _STRICT_NAMESPACES:
        part = part.replace(strict, transitional)
    return part
