"""What is noted of a delivery outlives a power cut and a run that was killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpers.delivery.delivery_log import open_delivery_log


def test_a_note_is_on_the_disk_and_so_is_its_name(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, settled = os.fsync, list[int]()

    def fsync(number: int) -> None:
        settled.append(os.fstat(number).st_ino)
        real(number)

    monkeypatch.setattr(os, "fsync", fsync)
    with open_delivery_log(release, "k") as ledger:
        ledger.write("copy", state="copied")
    folder = release.parent / ".delivery"
    assert settled == [place.stat().st_ino for place in (folder / "2017-02-22.json", folder)]


def test_what_a_killed_run_was_writing_is_written_over(release: Path) -> None:
    folder = release.parent / ".delivery"
    folder.mkdir()
    (folder / ".2017-02-22.json.part").write_text("{" * 1_000, encoding="utf-8")
    with open_delivery_log(release, "k") as ledger:
        ledger.write("copy", state="copied")
    assert [path.name for path in folder.iterdir()] == ["2017-02-22.json"]
    with open_delivery_log(release, "k") as again:
        assert again.entries == {"copy": {"state": "copied"}}
