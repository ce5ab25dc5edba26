"""The key figures of one member's letter."""

from __future__ import annotations

from typing import Any

from helpers.funding.billing.fee_breakdown import FeeBreakdown
from helpers.funding.billing.fee_list import ListedFee, sum_fees
from helpers.funding.billing.member_facts import MemberFacts, last_reply_date
from helpers.funding.comparisons.peers import PeerSet
from helpers.funding.figures_json.billing_json import member_payment_figures
from helpers.funding.figures_json.json_values import json_number
from helpers.funding.figures_json.statement_json import future_figure
from helpers.funding.figures_json.tally_json import figures_of_total
from helpers.funding.scenarios.joining import JoiningPrice
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.shared_price import SharedPrice
from helpers.pricing import Pricing


def letter_figures(statement: Statement, facts: MemberFacts) -> dict[str, Any]:
    """Return every key figure of a letter, unrounded.

    The units are those of statement_json.statement_figures.
    """
    last = last_reply_date(statement)
    return {
        "round": statement.round.name,
        "as_of": statement.as_of.isoformat(),
        "known_on": statement.known_on.isoformat(),
        "recommended_on": statement.round.recommended_on.isoformat(),
        "reply_by": last.isoformat() if last else None,
        "currency": statement.round.currency,
        "reconstructed": statement.reconstructed,
        **future_figure(statement),
        "code": facts.code,
        "name": facts.name,
        "answer": facts.answer,
        "decided_on": facts.decided_on.isoformat() if facts.decided_on else None,
        "received_on": facts.received_on.isoformat() if facts.received_on else None,
        "case_number": facts.case_number,
        "condition": facts.condition,
        "withdrawn": facts.withdrawn,
        "fee": facts.fee,
        "fee_by_year": {str(year): fee for year, fee in facts.fee_by_year.items()},
        "fee_all_years": facts.fee_all_years,
        "years_outside": list(facts.years_outside),
        **_amount_figures(statement, facts),
        **_payment_figures(statement, facts),
        **({"price": _shared_price_figures(statement.price)} if statement.price else {}),
        **figures_of_total(statement.round.pricing, statement.total),
    }


def _amount_figures(statement: Statement, facts: MemberFacts) -> dict[str, Any]:
    """Return how the fee was computed and what joining costs; or what is pledged."""
    if statement.takes_pledges:
        row, names = statement.rows_by_code[facts.code], ("pledged", "confirmed")
        stated = {name: row[name] for name in ("amount", "currency", "confirmed_amount")}
        return {"pledge": {**stated, **{name: int(row[name]) for name in names}}}
    offered = {"offered": facts.offered} if statement.round.part_pledges else {}
    return {
        **offered,
        "receipt": _fee_breakdown_figures(facts.fee_breakdown, statement.round.pricing),
        "joining": _joining_price_figures(facts.joining_price),
    }


def peer_figures(peers: list[PeerSet]) -> dict[str, Any]:
    """Return the counts and fees of a member's peers, by kind."""
    return {
        peer.kind: {
            "members": peer.members,
            "yes": peer.yes,
            "no": peer.no,
            "other": peer.other,
            "fee": float(peer.fee),
            "fee_per_inhabitant": json_number(peer.fee_per_inhabitant),
        }
        for peer in peers
    }


def annex_figures(statement: Statement, fees: list[ListedFee]) -> dict[str, Any]:
    """Return the fees of the annex, by member and year, and their sums."""
    totals = sum_fees(statement, fees)
    return {
        "by_year": {str(year): total for year, total in totals.items()},
        "all_years": sum(totals.values()),
        "fees": {
            fee.code: {
                "by_year": {str(year): amount for year, amount in fee.by_year.items()},
                "all_years": fee.all_years,
            }
            for fee in fees
        },
    }


def _fee_breakdown_figures(breakdown: FeeBreakdown, pricing: Pricing) -> dict[str, Any]:
    terms = ("rebate_above", "rebate_percent", "step")
    return {
        **{name: getattr(pricing, name, None) for name in terms},
        "way": breakdown.method,
        "population_year": breakdown.population_year,
        "key": json_number(breakdown.key),
        "rebate": float(breakdown.rebate),
        "weight": float(breakdown.weight),
        "together": float(breakdown.total_weight),
        "share": float(breakdown.share),
        "shared": json_number(breakdown.amount_shared),
        "exact": float(breakdown.exact),
        "exact_fraction": f"{breakdown.exact.numerator}/{breakdown.exact.denominator}",
        "rounding": float(breakdown.rounding),
        "rate": json_number(breakdown.rate),
        "highest_rate": json_number(breakdown.highest_rate),
        "limited": breakdown.limited,
    }


def _payment_figures(statement: Statement, facts: MemberFacts) -> dict[str, Any]:
    """What was invoiced to the member and what it has paid; nothing without payments.csv."""
    if facts.positions is None:
        return {}
    return {"payments": member_payment_figures(facts.positions, statement.round.years)}


def _joining_price_figures(joins: JoiningPrice | None) -> dict[str, Any] | None:
    if joins is None:
        return None
    prices = {str(year.year): year.price for year in joins.years}
    return {"on": joins.on.isoformat(), "by_year": prices, "total": joins.total}


def _shared_price_figures(price: SharedPrice) -> dict[str, Any]:
    """Return the figures of the price per inhabitant of a shared cost."""
    return {
        "cost": price.cost,
        "highest_rate": float(price.highest_rate),
        "break_even_share": json_number(price.break_even_share),
        "now": json_number(price.now.rate),
    }
