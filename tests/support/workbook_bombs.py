"""Small workbooks of the other kinds that stand for much: repeated cells, cells that lie far apart.

The formats: OpenDocument 1.3, part 3; [MS-XLS] and [MS-CFB]; [MS-XLSB].
"""

from __future__ import annotations

import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text")
)
EXTENDED = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<m:file-entry m:full-path="/" m:media-type="{KIND}"/></m:manifest>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECTOR = 512


def opendocument(path: Path, *rows: str) -> None:
    """A workbook of a heading and some rows."""
    names = ("code", "decision")
    cells = "".join(f"<table:table-cell {text(name)}</table:table-cell>" for name in names)
    heading = f"<table:table-row>{cells}</table:table-row>"
    content = (
        f"<office:document-content {NAMES} {EXTENDED}><office:body><office:spreadsheet>"
        f'<table:table table:name="Svar">{heading}{"".join(rows)}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)


def text(word: str) -> str:
    return f'office:value-type="string"><text:p>{word}</text:p>'


def repeated_cells(path: Path) -> None:
    """A cell with a text of 10,000 characters, 1,000 times in each of 1,000 rows."""
    long = text("x" * 10_000)
    cell = f'<table:table-cell table:number-columns-repeated="1000" {long}</table:table-cell>'
    opendocument(
        path, f'<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>'
    )
    assert path.stat().st_size < 2_000


def repeated_errors(path: Path) -> None:
    """A cell with an error, 16,000 times in each of 1,600,000 rows."""
    cell = '<table:table-cell calcext:value-type="error" table:number-columns-repeated="16000"/>'
    row = f'<table:table-row table:number-rows-repeated="16000">{cell}</table:table-row>'
    opendocument(path, *[row] * 100)
    assert path.stat().st_size < 2_000


def hidden_rows(path: Path) -> None:
    """200,000 hidden rows, each of them 16,000 times."""
    row = '<table:table-row table:visibility="collapse" table:number-rows-repeated="16000"/>'
    opendocument(path, *[row] * 200_000)
    assert path.stat().st_size < 200_000


def many_parts(path: Path) -> None:
    """20,000 files without content."""
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", KIND)
        for number in range(20_000):
            archive.writestr(f"{number}", b"")


def record(kind: int, *content: bytes) -> bytes:
    whole = b"".join(content)
    return struct.pack("<HH", kind, len(whole)) + whole


def compound_workbook(path: Path) -> None:
    """An .xls with a number in the first and one in the last cell that its format can name."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    sheet_begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    end = record(0x0A)
    name = b"Svar"
    position = len(begin) + 4 + 8 + len(name) + len(end)
    bound = record(0x85, struct.pack("<IHBB", position, 0, len(name), 0), name)
    cells = b"".join(record(0x203, struct.pack("<HHHd", at, at, 0, 1.0)) for at in (0, 0xFFFF))
    stream = begin + bound + end + sheet_begin + cells + end
    path.write_bytes(compound_file(stream.ljust(4096, b"\0")))
    assert path.stat().st_size < 10_000


def compound_file(stream: bytes) -> bytes:
    """A compound file with one stream, Workbook: header, table of sectors, folder, stream."""
    free, last, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    number = len(stream) // SECTOR
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    header += struct.pack("<IIIIIII", 1, 0, 4096, last, 0, last, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    chain = [table, last, *range(3, 2 + number), last]
    sectors = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    folder = entry("Root Entry", 5, 1, last, 0) + entry("Workbook", 2, free, 2, len(stream))
    return header + sectors + folder.ljust(SECTOR, b"\0") + stream


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    free = 0xFFFFFFFF
    spelled = f"{name}\0".encode("utf-16-le")
    head = spelled.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(spelled), kind, 1, free, free, child
    )
    return head + bytes(36) + struct.pack("<IQ", start, size)


def binary_record(kind: int, content: bytes = b"") -> bytes:
    size = len(content)
    low = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    assert size < 0x80
    return low + bytes([size]) + content


def binary_workbook(path: Path) -> None:
    """An .xlsb with a number in the first and one in the last cell of a sheet of Excel."""

    def wide(word: str) -> bytes:
        return struct.pack("<I", len(word)) + word.encode("utf-16-le")

    sheet = binary_record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("Svar"))
    book = binary_record(0x83) + binary_record(0x8F) + sheet + binary_record(0x90)
    cells = binary_record(0x81) + binary_record(0x94, bytes(16)) + binary_record(0x91)
    for row, column in ((0, 0), (1_048_575, 16_383)):
        cells += binary_record(0, struct.pack("<I", row) + bytes(21))
        cells += binary_record(5, struct.pack("<IId", column, 0, 1.0))
    cells += binary_record(0x92) + binary_record(0x82)
    relation = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/_rels/workbook.bin.rels", relation)
        archive.writestr("xl/workbook.bin", book + binary_record(0x84))
        archive.writestr("xl/worksheets/sheet1.bin", cells)
    assert path.stat().st_size < 2_000
