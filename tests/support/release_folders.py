"""A release by hand; and what must hold of releases whatever happened to the runs behind them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from helpers.releases.storage import file_hashes


def put(reports: Path, name: str, round_: str = "a") -> Path:
    """A release that an index lists, with one file."""
    folder = reports / round_ / name
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(name)
    run = {
        "kind": "letters" if "-letters" in name else "board-report",
        "parameters": {"round": round_, "as_of": name[:10]},
        "outputs": file_hashes(folder),
        "reconstructed": False,
    }
    (folder / "run.json").write_text(json.dumps(run))
    return folder


def listed(folder: Path) -> list[str]:
    """The releases and drafts that a reader sees; each of them whole, or this fails."""
    names = sorted(path.name for path in folder.glob("[!.]*") if not path.match("*.log.json"))
    for name in names:
        run = json.loads((folder / name / "run.json").read_text(encoding="utf-8"))
        assert run["outputs"] == file_hashes(folder / name), f"{name} is torn"
        assert run["outputs"], name
    return names


def content(folder: Path, *names: str) -> dict[str, str]:
    """SHA-256 of every file of some releases."""
    files = (path for name in names for path in (folder / name).rglob("*") if path.is_file())
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(".*"))
