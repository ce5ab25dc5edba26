"""The documents of the shipped rounds have the bytes that release_bytes.json records.

So a change of the code that is not meant to change a document shows that it does not. Where a
document is meant to change, look at it, and record its bytes again:

    RENEW_RELEASE_BYTES=1 pytest -n 0 tests/end_to_end/test_release_bytes.py

Not recorded are run.json, which contains the hash of the code, the notebooks, which contain times,
and workbooks, which the system's zlib compresses. The bytes are those of one system, by which they
are recorded, and of the locked libraries, under any supported Python.
"""

from __future__ import annotations

import json
import os
import platform
from hashlib import sha256
from pathlib import Path

import pytest

from support.command_server import funding_report

RECORD = Path(__file__).with_name("release_bytes.json")
RENEW = "RENEW_RELEASE_BYTES=1 pytest -n 0 tests/end_to_end/test_release_bytes.py"
SYSTEM = f"{platform.system()} {platform.machine()}"
COMMANDS = [
    "board skl-2016 --as-of 2017-02-22",
    "board yrkesresan --as-of 2021-06-30",
    "letters skl-2016 --as-of 2017-02-22 --only 0180",
]
Hashes = dict[str, str]


def recorded() -> dict[str, dict[str, Hashes]]:
    """By system and command: the SHA-256 of each file."""
    found: dict[str, dict[str, Hashes]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def record(command: str, hashes: Hashes) -> None:
    found = recorded()
    found.setdefault(SYSTEM, {})[command] = hashes
    text = json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    RECORD.write_text(text, encoding="utf-8")


def hashes_of(folder: Path) -> Hashes:
    files = (p for p in folder.glob("*") if p.suffix in {".html", ".pdf", ".csv"})
    documents = [folder / "figures.json", *files]
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(documents)}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_documents_have_the_recorded_bytes(command: str, tmp_path: Path) -> None:
    expected = recorded().get(SYSTEM, {}).get(command)
    renewed = os.environ.get("RENEW_RELEASE_BYTES") == "1"
    if expected is None and not renewed:
        pytest.skip(f"no bytes are recorded for {SYSTEM}; to record them: {RENEW}")
    done = funding_report(*command.split(), "--output", tmp_path)
    assert done.returncode == 0, done.stderr
    [run] = tmp_path.glob("*/*/run.json")
    found = hashes_of(run.parent)
    if renewed:
        record(command, found)
        return
    assert expected is not None
    names = sorted(expected.keys() | found.keys())
    differing = [name for name in names if expected.get(name) != found.get(name)]
    assert not differing, (
        f"{command}: the bytes of {', '.join(differing)} are not those of {RECORD.name}. "
        f"If that is meant: {RENEW}"
    )
