"""Draws decisions.csv for Yrkesresan so that it meets the one published number.

Which municipalities had joined is not public. What is: 238 of 290 had said yes by 13 April 2021
(SKR, "Frågor och svar om Yrkesresan"). Which they were, and when each joined, is drawn by chance.
How many of the others had said no is not known, so they have no row. Only random.random() is used,
which no version of Python changes for a given seed.

Run it with `python data/rounds/yrkesresan/reconstruct.py` to write decisions.csv beside it.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_round
from helpers.model.answer_register import DATE_COLUMNS

HERE = Path(__file__).resolve().parent
SEED = 20210413
JOINED = 238
FIRST, LAST = date(2021, 1, 11), date(2021, 4, 13)
HEADING = ["code", *DATE_COLUMNS, "decision", "case_number", "note", "source"]


def main() -> None:
    """Write decisions.csv beside this file."""
    (HERE / "decisions.csv").write_bytes(reconstruct().encode())


def reconstruct() -> str:
    """The register as CSV text, the same on every run."""
    random.seed(SEED)
    codes = sorted(load_members(HERE, load_round(HERE))["code"])
    joined = sorted(codes, key=lambda _: random.random())[:JOINED]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    writer.writerows(sorted(map(_row, sorted(joined)), key=lambda row: (row[2], row[0])))
    return text.getvalue()


def _row(code: str) -> list[str]:
    """A yes received on a weekday of the period, decided within the two weeks before."""
    received = _workday(FIRST + timedelta(days=int(random.random() * ((LAST - FIRST).days + 1))))
    decided = _workday(received - timedelta(days=int(random.random() * 14)))
    return [code, str(decided), str(received), "", "yes", "", "", "reconstructed"]


def _workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


if __name__ == "__main__":
    main()
