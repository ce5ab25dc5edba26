"""A round of pledges in three currencies: the one of docs/explanation/money.md, "Pledges"."""

from __future__ import annotations

from pathlib import Path

import pytest

ROUND = """\
name = "appeal"
currency = "SEK"
requested = 1_000_000
years = [2026]
recommended_on = 2026-03-01
members = "members.csv"
languages = ["sv", "en"]
reconstructed = false
title.sv = "Insamlingen"
title.en = "The appeal"
organiser.short = "KF"
organiser.name = "Katastroffonden"
[pricing]
rule = "pledges"
secured = "confirmed"
rates.EUR = { rate = "11.2345", on = 2026-03-02, source = "Sveriges riksbank" }
rates.JPY = { rate = "7.1234", per = 100, on = 2026-03-02, source = "Sveriges riksbank" }
"""
MEMBERS = "code,name\nA,Alm\nB,Berg\nC,Ceder\nD,Dal\nE,Ek\n"
CONTRIBUTORS = "code,name\nF,Fonden\nG,Givaren\n"
HEADING = "code,decided_on,received_on,decision,amount,currency,confirmed,condition"
ANSWERS = [
    "A,2026-03-03,2026-03-04,yes,300 000,,yes,",
    "B,2026-03-03,2026-03-05,ja,10000.50,EUR,10000.50,",
    "C,2026-03-04,2026-03-06,,1000000,JPY,400000,",
    "D,2026-03-04,2026-03-07,no,,,,",
    "E,2026-03-05,2026-03-08,yes,50000,SEK,,if the others do",
    "F,2026-03-05,2026-03-09,yes,2000,eur,,",
]
# Pledged and secured by contributor, as the page works them out.
PLEDGED = {"A": 300_000, "B": 112_351, "C": 71_234, "D": 0, "E": 50_000, "F": 22_469}
SECURED = {"A": 300_000, "B": 112_351, "C": 28_494, "D": 0, "E": 0, "F": 0}
DAY = "2026-03-31"


def write_appeal(
    project: Path, monkeypatch: pytest.MonkeyPatch, *, answers: list[str] | None = None
) -> Path:
    """Write the round into a project, which becomes the working folder; return its folder."""
    monkeypatch.chdir(project)
    folder = project / "data" / "rounds" / "appeal"
    folder.mkdir(parents=True)
    (folder / "round.toml").write_text(ROUND, encoding="utf-8")
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (folder / "contributors.csv").write_text(CONTRIBUTORS, encoding="utf-8")
    write_answers(folder, *(ANSWERS if answers is None else answers))
    return folder


def write_answers(folder: Path, *lines: str, heading: str = HEADING) -> None:
    """Write the round's register."""
    (folder / "decisions.csv").write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
