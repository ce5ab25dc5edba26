"""The list of all members' fees, as the annex of the request states it."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.billing.fee_breakdown import break_down_fee
from helpers.funding.billing.member_facts import fees_of_membership
from helpers.funding.statement.round_statement import Statement
from helpers.pricing.decimals import ExactNumber


@dataclass(frozen=True)
class ListedFee:
    """A member's fee by year in whole units, as its own letter states it, and the key behind it."""

    code: str
    name: str
    key: ExactNumber
    by_year: dict[int, int]

    @property
    def all_years(self) -> int:
        """The fee over all years."""
        return sum(self.by_year.values())


def list_fees(statement: Statement) -> list[ListedFee]:
    """Return the fees of the members on the day, by code."""
    members = statement.on_day.present
    return [
        ListedFee(
            str(code),
            str(name),
            break_down_fee(statement, str(code)).key,
            fees_of_membership(statement, str(code)),
        )
        for code, name in zip(members["code"], members["name"], strict=True)
    ]


def sum_fees(statement: Statement, fees: list[ListedFee]) -> dict[int, int]:
    """Return the sum of all fees in each year of the round."""
    return {year: sum(fee.by_year.get(year, 0) for fee in fees) for year in statement.round.years}
