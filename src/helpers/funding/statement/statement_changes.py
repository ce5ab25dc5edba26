"""What has changed between two statements of the same round."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from helpers.funding.answers.answer_states import UNANSWERED
from helpers.funding.statement.round_statement import Statement
from helpers.model.previous_release import PreviousRelease

# The columns that identify an entry of corrections.toml.
RECORD_COLUMNS = ["code", "recorded_on", "why", "column", "expected", "corrected", "removed"]


@dataclass(frozen=True)
class EarlierStatement:
    """An earlier statement: its sums, and how each member's answer counted.

    `answers` has one row per member: code and decision (str) and secured (int, units a year).
    `corrected` has the corrections known then (see data_quality.DataQuality), None if they are not
    known.
    """

    as_of: date
    known_on: date
    answered: int
    yes: int
    no: int
    funded: int
    answers: pd.DataFrame
    corrected: pd.DataFrame | None


@dataclass(frozen=True)
class StatementChanges:
    """The difference between an earlier and a later statement; amounts in whole units a year.

    `members` has one row per member whose answer counts differently: code, name, fee, before and
    after (yes, no, conditional, unanswered) and `funded`, the difference in the funded amount. The
    differences add up to `funded` unless answers are for single years, since the smallest year may
    then be another one. `corrected` has the corrections known now but not before (see
    data_quality.DataQuality).
    """

    since: date
    known_on: date
    answered: int
    yes: int
    no: int
    funded: int
    members: pd.DataFrame
    corrected: pd.DataFrame

    @property
    def new_answers(self) -> pd.DataFrame:
        """The rows of members that had not answered before."""
        return self.members[self.members["before"] == UNANSWERED]

    @property
    def changed_answers(self) -> pd.DataFrame:
        """The rows of members that had answered and whose answer now counts differently."""
        return self.members[self.members["before"] != UNANSWERED]

    @property
    def is_empty(self) -> bool:
        """Whether no answer and no correction differs."""
        return self.members.empty and self.corrected.empty


def as_earlier_statement(source: Statement | PreviousRelease) -> EarlierStatement:
    """Return a statement, or the key figures of a release, as the earlier of two."""
    if isinstance(source, PreviousRelease):
        answers = [one.model_dump() for one in source.answers]
        known = source.corrected
        records = None if known is None else [one.model_dump() for one in known]
        return EarlierStatement(
            source.as_of,
            source.known_on,
            source.answered,
            source.yes,
            source.no,
            source.funded,
            pd.DataFrame(answers, columns=["code", "decision", "secured"]),
            None if records is None else pd.DataFrame(records, columns=RECORD_COLUMNS),
        )
    total = source.total
    return EarlierStatement(
        source.as_of,
        source.known_on,
        total.answered,
        total.yes,
        total.no,
        total.funded,
        source.on_day.everyone[["code", "decision", "secured"]],
        source.quality.corrected,
    )


def compare_statements(before: Statement | EarlierStatement, now: Statement) -> StatementChanges:
    """Return what differs in the later statement."""
    earlier = before if isinstance(before, EarlierStatement) else as_earlier_statement(before)
    total = now.total
    return StatementChanges(
        since=earlier.as_of,
        known_on=earlier.known_on,
        answered=total.answered - earlier.answered,
        yes=total.yes - earlier.yes,
        no=total.no - earlier.no,
        funded=total.funded - earlier.funded,
        members=_changed_members(earlier.answers, now.on_day.everyone),
        corrected=_newly_corrected(earlier.corrected, now.quality.corrected),
    )


def _changed_members(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    earlier = before.rename(columns={"decision": "before", "secured": "secured_before"})
    both = now.merge(earlier, on="code", how="left", validate="one_to_one")
    # A member that is new in the later statement counts as unanswered before.
    both = both.fillna({"before": UNANSWERED, "secured_before": 0})
    both = both[(both["before"] != both["decision"]) | (both["secured_before"] != both["secured"])]
    both = both.assign(funded=(both["secured"] - both["secured_before"]).astype("int64"))
    both = both.rename(columns={"decision": "after"})
    return both[["code", "name", "fee", "before", "after", "funded"]].reset_index(drop=True)


def _newly_corrected(before: pd.DataFrame | None, now: pd.DataFrame) -> pd.DataFrame:
    """Return the corrections known now but not before; none if the earlier ones are unknown."""
    if before is None:
        return now.iloc[:0]
    known = {_record_key(record) for record in before[RECORD_COLUMNS].to_dict("records")}
    fresh = [_record_key(record) not in known for record in now[RECORD_COLUMNS].to_dict("records")]
    return now[pd.Series(fresh, now.index, dtype=bool)]


def _record_key(record: dict[Hashable, Any]) -> tuple[str, ...]:
    day = pd.Timestamp(str(record["recorded_on"])).date()
    return (str(day), *(str(record[name]) for name in RECORD_COLUMNS if name != "recorded_on"))
