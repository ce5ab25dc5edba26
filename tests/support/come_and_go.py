"""A round of six members, of whom one had left before, one leaves and one joins; by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.funding_round import Round
from support.loaded_register import load_register

# 1 000 a year, by weight. Alm left before the base day and is not asked; Berg, Dal, Ek and Fors
# share by 1, 2, 3 and 4: 100, 200, 300 and 400. Dal leaves on 30 June 2026; Gren joins on 1 July
# 2026 with a weight of 5: 500 a year.
MEMBERS = [
    ("0001", "Alm", 9, None, "2024-12-31"),
    ("0002", "Berg", 1, None, None),
    ("0003", "Dal", 2, None, "2026-06-30"),
    ("0004", "Ek", 3, "2015-01-01", None),
    ("0005", "Fors", 4, None, None),
    ("0006", "Gren", 5, "2026-07-01", None),
]
ROUND = {
    "name": "come-and-go",
    "title": {"sv": "Gemensam lokal"},
    "organiser": {"short": "F", "name": "Föreningen"},
    "currency": "SEK",
    "requested": 1_000,
    "years": [2025, 2026, 2027],
    "recommended_on": "2025-01-15",
    "members": "members.csv",
    "languages": ["sv"],
    "reconstructed": False,
    "pricing": {"rule": "by-weight"},
    "part_of_year": "months",
}
# Berg and Dal yes, Ek no, Fors silent; Gren yes once it is a member.
ANSWERS = [
    "0002,2025-02-01,2025-02-01,,yes",
    "0003,2025-02-01,2025-02-02,,yes",
    "0004,2025-02-01,2025-02-03,,no",
    "0006,2026-08-01,2026-08-01,,yes",
]
HEADING = "code,decided_on,received_on,registered_on,decision"
BEFORE, LATER = date(2026, 3, 31), date(2026, 9, 30)


def frame_of(members: list[tuple[str, str, int, str | None, str | None]]) -> pd.DataFrame:
    columns = ["code", "name", "population", "valid_from", "valid_to"]
    frame = pd.DataFrame(members, columns=columns).assign(county="", group="", known_from=None)
    days = ("valid_from", "valid_to", "known_from")
    return frame.assign(**{day: pd.to_datetime(frame[day]) for day in days})


def statement_on(
    folder: Path,
    as_of: date = LATER,
    known_on: date | None = None,
    *,
    answers: list[str] = ANSWERS,
    known_from: dict[str, str] | None = None,
    **changed: object,
) -> Statement:
    """The statement of the round on a day; `known_from` by code, `changed` keys of round.toml."""
    round_ = Round.model_validate(ROUND | changed)
    members = frame_of(MEMBERS)
    known = pd.to_datetime(members["code"].map(known_from or {}))
    members = members.assign(known_from=known)
    path = folder / "decisions.csv"
    path.write_text("\n".join([HEADING, *answers]) + "\n", encoding="utf-8")
    register = load_register(path, members, round_)
    return compute_statement(round_, members, register, [], as_of, known_on or as_of)
