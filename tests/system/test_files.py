"""Input files are read, and what is not a file is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpers.errors import ReportError
from helpers.system.files import read_bytes


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "decisions.csv")
    with pytest.raises(ReportError, match=r"decisions\.csv is not a file"):
        read_bytes(tmp_path / "decisions.csv")


def test_a_link_to_a_file_is_read_and_a_folder_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a")
    (tmp_path / "link").symlink_to("file")
    assert read_bytes(tmp_path / "link") == b"a"
    with pytest.raises(ReportError, match="There is no file"):
        read_bytes(tmp_path)
