"""Small files that stand for much are refused in one message, within a bound of memory and time."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from support import workbook_bombs

MEMORY = 2_500_000_000  # bytes of addresses, of which the libraries take one billion
# Reads each file that it is given, and prints what it says of it, and what the process took.
CHILD = f"""
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from pathlib import Path
from helpers.data.readers.table_reader import read_table
from helpers.data.readers.toml_entries import read_toml
from helpers.data.round.archived_inputs import read_release_json
from helpers.data.round.round_config import load_round
from helpers.errors import ReportError
said = {{}}
for name in sys.argv[1:]:
    readers = {{".toml": read_toml, ".json": read_release_json, ".round": load_round}}
    read = readers.get(Path(name).suffix)
    try:
        read(Path(name)) if read else read_table(name)
        said[Path(name.partition("?")[0]).name] = "read"
    except ReportError as error:
        said[Path(name).name] = str(error)
print(json.dumps(said))
"""


def parquet_of_constants(path: Path) -> None:
    part = pa.table({"code": np.zeros(2_000_000, dtype="int32")})
    with pq.ParquetWriter(path, part.schema) as writer:
        for _ in range(30):
            writer.write_table(part)
    assert path.stat().st_size < 300_000


def parquet_of_one_long_text(path: Path) -> None:
    codes = pa.DictionaryArray.from_arrays(np.zeros(100_000, dtype="int32"), ["x" * 1_000_000])
    pq.write_table(pa.table({"code": codes}), path, compression="zstd")
    assert path.stat().st_size < 10_000


def blank_lines(path: Path) -> None:
    path.write_bytes(b"code,decision\n" + b"\n" * 20_000_000)


def a_million_headings(path: Path) -> None:
    path.write_text(",".join(f"h{number}" for number in range(1_000_000)) + "\n")


def as_many_headings_as_may_be(path: Path) -> None:
    path.write_text(",".join(["code", *["h"] * 16_000]) + "\n")


def shared_strings(path: Path) -> None:
    """One text of 30,000 characters, which 15,000 cells share."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append(["code", "decision"])
    for _ in range(15_000):
        sheet.append(["shared", "ja"])
    short = BytesIO()
    book.save(short)
    cell, shared = b't="inlineStr"><is><t>shared</t></is>', b't="s"><v>0</v>'
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%b"/></Types>' % kind
    with ZipFile(short) as archive, ZipFile(path, "w", ZIP_DEFLATED) as longer:
        for name in archive.namelist():
            content = archive.read(name).replace(cell, shared).replace(b"</Types>", part)
            longer.writestr(name, content)
        text = b"<si><t>%b</t></si>" % (b"x" * 30_000)
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        longer.writestr("xl/sharedStrings.xml", b'<sst xmlns="%b">%b</sst>' % (space, text))
    assert path.stat().st_size < 300_000


def database_view(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE VIEW decisions AS WITH RECURSIVE n(x) AS "
            "(SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000000) "
            "SELECT printf('%.*c', 1000, 'x') AS code, 'ja' AS decision FROM n"
        )


def deep_toml(path: Path) -> None:
    path.write_text("a = " + "[" * 100_000)


def deep_keys(path: Path) -> None:
    path.write_text(".".join(["a"] * 20_000) + " = 1\n")


def huge_toml(path: Path) -> None:
    path.write_bytes(b"a = 1\n" + b"\n" * (17 * 2**20))


def deep_json(path: Path) -> None:
    path.write_text('{"a":' * 100_000)


def huge_json(path: Path) -> None:
    path.write_bytes(b" " * (65 * 2**20))


def many_years(path: Path) -> None:
    path.mkdir()
    years = ", ".join(map(str, range(2000, 22_000)))
    (path / "round.toml").write_text(f'name = "many.round"\nyears = [{years}]\n')


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def nowhere(path: Path) -> None:
    path.symlink_to("nowhere-at-all")


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "constants.parquet": (parquet_of_constants, "has more than 2,000,000 rows"),
    "text.parquet": (parquet_of_one_long_text, "has more than 300,000,000 characters"),
    "blank.csv": (blank_lines, "has more than 2,000,000 rows"),
    "headings.csv": (a_million_headings, "has more than 16,384 columns"),
    "repeated.csv": (as_many_headings_as_may_be, "read"),
    "shared.xlsx": (shared_strings, "has more than 300,000,000 characters"),
    "repeated.ods": (workbook_bombs.repeated_cells, "takes more than 2,000 MB of memory"),
    "errors.ods": (workbook_bombs.repeated_errors, "has more than 1,000,000 cells with an error"),
    "hidden.ods": (workbook_bombs.hidden_rows, "read"),
    "parts.ods": (workbook_bombs.many_parts, "has more than 10,000 parts"),
    "apart.xls": (workbook_bombs.compound_workbook, "takes more than 2,000 MB of memory"),
    "apart.xlsb": (workbook_bombs.binary_workbook, "takes more than 2,000 MB of memory"),
    "view.db": (database_view, "has more than 300,000,000 characters"),
    "deep.toml": (deep_toml, "is nested too deeply"),
    "keys.toml": (deep_keys, "is nested too deeply"),
    "huge.toml": (huge_toml, "is larger than 16 MB"),
    "deep.json": (deep_json, "nested too deeply"),
    "huge.json": (huge_json, "is larger than 64 MB"),
    "many.round": (many_years, "at most 100"),
    "pipe.csv": (pipe, "is not a file"),
    "device.csv": (device, "is not a file"),
    "nowhere.csv": (nowhere, "There is no file"),
    "pipe.json": (pipe, "is not a file"),
    "device.toml": (device, "is not a file"),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("bombs")
    for name, (make, _) in BOMBS.items():
        make(folder / name)
    named = [
        f"sqlite:///{folder / name}" if name.endswith(".db") else str(folder / name)
        for name in BOMBS
    ]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *named],
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_stands_for_much_is_one_message(name: str, said: dict[str, str]) -> None:
    expected = BOMBS[name][1]
    assert said[name] == "read" if expected == "read" else expected in said[name]
    assert len(said[name]) < 2_000
