"""The answer that counts on a date, and what became of every row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.errors import DataError, Problem
from helpers.model.answer_register import REGISTER_COLUMNS, Register

RowAccounting = dict[str, int]
_DECISION_ORDER = ["code", "decided_on", "received_on"]


@dataclass(frozen=True)
class EffectiveAnswers:
    """What counts on a day, as it was known on a day.

    `effective` has one row a member, sorted by code. `known` has every known answer in the order in
    which it was decided, with `kind`: new (the member's first), changed (another answer than the
    one before) or repeated (the same again). `row_counts` puts every row of the register in exactly
    one place: counting, superseded, duplicate, replaced (by a correction) or not_yet_known; they
    add up to `read`. In addition, `corrections` counts the corrected records known on the day, and
    `corrections_counting` those of them in effect: counting + corrections_counting members have
    answered.
    """

    effective: pd.DataFrame
    known: pd.DataFrame
    row_counts: RowAccounting


def effective_answers(register: Register, as_of: date, known_on: date) -> EffectiveAnswers:
    """The answer that counts for each member on a day.

    Among the rows registered by `known_on` and received by `as_of`, as corrected by then, the
    member's latest `decided_on` counts; on a tie the latest received. Source:
    docs/explanation/counting.md, "The answer that counts".
    Raises DataError where the answers that would count are of the same day and differ.
    """
    rows = known_answers(register, as_of, known_on)
    counting = rows.drop_duplicates("code", keep="last")
    _raise_if_tied(
        _with_row_number(rows).merge(counting[_DECISION_ORDER], on=_DECISION_ORDER), register
    )
    return EffectiveAnswers(
        _with_row_number(counting),
        _with_row_number(rows),
        _account_for_rows(register, rows, counting, as_of, known_on),
    )


def _with_row_number(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their number as a column."""
    return rows.reset_index(names="row").astype({"row": "int64"})


def known_answers(register: Register, as_of: date, known_on: date) -> pd.DataFrame:
    """Every answer received by `as_of` and known on `known_on`, by member, as decided.

    Returns answer_register.REGISTER_COLUMNS with the row's number as index, `corrected` (bool) and
    `kind`; a row that repeats another word for word is left out.
    """
    rows = corrected_rows(register, known_on)
    rows = rows[_is_received_and_registered(rows, as_of, known_on)]
    rows = rows[~rows.duplicated(REGISTER_COLUMNS)].sort_values(_DECISION_ORDER, kind="stable")
    before = rows.groupby("code")[["decision", "years", "condition"]].shift()
    same = (rows[before.columns] == before).all(axis=1)
    first = ~rows["code"].duplicated()
    kind = same.map({True: "repeated", False: "changed"}).where(~first, "new")
    return rows.assign(kind=kind.astype("str"))


def corrected_rows(register: Register, known_on: date) -> pd.DataFrame:
    """The register's rows as corrected by a day: the latest version of each that was known then."""
    versions = _versions_recorded_by(register, known_on)
    originals = register.rows[register.sound & ~register.rows.index.isin(versions.index)]
    kept = versions.loc[versions["sound"] & ~versions["removed"], REGISTER_COLUMNS]
    return pd.concat([originals.assign(corrected=False), kept.assign(corrected=True)]).sort_index()


def _versions_recorded_by(register: Register, known_on: date) -> pd.DataFrame:
    """The latest corrected version of each row that was recorded by a day."""
    versions = register.versions
    versions = versions[versions["recorded_on"] <= pd.Timestamp(known_on)]
    return versions[~versions.index.duplicated(keep="last")]


def _is_received_and_registered(rows: pd.DataFrame, as_of: date, known_on: date) -> pd.Series[bool]:
    registered = rows["registered_on"] <= pd.Timestamp(known_on)
    return registered & (rows["received_on"] <= pd.Timestamp(as_of))


def _account_for_rows(
    register: Register, rows: pd.DataFrame, counting: pd.DataFrame, as_of: date, known_on: date
) -> RowAccounting:
    """Where each row of the register ended up, once each."""
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


def _raise_if_tied(tied: pd.DataFrame, register: Register) -> None:
    """DataError for members whose last answers, of the same days, are not the same."""
    answer = ["code", "decision", "years", "condition"]
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
