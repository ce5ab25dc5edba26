"""The figures of a round of pledges: the sums, and the reference rates."""

from __future__ import annotations

from typing import Any

from helpers.funding.answers.converted_pledges import pledges_of
from helpers.funding.billing.pledge_list import currencies_pledged, sum_pledges
from helpers.funding.statement.round_statement import Statement
from helpers.pricing.decimals import decimal_text


def pledge_figures(statement: Statement) -> dict[str, Any]:
    """Return the sums a year, in whole units, and the rates as decimal text.

    What each contributor has pledged is in `member_list`: pledged and confirmed in whole units, and
    amount and confirmed_amount as stated, in currency.
    """
    sums, pricing = sum_pledges(statement), pledges_of(statement.round)
    return {
        "secured_when": pricing.secured,
        "pledged": sums.pledged,
        "confirmed": sums.confirmed,
        "not_pledged": sums.not_pledged,
        "rates": {
            code: {
                "rate": decimal_text(pricing.rates[code].rate),
                "per": pricing.rates[code].per,
                "on": pricing.rates[code].on.isoformat(),
                "source": pricing.rates[code].source,
            }
            for code in currencies_pledged(statement)
        },
    }
