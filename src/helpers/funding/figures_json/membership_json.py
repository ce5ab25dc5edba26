"""The figures of members that have left or joined, by name, for figures.json."""

from __future__ import annotations

from typing import Any

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.year_account import YearAccount, account_of_years

_ACCOUNT_LINES = tuple(YearAccount.__dataclass_fields__)
_OF_PLEDGES = ("unconfirmed", "above_requested")  # written only where there are any


def membership_figures(statement: Statement) -> dict[str, Any]:
    """Who has left and joined since the base day, and the account of each year.

    `left`, `leaving` (known beforehand) and `joined` are codes, in the order of the days. In
    `account` the lines from funded to lost, less over_ceiling and above_requested, add up to
    requested in each year and in all of them; joined is outside.
    """
    by_year, all_years = account_of_years(statement.on_day.tally_by_year)
    on_day = statement.on_day
    return {
        "members_on": statement.round.base_day.isoformat(),
        "left": list(on_day.left_members["code"]),
        "leaving": list(on_day.leaving_members["code"]),
        "joined": list(on_day.joined_members["code"]),
        "account": {str(year): _account_figures(account) for year, account in by_year.items()},
        "account_all_years": _account_figures(all_years),
    }


def _account_figures(account: YearAccount) -> dict[str, int]:
    lines = {name: getattr(account, name) for name in _ACCOUNT_LINES}
    return {name: amount for name, amount in lines.items() if amount or name not in _OF_PLEDGES}
