"""docs/reference/benchmarks.md: what was measured of each part, when, and on which code."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

Row = tuple[str, str, str, bool, str]  # what, measured, limit, whether within it, how

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
HEAD = """# Benchmarks

`make bench` measures each part, compares it with a limit and writes this page;
`make bench PARTS="letters board"` measures some parts again and keeps the rows of the others. A
ratio is between runs of the same session on the same machine. Single times depend on the machine,
and only show the order of magnitude. The last column is the commit that was measured, with `+` if
files had changed since.

The parts `members`, `growth` (rows of the register) and `releases` show whether a round of another
size is possible. Memory of a command is that of all its processes together, at the moment when it
is greatest.

"""
_COLUMNS = ("part", "what", "measured", "limit", "within it", "how", "commit")


def kept() -> dict[str, list[str]]:
    """The lines of each part, as the page has them."""
    lines: dict[str, list[str]] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []:
        cells = line.split(" | ")
        if line.startswith("| ") and len(cells) == len(_COLUMNS):
            lines.setdefault(cells[0].removeprefix("| "), []).append(line)
    lines.pop(_COLUMNS[0], None)
    return lines


def written(part: str, row: Row, commit: str) -> str:
    """A row as a line of the page."""
    what, measured, bar, holds, how = row
    cells = (part, what, measured, bar, "yes" if holds else "NO", how, commit)
    return f"| {' | '.join(cells)} |"


def write(lines: dict[str, list[str]]) -> None:
    """Write the page: the lines of each part, and the machine that they were measured on."""
    heading = [f"| {' | '.join(_COLUMNS)} |", "|" + "---|" * len(_COLUMNS)]
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    every = [*heading, *(line for part in lines.values() for line in part), "", f"{machine}.", ""]
    for part in filter(lambda part: picture_of(part).exists(), lines):
        every += [f"![Curves of what is measured in the part {part}]({picture_of(part).name})", ""]
    PAGE.write_text(HEAD + "\n".join(every), encoding="utf-8")


def picture_of(part: str) -> Path:
    """The path of the picture of a part, next to the page; few parts have one."""
    return PAGE.with_name(f"benchmarks-{part}.svg")


def measured_commit() -> str:
    """The commit that is checked out, shortened."""
    completed = subprocess.run(
        ["git", "describe", "--always", "--abbrev=7", "--dirty=+"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return completed.stdout.strip()
