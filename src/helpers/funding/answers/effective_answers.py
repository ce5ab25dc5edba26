"""The answer of each member that counts on a day, and the status of every row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from helpers.errors import DataError, Problem
from helpers.model.answer_register import AMOUNT_COLUMNS, Register, columns_of_register

RowAccounting = dict[str, int]
_DECISION_ORDER = ["code", "decided_on", "received_on"]


@dataclass(frozen=True)
class EffectiveAnswers:
    """The answers that count on a day, with the knowledge of a day.

    `known` has every known answer in the order in which it was decided, a member's after one
    another, with its `row` (int) and `kind`: new (the member's first), changed (it differs from the
    previous one) or repeated (it equals the previous one).
    """

    known: pd.DataFrame
    register: Register
    as_of: date
    known_on: date

    @cached_property
    def effective(self) -> pd.DataFrame:
        """The answer that counts of each member, one row a member, sorted by code."""
        return self.known.drop_duplicates("code", keep="last").reset_index(drop=True)

    @cached_property
    def row_counts(self) -> RowAccounting:
        """The rows of the register, each counted exactly once.

        They are counting, superseded, duplicate, replaced (by a correction) or not_yet_known; these
        add up to `read`. In addition, `corrections` counts the corrected records known on the day,
        and `corrections_counting` those in effect: counting + corrections_counting members have
        answered.
        """
        days = self.as_of, self.known_on
        return _account_for_rows(self.register, self.known, self.effective, *days)


def effective_answers(register: Register, as_of: date, known_on: date) -> EffectiveAnswers:
    """Return the answer that counts for each member on a day.

    Among the rows registered by `known_on` and received by `as_of`, with the corrections known by
    then, it is the member's latest by `decided_on`; on a tie the latest by `received_on`. Source:
    docs/explanation/counting.md, "The answer that counts".

    Raises DataError if a member has different answers with the same latest days.
    """
    known = _with_row_number(known_answers(register, as_of, known_on))
    stood = EffectiveAnswers(known, register, as_of, known_on)
    if known.duplicated(_DECISION_ORDER).any():
        last_days = stood.effective[_DECISION_ORDER]
        _raise_if_tied(known.merge(last_days, on=_DECISION_ORDER), register)
    return stood


def _with_row_number(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their number as a column."""
    return rows.set_axis(rows.index.astype("int64")).reset_index(names="row")


def known_answers(register: Register, as_of: date, known_on: date) -> pd.DataFrame:
    """Return every answer received by `as_of` and known on `known_on`, by member, as decided.

    Returns the register's columns with the row number as index, `corrected` (bool) and
    `kind` (str). A row that repeats another exactly is left out.
    """
    rows = corrected_rows(register, known_on)
    rows = rows[_is_received_and_registered(rows, as_of, known_on)]
    rows = rows[~rows.duplicated(columns_of_register(rows))].sort_values(
        _DECISION_ORDER, kind="stable"
    )
    before = rows.groupby("code")[_columns_of_answer(rows)].shift()
    same = (rows[before.columns] == before).all(axis=1)
    first = ~rows["code"].duplicated()
    kind = same.map({True: "repeated", False: "changed"}).where(~first, "new")
    return rows.assign(kind=kind.astype("str"))


def corrected_rows(register: Register, known_on: date) -> pd.DataFrame:
    """Return the register's rows with the corrections that were recorded by a day."""
    versions = _versions_recorded_by(register, known_on)
    originals = register.rows[register.sound & ~register.rows.index.isin(versions.index)]
    columns = columns_of_register(register.rows)
    kept = versions.loc[versions["sound"] & ~versions["removed"], columns]
    if kept.empty:  # as often: a million rows are not copied
        return originals.assign(corrected=False).sort_index()
    return pd.concat([originals.assign(corrected=False), kept.assign(corrected=True)]).sort_index()


def _versions_recorded_by(register: Register, known_on: date) -> pd.DataFrame:
    """Return the latest corrected version of each row that was recorded by a day."""
    versions = register.versions
    versions = versions[versions["recorded_on"] <= pd.Timestamp(known_on)]
    return versions[~versions.index.duplicated(keep="last")]


def _is_received_and_registered(rows: pd.DataFrame, as_of: date, known_on: date) -> pd.Series[bool]:
    registered = rows["registered_on"] <= pd.Timestamp(known_on)
    return registered & (rows["received_on"] <= pd.Timestamp(as_of))


def _account_for_rows(
    register: Register, rows: pd.DataFrame, counting: pd.DataFrame, as_of: date, known_on: date
) -> RowAccounting:
    """Count each row of the register once, by its status."""
    originals, versions = register.rows, _versions_recorded_by(register, known_on)
    replaced = originals.index.isin(versions.index)
    due = _is_received_and_registered(originals, as_of, known_on) & register.sound & ~replaced
    uncorrected = rows[~rows["corrected"]]
    counts = counting[~counting["corrected"]]
    return {
        "read": len(originals),
        "counting": len(counts),
        "superseded": len(uncorrected) - len(counts),
        "duplicate": int(due.sum()) - len(uncorrected),
        "replaced": int(replaced.sum()),
        "not_yet_known": int((~due & ~replaced).sum()),
        "corrections": len(versions),
        "corrections_counting": int(counting["corrected"].sum()),
    }


def _columns_of_answer(rows: pd.DataFrame) -> list[str]:
    """The columns by which two answers differ."""
    amounts = [name for name in AMOUNT_COLUMNS if name in rows]
    return ["decision", "years", "condition", *amounts]


def _raise_if_tied(tied: pd.DataFrame, register: Register) -> None:
    """Raise DataError for members with different last answers of the same days."""
    answer = ["code", *_columns_of_answer(tied)]
    different = tied.drop_duplicates(answer)
    clashing = different.loc[different["code"].duplicated(), "code"]
    clashes = tied[tied["code"].isin(clashing)]
    if len(clashes):
        raise DataError(
            [
                _tie_problem(str(code), group["row"], register)
                for code, group in clashes.groupby("code")
            ]
        )


def _tie_problem(code: str, rows: pd.Series[int], register: Register) -> Problem:
    listed = ", ".join(map(register.table.place_of, rows))
    return Problem(
        register.table.file,
        f"member {code} has different answers decided and received on the same days "
        f"(rows {listed}).",
        "Correct the wrong one.",
        row=int(rows.iloc[-1]),
        column="decision",
        sheet=register.table.sheet_of(int(rows.iloc[-1])),
    )
