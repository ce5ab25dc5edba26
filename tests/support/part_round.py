"""A round of fees in which a yes may be of a part: the one of docs/explanation/money.md."""

from __future__ import annotations

from pathlib import Path

import pytest

ROUND = """\
name = "parts"
currency = "SEK"
requested = 100_000
years = [2026]
recommended_on = 2026-03-01
members = "members.csv"
languages = ["sv", "en"]
reconstructed = false
part_pledges = true
title.sv = "Vägen"
title.en = "The road"
organiser.short = "VF"
organiser.name = "Vägföreningen"
[pricing]
rule = "by-weight"
"""
MEMBERS = "code,name,weight\nA,Alm,1\nB,Berg,2\nC,Ceder,3\nD,Dal,4\n"
HEADING = "code,decided_on,received_on,decision,amount,condition"
ANSWERS = [
    "A,2026-03-03,2026-03-04,yes,,",
    "B,2026-03-03,2026-03-05,yes,5 000,",
    "C,2026-03-04,2026-03-06,yes,36000,",
    "D,2026-03-04,2026-03-07,yes,25000,if the others do",
]
DAY = "2026-03-31"


def write_parts(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    answers: list[str] | None = None,
    settings: str = ROUND,
    members: str = MEMBERS,
    heading: str = HEADING,
) -> Path:
    """Write the round into a project, which becomes the working folder; return its folder."""
    monkeypatch.chdir(project)
    folder = project / "data" / "rounds" / "parts"
    folder.mkdir(parents=True)
    (folder / "round.toml").write_text(settings, encoding="utf-8")
    (folder / "members.csv").write_text(members, encoding="utf-8")
    lines = [heading, *(ANSWERS if answers is None else answers)]
    (folder / "decisions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
