"""The headline of fees that add up, and the line that states the same with its day."""

from __future__ import annotations

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.shares import share
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import spell_out
from helpers.sections.components.text import capitalize_first


def fee_headline(statement: Statement, loc: Localizer) -> str:
    """Return the share that is funded, and the amounts, spelled out as a heading is."""
    if statement.years_differ or statement.round.requested_of_years:
        return _headline_of_years(statement, loc)
    total = statement.total
    values = _headline_values(total.funded, total.requested, loc)
    if total.gap <= 0:
        return loc("Hela beloppet är säkrat: {whole} per år", **values)
    if not total.funded:
        return loc("Inget är säkrat av {whole} per år", **values)
    return capitalize_first(loc("{share} är säkrat: {amounts} per år", **values))


def _headline_of_years(statement: Statement, loc: Localizer) -> str:
    """The headline over all years, where they differ."""
    values = _headline_values(statement.funded_all_years, statement.requested_all_years, loc)
    years = loc.join_years(statement.by_year)
    if statement.gap_all_years <= 0:
        return loc("Hela beloppet är säkrat: {whole} för {years}", years=years, **values)
    if not statement.funded_all_years:
        return loc("Inget är säkrat av {whole} för {years}", years=years, **values)
    return capitalize_first(loc("{share} är säkrat: {amounts} för {years}", years=years, **values))


def _headline_values(funded: int, requested: int, loc: Localizer) -> dict[str, str]:
    return {
        "share": spell_out(loc.percent(share(funded, requested)), loc),
        "amounts": spell_out(loc.millions_of(funded, requested), loc),
        "whole": spell_out(loc.millions(requested), loc),
    }


def fee_status_line(statement: Statement, loc: Localizer) -> str:
    """Return how much of the requested amount is funded, with the day."""
    total, day = statement.total, loc.date(statement.as_of)
    if statement.round.requested_of_years:
        return _status_of_requested_years(statement, loc)
    if total.gap <= 0:
        return loc(
            "Hela beloppet, {amount} per år, är säkrat den {day}",
            amount=loc.millions(total.requested),
            day=day,
        )
    if statement.years_differ:
        return _status_of_years(statement, loc)
    if total.funded == 0:
        return loc(
            "Inget av {amount} per år är säkrat den {day}",
            amount=loc.millions(total.requested),
            day=day,
        )
    return loc(
        "{amounts} per år är säkrade den {day}",
        amounts=loc.millions_of(total.funded, total.requested),
        day=day,
    )


def _status_of_requested_years(statement: Statement, loc: Localizer) -> str:
    """How much is funded over all years, where more is requested in one year than another."""
    values = {
        "amount": loc.millions(statement.requested_all_years),
        "years": loc.join_years(statement.by_year),
        "day": loc.date(statement.as_of),
    }
    if statement.gap_all_years <= 0:
        return loc("Hela beloppet, {amount} för {years}, är säkrat den {day}", **values)
    if not statement.funded_all_years:
        return loc("Inget av {amount} för {years} är säkrat den {day}", **values)
    return _status_of_years(statement, loc)


def _status_of_years(statement: Statement, loc: Localizer) -> str:
    """Return how much is funded over all years, if the years differ."""
    return loc(
        "{amounts} för {years} är säkrade den {day}",
        amounts=loc.millions_of(statement.funded_all_years, statement.requested_all_years),
        years=loc.join_years(statement.by_year),
        day=loc.date(statement.as_of),
    )
