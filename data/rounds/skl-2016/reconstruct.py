"""Draws decisions.csv for the 2016 round so that it meets every published total.

Who answered what in 2016 is not public. What is: 253 of 290 had answered by 22 February 2017, 209
yes and 44 no, and a little over 2.6 million SEK was secured (SKL's letter of that day); and
Stockholm's proposal of 8 September 2016 to say yes (PM 2016:149). Everything else here is drawn by
chance. Only random.random() is used, which no version of Python changes for a given seed.

Run it with `python data/rounds/skl-2016/reconstruct.py` to write decisions.csv beside it.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from io import StringIO
from itertools import accumulate
from pathlib import Path

from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_round
from helpers.funding.totals.members.member_prices import compute_prices
from helpers.model.answer_register import DATE_COLUMNS

HERE = Path(__file__).resolve().parent
SEED = 20170222
YES, NO = 209, 44
FUNDED_OVER, FUNDED_UNDER = 2_600_000, 2_650_000  # "drygt 2,6 miljoner"
STOCKHOLM, CASE_NUMBER = "0180", "159-1145/2016"
PROPOSED_ON = date(2016, 9, 8)
REPORTED_ON = date(2017, 2, 22)
DEADLINE, EXTENDED = date(2016, 9, 30), date(2016, 10, 31)
HEADING = ["code", *DATE_COLUMNS, "decision", "case_number", "note", "source"]

# Share of the answers received in each period. They crowd before both deadlines; in July, when
# municipal boards rest, none is decided.
PERIODS = [
    (0.02, date(2016, 6, 13), date(2016, 6, 30)),
    (0.08, date(2016, 8, 15), date(2016, 9, 4)),
    (0.16, date(2016, 9, 5), date(2016, 9, 18)),
    (0.34, date(2016, 9, 19), DEADLINE),
    (0.10, date(2016, 10, 3), date(2016, 10, 20)),
    (0.20, date(2016, 10, 21), EXTENDED),
    (0.07, date(2016, 11, 1), date(2016, 12, 16)),
    (0.03, date(2017, 1, 9), REPORTED_ON),
]


def main() -> None:
    """Write decisions.csv beside this file."""
    (HERE / "decisions.csv").write_bytes(reconstruct().encode())


def reconstruct() -> str:
    """The register as CSV text, the same on every run."""
    random.seed(SEED)
    round_ = load_round(HERE)
    fees = compute_prices(round_, load_members(HERE, round_)).fees
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    writer.writerows(sorted(_rows(_draw_answers(fees)), key=lambda row: (row[2], row[0])))
    return text.getvalue()


def _draw_answers(fees: dict[str, int]) -> dict[str, str]:
    """Draw who says yes and no until the funded amount is the published one."""
    while True:
        order = sorted(fees, key=lambda code: (code != STOCKHOLM, random.random()))
        funded = sum(fees[code] for code in order[:YES])
        if FUNDED_OVER < funded < FUNDED_UNDER:
            answers = dict.fromkeys(order[:YES], "yes") | dict.fromkeys(order[YES : YES + NO], "no")
            return dict(sorted(answers.items()))


def _rows(answers: dict[str, str]) -> list[list[str]]:
    return [_row(code, decision) for code, decision in answers.items()]


def _row(code: str, decision: str) -> list[str]:
    note, case_number = "", ""
    received = _draw_received()
    decided = _workday(received - timedelta(days=int(random.random() * 14)))
    if code == STOCKHOLM:
        note, case_number = "yes as the memorandum proposed; the dates are drawn", CASE_NUMBER
        decided = _workday(PROPOSED_ON + timedelta(days=7 + int(random.random() * 7)))
        received = _workday(decided + timedelta(days=4))
    decided = max(decided, date(2016, 6, 13))
    return [code, str(decided), str(received), "", decision, case_number, note, "reconstructed"]


def _draw_received() -> date:
    """A weekday: the period by its share, the day by chance within it."""
    at = random.random()
    ends = list(accumulate(share for share, _, _ in PERIODS))
    place = next((i for i, end in enumerate(ends) if at < end), len(PERIODS) - 1)
    _, first, last = PERIODS[place]
    return _workday(first + timedelta(days=int(random.random() * ((last - first).days + 1))))


def _workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


if __name__ == "__main__":
    main()
