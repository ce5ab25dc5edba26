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
        with pytest.raises(DataError, match=r"is not in UTF-8, but in .* save it as .CSV UTF-8"):
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


def test_a_file_as_swedish_excel_writes_it_is_read_but_for_its_encoding(tmp_path: Path) -> None:
    path = write(tmp_path / "members.csv", "code;namn\r\n1480;Göteborg\r\n")
    assert read_project_csv(path, ["namn"]).to_dict("list") == {
        "code": ["1480"],
        "namn": ["Göteborg"],
    }
    write(path, "code;namn\r\n1480;Göteborg\r\n".encode("cp1252"))
    with pytest.raises(DataError, match=r"^members\.csv: is not in UTF-8, but in Windows-1252"):
        read_project_csv(path, ["namn"])


def test_a_register_heading_is_reported_with_the_right_name(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "members.csv", "Kommunkod,name\n0180,Stockholm\n")
    with pytest.raises(DataError, match=r"are: Kommunkod, name\. Rename 'Kommunkod' to 'code'\."):
        read_project_csv(path, ["code"])


def test_a_file_in_no_encoding_that_is_known_is_refused_with_its_row(tmp_path: Path) -> None:
    path = write(tmp_path / "members.csv", "code,namn\n1480,Göteborg\n".encode() + b"1,\xe4\n")
    with pytest.raises(DataError, match=r"row 3: the byte 0xE4 is not UTF-8"):
        read_project_csv(path, ["namn"])
