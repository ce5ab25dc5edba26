"""The figures of members that have left or joined, by name, for figures.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.funding.scenarios.joiners_to_ask import find_joiners_to_ask
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.year_account import YearAccount, account_of_years

_ACCOUNT_LINES = tuple(YearAccount.__dataclass_fields__)
_PLEDGE_COUNTS = ("unconfirmed", "above_requested")  # written only where there are any


def membership_figures(statement: Statement) -> dict[str, Any]:
    """Who has left and joined since the base day, what joiners may add, and each year's account.

    `left`, `leaving` (known beforehand) and `joined` are codes, in the order of the days;
    `joiners_to_ask` are the joiners without an answer. In `account` the lines from funded to lost,
    less over_ceiling and above_requested, add up to requested in each year and in all of them;
    joined is outside.
    """
    by_year, all_years = account_of_years(statement.on_day.tally_by_year)
    on_day = statement.on_day
    return {
        "members_on": statement.round.base_day.isoformat(),
        "left": list(on_day.left_members["code"]),
        "leaving": list(on_day.leaving_members["code"]),
        "joined": list(on_day.joined_members["code"]),
        **_joiners_to_ask_figures(statement),
        "account": {str(year): _account_figures(account) for year, account in by_year.items()},
        "account_all_years": _account_figures(all_years),
    }


def _joiners_to_ask_figures(statement: Statement) -> dict[str, Any]:
    """What the joiners without an answer would pay, outside the requested amount."""
    found = find_joiners_to_ask(statement.round, statement.on_day)
    years = sorted(statement.round.years)
    return {
        "joiners_to_ask": [
            {
                "code": member.code,
                "name": member.name,
                "fee": member.fee,
                "by_year": _by_year_text(member.by_year, years),
            }
            for member in found.members
        ],
        "joiners_to_ask_by_year": _by_year_text(found.by_year, years),
        "joiners_to_ask_all_years": found.all_years,
    }


def _by_year_text(amounts: Mapping[int, int], years: list[int]) -> dict[str, int]:
    return {str(year): amounts.get(year, 0) for year in years}


def _account_figures(account: YearAccount) -> dict[str, int]:
    lines = {name: getattr(account, name) for name in _ACCOUNT_LINES}
    return {name: amount for name, amount in lines.items() if amount or name not in _PLEDGE_COUNTS}
