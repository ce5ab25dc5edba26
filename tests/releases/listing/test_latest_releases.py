"""The releases of a round, newest first, each read when it is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpers.releases.listing.catalogue import latest_releases
from support.release_folders import put

MARCH = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("letters", ["2026-03-02-letters", "2026-03-02.10", "2026-03-02.9", "2026-03-01"]),
        ("board-report", ["2026-03-02.10", "2026-03-02.9", "2026-03-02-letters", "2026-03-01"]),
    ],
)
def test_newest_first_and_of_one_day_the_kind(
    tmp_path: Path, kind: str, expected: list[str]
) -> None:
    for name in (*expected, "2026-04-01", "2026-03-30-draft-sv"):
        put(tmp_path, name)
    put(tmp_path, "2026-03-30", "another")
    found = latest_releases(tmp_path, "a", MARCH, kind)
    assert [release.folder.name for release in found] == expected


def test_a_release_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    older, newer = put(tmp_path, "2026-03-01"), put(tmp_path, "2026-03-02")
    found = latest_releases(tmp_path, "a", MARCH, "board-report")
    assert next(found).folder == newer
    (older / "run.json").write_text("{")
    assert list(found) == []
