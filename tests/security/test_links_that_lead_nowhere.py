"""A link in a round that leads nowhere is named, not taken for a file that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.system.typefaces.project_fonts import FONTS_FOLDER
from support.command_server import funding_report

ROUND = "data/rounds/few"
FILES = [
    *(f"{ROUND}/{name}.toml" for name in ("corrections", "published", "commentary")),
    *(f"{ROUND}/{name}.csv" for name in ("members", "payments", "invoicing", "contributors")),
    "data/brand.toml",
    f"{FONTS_FOLDER}/own.ttf",
]


@pytest.mark.parametrize("to", ["not-mounted", "itself"])
@pytest.mark.parametrize("file", FILES)
def test_a_link_that_leads_nowhere_is_one_message(small_project: Path, file: str, to: str) -> None:
    path = small_project / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(path if to == "itself" else path.with_name(to))
    status = ("status", "few", "--as-of", "2026-03-01")
    for command in [("check", "few"), *([status] if path.suffix != ".ttf" else [])]:
        done = funding_report(*command, cwd=small_project)
        assert (done.returncode, done.stdout) == (1, ""), command
        assert done.stderr == (
            f"funding-report: {path} is a link that leads nowhere. Restore what it leads to, or "
            "remove the link.\n"
        )
