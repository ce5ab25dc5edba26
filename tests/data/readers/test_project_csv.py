from __future__ import annotations

from pathlib import Path

import pytest

from helpers.data.readers.project_csv import csv_of_columns, read_project_csv
from helpers.errors import DataError


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_round_s_own_files_are_utf_8_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path / "members.csv", "\ufeffcode,namn\n\n0180,Göteborg \n")
    rows = read_project_csv(path, ["namn"])
    assert rows.to_dict("index") == {3: {"code": "0180", "namn": "Göteborg"}}
    assert csv_of_columns(path, ["namn"], ["ort"]) == "namn\nGöteborg\n"
    assert csv_of_columns(path, [], ["code", "ort"]) == "code\n0180\n"
    for encoding in ("cp1252", "utf-16"):
        write(path, path.read_text(encoding="utf-8").encode(encoding, "ignore"))
        with pytest.raises(DataError, match="UTF-8"):
            read_project_csv(path, ["namn"])
        write(path, "code,namn\n0180,Göteborg\n")


def test_a_column_that_is_missing_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    path = write(tmp_path / "members.csv", "\ncode,,name\n0180,,Stockholm\n")
    with pytest.raises(DataError) as error:
        read_project_csv(path, ["code", "county"])
    assert str(error.value) == (
        "members.csv, row 2, column county: there is no column 'county'. "
        "The columns found are: code, name."
    )
