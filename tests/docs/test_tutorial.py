"""The tutorial is true: followed literally, it prints what it says and comes to what it says."""

from __future__ import annotations

import csv
import json
from pathlib import Path


def test_the_tutorial_comes_to_what_it_says(followed: Path) -> None:
    release = followed / "reports/my-round/2026-03-31"
    figures = json.loads((release / "figures.json").read_text(encoding="utf-8"))
    # 240,000 by 1,000 : 2,000 : 7,000 : 2,000 is 20 for each; the first and the last said yes.
    fees = {one["code"]: one["fee"] for one in figures["member_list"]}
    assert fees == {"0001": 20_000, "0002": 40_000, "0003": 140_000, "0004": 40_000}
    assert (figures["funded"], figures["declined"], figures["possible"]) == (
        60_000,
        40_000,
        140_000,
    )
    # 70 % of 240,000 is 168,000; with the 140,000 that may still come there would be 200,000.
    [needed] = figures["thresholds"]
    assert (needed["needed"], needed["short"], needed["possible"]) == (168_000, 108_000, 200_000)


def test_its_letters_are_there_and_its_invoices_are_of_each_yes_and_year(followed: Path) -> None:
    release = followed / "reports/my-round/2026-03-31-letters"
    assert {path.name for path in release.glob("*.pdf")} == {f"000{n}.sv.pdf" for n in (1, 2, 3, 4)}
    with (release / "invoices.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    assert len(rows) == 2 * 2
    assert (followed / "reports/index.html").exists()
