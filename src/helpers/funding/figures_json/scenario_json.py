"""The key figures of the amount that may still come and of sharing the gap, for figures.json."""

from __future__ import annotations

from typing import Any

from helpers.funding.figures_json.json_values import json_number
from helpers.funding.scenarios.call_list import SmallestSet
from helpers.funding.scenarios.gap_sharing import GapSharing
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.threshold_sets import smallest_sets
from helpers.funding.totals.shared_price import PriceStep, SharedPrice
from helpers.funding.totals.shares import share


def scenario_figures(statement: Statement) -> dict[str, Any]:
    """Return bounds, call list, sharing and alternatives: units a year, shares as fractions.

    For a shared cost it is the price now and as more members join instead; with pledges, whose
    amounts nobody knows beforehand, it is what can be done with what is secured.
    """
    sets = [_smallest_set_figures(found) for found in smallest_sets(statement)]
    if statement.price:
        return {"price": _shared_cost_price_figures(statement.price), "smallest_sets": sets}
    if statement.takes_pledges:
        return _alternative_figures(statement)
    return {
        "after_more_answers": [
            {
                "answers": after.answers,
                "funded_least": after.funded.low,
                "funded_most": after.funded.high,
                "most_if_they_say_no": after.worst.high,
                "least_if_they_say_yes": after.best.low,
            }
            for after in statement.after_more_answers
        ],
        "replies": [
            {
                "code": reply.code,
                "name": reply.name,
                "fee": reply.fee,
                "funded": reply.funded,
                "funded_share": json_number(reply.funded_share),
            }
            for reply in statement.call_list
        ],
        "smallest_sets": sets,
        "sharing": _gap_sharing_figures(statement.gap_sharing),
        **_alternative_figures(statement),
    }


def _alternative_figures(statement: Statement) -> dict[str, Any]:
    """Return a plan with what is secured, and what another source would have to add."""
    budget, years, reserve = statement.smaller_budget, statement.fewer_years, statement.reserve
    return {
        "smaller_budget": budget.per_year,
        "smaller_budget_share": json_number(budget.per_year_share),
        "fewer_years": {"years": years.years, "left": years.left_over},
        "reserve": {"per_year": reserve.per_year, "all_years": reserve.all_years},
    }


def _shared_cost_price_figures(price: SharedPrice) -> dict[str, Any]:
    return {
        "cost": price.cost,
        "estimated": price.estimated,
        "highest_rate": float(price.highest_rate),
        "highest_rate_binds": price.highest_rate_binds,
        "break_even_inhabitants": price.break_even_inhabitants,
        "break_even_share": json_number(price.break_even_share),
        "now": _price_step_figures(price.now),
        "as_more_join": [_price_step_figures(step) for step in price.steps],
        "if_all_join": _price_step_figures(price.if_all_join),
        "largest": {
            code: {"inhabitants": people, "share": json_number(price.population_share(code))}
            for code, people in price.largest.items()
        },
        "largest_share": json_number(price.population_share(*price.largest)),
        "if_one_leaves": {
            code: _price_step_figures(step) for code, step in price.if_one_leaves.items()
        },
    }


def _price_step_figures(step: PriceStep) -> dict[str, Any]:
    return {
        "joining": step.joining,
        "members": step.members,
        "inhabitants": step.inhabitants,
        "share": json_number(step.share),
        "rate": float(step.rate),
        "funded": step.funded,
    }


def _smallest_set_figures(found: SmallestSet) -> dict[str, Any]:
    return {
        "measure": found.measure,
        "needed": json_number(found.needed),
        "reached": json_number(found.reached),
        "possible": json_number(found.possible),
        "short": json_number(found.short),
        "codes": [reply.code for reply in found.replies],
    }


def _gap_sharing_figures(sharing: GapSharing | None) -> dict[str, Any] | None:
    if sharing is None:
        return None
    before = sum(sharer.before for sharer in sharing.sharers)
    people = sum(sharer.population for sharer in sharing.sharers)
    # Only if the rules limit a member: figures.json of other rounds must keep its bytes.
    rules = {"remaining": sharing.remaining, "stopped": list(sharing.stopped)}
    return {
        **(rules if sharing.stopped else {}),
        "shared": sharing.shared,
        "increase": json_number(share(sharing.shared, before)),
        "per_inhabitant_before": json_number(share(before, people)),
        "per_inhabitant_after": json_number(share(sharing.carried, people)),
        "beyond_limit": [sharer.code for sharer in sharing.beyond_limit],
        "members": [
            {
                "code": sharer.code,
                "before": sharer.before,
                "after": sharer.after,
                "increase": sharer.increase,
                "increase_share": json_number(sharer.increase_share),
                "per_inhabitant_before": json_number(sharer.per_inhabitant_before),
                "per_inhabitant_after": json_number(sharer.per_inhabitant_after),
            }
            for sharer in sharing.sharers
        ],
    }
