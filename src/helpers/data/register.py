"""The register of answers: what is wrong in it, and the answer that counts on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.data.sources import read_csv
from helpers.errors import DataError, Problem, ReportError

NEEDED = ["code", "decided_on", "received_on", "decision"]
OPTIONAL = ["registered_on", "case_number", "note", "source"]
COLUMNS = ["code", "decided_on", "received_on", "registered_on", *NEEDED[3:], *OPTIONAL[1:]]
DATES = ["decided_on", "received_on", "registered_on"]
DECISIONS = ("yes", "no")

# The source of a row that was drawn to meet published totals, not received from the member.
RECONSTRUCTED = "reconstructed"

Accounting = dict[str, int]


@dataclass(frozen=True)
class Register:
    """Every answer ever registered, oldest first as the file has them.

    `rows` has COLUMNS, dates as datetime64, the index being the line in the file. `file` is the
    name to show in messages.
    """

    rows: pd.DataFrame
    file: str

    @property
    def latest(self) -> date | None:
        """The latest day on which a row was registered; None for an empty register."""
        return self.rows["registered_on"].max().date() if len(self.rows) else None

    def to_csv(self) -> str:
        """The known columns of every row as CSV text, in the order of the file."""
        return self.rows.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def load_register(path: Path, member_codes: set[str], begins_on: date) -> Register:
    """Read decisions.csv and check every cell; all problems are raised together as a DataError.

    `registered_on` defaults to `received_on`. Only the known columns are kept.
    """
    if path.suffix.lower() != ".csv":
        raise ReportError(f"The register {path.name!r} is not a CSV file. Save it as .csv.")
    text = read_csv(path, NEEDED)
    text = text.reindex(columns=COLUMNS, fill_value="")
    text["registered_on"] = text["registered_on"].where(
        text["registered_on"] != "", text["received_on"]
    )
    rows = text.assign(**{name: _dates(text[name]) for name in DATES})
    problems = _problems(text, rows, member_codes, begins_on, path.name)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.row or 0))
    return Register(rows, path.name)


def standing(register: Register, as_of: date, known_on: date) -> tuple[pd.DataFrame, Accounting]:
    """The answer that counts for each member on a day, and what became of every row.

    Among the rows registered by `known_on` and received by `as_of`, the member's latest
    `decided_on` counts; on a tie the latest received. Source: DESIGN.md, Register.

    Returns the rows that count, one a member, sorted by code; and how many rows were read, count
    now, are superseded, or are not yet known. Raises DataError where two answers of the same day
    differ.
    """
    rows = known(register, as_of, known_on)
    order = ["code", "decided_on", "received_on"]
    rows = rows.sort_values(order, kind="stable")
    counting = rows.drop_duplicates("code", keep="last")
    _refuse_ties(rows.reset_index().merge(counting[order], on=order), register.file)
    accounting = {
        "read": len(register.rows),
        "counting": len(counting),
        "superseded": len(rows) - len(counting),
        "not_yet_known": len(register.rows) - len(rows),
    }
    return counting.reset_index(drop=True), accounting


def known(register: Register, as_of: date, known_on: date) -> pd.DataFrame:
    """The rows registered by `known_on` and received by `as_of`."""
    rows = register.rows
    registered = rows["registered_on"] <= pd.Timestamp(known_on)
    return rows[registered & (rows["received_on"] <= pd.Timestamp(as_of))]


def reconstructed(rows: pd.DataFrame) -> bool:
    """Whether any row says of itself that it is reconstructed."""
    return bool((rows["source"] == RECONSTRUCTED).any())


def _dates(text: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """ISO dates as timestamps; anything else becomes NaT, for the check to name."""
    iso = text.where(text.str.fullmatch(r"\d{4}-\d{2}-\d{2}"))
    return pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")


def _refuse_ties(tied: pd.DataFrame, file: str) -> None:
    problems = [
        Problem(
            file,
            f"member {code} has both yes and no decided and received on the same days "
            f"(rows {', '.join(map(str, group['index']))}).",
            "Correct the wrong one.",
            row=int(group["index"].iloc[-1]),
            column="decision",
        )
        for code, group in tied.groupby("code")
        if group["decision"].nunique() > 1
    ]
    if problems:
        raise DataError(problems)


def _problems(
    text: pd.DataFrame, rows: pd.DataFrame, member_codes: set[str], begins_on: date, file: str
) -> list[Problem]:
    early = f"is before the round began on {begins_on}."
    start = pd.Timestamp(begins_on)
    wrong = [
        ("code", ~text["code"].isin(member_codes), "is not a member of this round.",
         "Write the code as in the members' file."),
        ("decision", ~text["decision"].isin(DECISIONS), "is neither yes nor no.",
         "Write yes or no; leave silent members out."),
        *((name, rows[name].isna(), "is not a date.", "Write an existing day as YYYY-MM-DD.")
          for name in DATES if name != "registered_on"),
        ("registered_on",
         rows["registered_on"].isna() & (text["registered_on"] != text["received_on"]),
         "is not a date.", "Write an existing day as YYYY-MM-DD, or leave it blank."),
        *((name, rows[name] < start, early, "Check the date.") for name in DATES[:2]),
        ("decided_on", rows["decided_on"] > rows["received_on"],
         "is after the answer was received.", "Check both dates."),
        ("registered_on", rows["registered_on"] < rows["received_on"],
         "is before the answer was received.", "Check both dates."),
    ]  # fmt: skip
    return [
        Problem(
            file, f"{text.loc[line, name]!r} {what}", remedy, int(line), name, text.loc[line, name]
        )
        for name, mask, what, remedy in wrong
        for line in text.index[mask]
    ]
