"""What has changed between two statements of the same round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.funding.statement import Statement


@dataclass(frozen=True)
class Changes:
    """The difference between an earlier and a later statement; amounts in whole units a year.

    `members` has one row a member whose answer counts otherwise than before: code, name, fee,
    before and after (yes, no, conditional, unanswered) and `funded`, what that adds to or takes
    from the funded amount. It adds up to `funded` unless answers are for single years, where the
    smallest year may be another than before.
    """

    since: date
    answered: int
    yes: int
    no: int
    funded: int
    members: pd.DataFrame


def changes(before: Statement, now: Statement) -> Changes:
    """What the later statement says otherwise than the earlier one."""
    columns = ["code", "decision", "secured"]
    earlier = before.answers[columns].rename(
        columns={"decision": "before", "secured": "secured_before"}
    )
    both = now.answers.merge(earlier, on="code", validate="one_to_one")
    both = both[(both["before"] != both["decision"]) | (both["secured_before"] != both["secured"])]
    both = both.assign(funded=both["secured"] - both["secured_before"])
    both = both.rename(columns={"decision": "after"})
    return Changes(
        since=before.as_of,
        answered=now.total.answered - before.total.answered,
        yes=now.total.yes - before.total.yes,
        no=now.total.no - before.total.no,
        funded=now.total.funded - before.total.funded,
        members=both[["code", "name", "fee", "before", "after", "funded"]].reset_index(drop=True),
    )
