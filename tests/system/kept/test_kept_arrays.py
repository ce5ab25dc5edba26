from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from helpers.system.kept import kept_arrays
from helpers.system.kept.kept_arrays import kept_array


class Computation:
    """A computation that counts its calls."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> kept_arrays.Array:
        self.times += 1
        return np.array([[0.1, 0.2], [1 / 3, -0.0]])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "funding-report" / "map"


def test_an_array_is_computed_once_for_the_same_inputs(folder: Path) -> None:
    compute = Computation()
    first = kept_array("map", [b"a", b"b"], compute)
    again = kept_array("map", [b"a", b"b"], compute)
    assert compute.times == 1
    assert again.tobytes() == first.tobytes()
    assert again.shape == (2, 2)


@pytest.mark.parametrize("other", [[b"ab"], [b"b", b"a"], [b"a", b"b", b""]])
def test_other_inputs_are_computed_again(folder: Path, other: list[bytes]) -> None:
    compute = Computation()
    kept_array("map", [b"a", b"b"], compute)
    kept_array("map", other, compute)
    assert compute.times == 2


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_file_is_not_read(folder: Path, damage: bytes | None) -> None:
    compute = Computation()
    kept_array("map", [b"a"], compute)
    [file] = folder.iterdir()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1  # one bit of the last number
    file.write_bytes(bytes(content) if damage is None else damage)
    assert kept_array("map", [b"a"], compute).tolist() == [[0.1, 0.2], [1 / 3, -0.0]]
    assert compute.times == 2


def test_without_a_folder_the_array_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert kept_array("map", [b"a"], Computation()).shape == (2, 2)


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home(path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "expanduser", no_home)
    assert kept_array("map", [b"a"], Computation()).shape == (2, 2)


def test_those_not_used_for_longest_are_deleted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_arrays, "MAX_KEPT", 3)
    used = Computation()
    for number in range(5):
        for file in folder.glob("*"):  # time passes
            before = file.stat().st_mtime - 60
            os.utime(file, (before, before))
        kept_array("map", [b"used"], used)
        kept_array("map", [bytes([number])], Computation())
    assert used.times == 1
    assert len(list(folder.iterdir())) == 3
