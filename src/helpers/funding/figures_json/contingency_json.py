"""The key `contingency` of figures.json, in a round with a reserve for unforeseen costs."""

from __future__ import annotations

from typing import Any

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.contingency_cover import (
    ContingencyCover,
    cover_by_year,
    cover_of_all,
)


def contingency_figures(statement: Statement) -> dict[str, Any]:
    """Return what is covered in each year and over all, in whole units; {} without a reserve."""
    by_year = cover_by_year(statement.round, statement.by_year)
    if not by_year:
        return {}
    years = {str(year): _cover_figures(cover) for year, cover in by_year.items()}
    return {"contingency": {"all_years": _cover_figures(cover_of_all(by_year)), "by_year": years}}


def _cover_figures(cover: ContingencyCover) -> dict[str, int]:
    return {
        "planned_costs": cover.planned,
        "planned_costs_covered": cover.planned_covered,
        "planned_costs_missing": cover.planned_missing,
        "reserve": cover.reserve,
        "reserve_covered": cover.reserve_covered,
    }
