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

# What makes two entries of corrections.toml the same one.
RECORD_COLUMNS = ["code", "recorded_on", "why", "column", "expected", "corrected", "removed"]


@dataclass(frozen=True)
class EarlierStatement:
    """What was said before: the sums, and how each member's answer counted.

    `answers` has code, decision and secured, one row a member; `corrected` the records that were
    known to be corrected (see data_quality.DataQuality), None where that is not known.
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

    `members` has one row a member whose answer counts otherwise than before: code, name, fee,
    before and after (yes, no, conditional, unanswered) and `funded`, what that adds to or takes
    from the funded amount. It adds up to `funded` unless answers are for single years, where the
    smallest year may be another than before. `corrected` are the records known to be corrected now
    and not before (see data_quality.DataQuality).
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
        """Those of the members that had not answered before."""
        return self.members[self.members["before"] == UNANSWERED]

    @property
    def changed_answers(self) -> pd.DataFrame:
        """Those of the members that had answered, and whose answer counts otherwise now."""
        return self.members[self.members["before"] != UNANSWERED]

    @property
    def is_empty(self) -> bool:
        """Whether no answer and no record differs."""
        return self.members.empty and self.corrected.empty


def as_earlier_statement(source: Statement | PreviousRelease) -> EarlierStatement:
    """What a statement says, or a release said, as the earlier of two."""
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
    """What the later statement says otherwise than the earlier one."""
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
    # A member that was not there before had not answered, and secured nothing.
    both = both.fillna({"before": UNANSWERED, "secured_before": 0})
    both = both[(both["before"] != both["decision"]) | (both["secured_before"] != both["secured"])]
    both = both.assign(funded=(both["secured"] - both["secured_before"]).astype("int64"))
    both = both.rename(columns={"decision": "after"})
    return both[["code", "name", "fee", "before", "after", "funded"]].reset_index(drop=True)


def _newly_corrected(before: pd.DataFrame | None, now: pd.DataFrame) -> pd.DataFrame:
    """The records that are corrected now and were not before; none where that is not known."""
    if before is None:
        return now.iloc[:0]
    known = {_record_key(record) for record in before[RECORD_COLUMNS].to_dict("records")}
    fresh = [_record_key(record) not in known for record in now[RECORD_COLUMNS].to_dict("records")]
    return now[pd.Series(fresh, now.index, dtype=bool)]


def _record_key(record: dict[Hashable, Any]) -> tuple[str, ...]:
    day = pd.Timestamp(str(record["recorded_on"])).date()
    return (str(day), *(str(record[name]) for name in RECORD_COLUMNS if name != "recorded_on"))
