"""The reserve for unforeseen costs in sentences: whether the planned costs are covered first."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.funding.scenarios.contingency_cover import (
    ContingencyCover,
    cover_by_year,
    cover_of_all,
)
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer


def contingency_text(statement: Statement, loc: Localizer) -> str:
    """How much of the requested amount is a reserve, and what is covered; '' without a reserve."""
    part = reserve_text(statement, loc)
    return part and f"{part} {cover_text(statement, loc)}"


def reserve_text(statement: Statement, loc: Localizer) -> str:
    """How much of the requested amount is a reserve; '' without a reserve."""
    by_year = cover_by_year(statement.round, statement.by_year)
    if not by_year:
        return ""
    if _is_alike(by_year):
        return _part_text(statement, next(iter(by_year.values())), loc)
    return _parts_text(statement, by_year, loc)


def cover_text(statement: Statement, loc: Localizer) -> str:
    """Whether the planned costs are covered, and how much of the reserve; '' without a reserve."""
    by_year = cover_by_year(statement.round, statement.by_year)
    if not by_year:
        return ""
    if _is_alike(by_year):
        return _cover_text(next(iter(by_year.values())), loc)
    return _cover_of_years_text(by_year, loc)


def contingency_rule_text(statement: Statement, loc: Localizer) -> str:
    """What is secured covers first and last; '' without a reserve."""
    if not statement.round.contingency:
        return ""
    return loc(
        "Det som är säkrat räknas först till de planerade kostnaderna och sist till reserven."
    )


def _is_alike(by_year: Mapping[int, ContingencyCover]) -> bool:
    first, *others = by_year.values()
    return all(cover == first for cover in others)


def _name(statement: Statement, loc: Localizer) -> str:
    settings = statement.round.contingency
    if settings is None or settings.name is None:
        return loc("en reserv för oförutsedda kostnader")
    return loc.text(settings.name)


def _part_text(statement: Statement, cover: ContingencyCover, loc: Localizer) -> str:
    """How much a year is a reserve."""
    return loc(
        "{reserve} per år av det önskade beloppet är {name}.",
        reserve=loc.money(cover.reserve),
        name=_name(statement, loc),
    )


def _parts_text(
    statement: Statement, by_year: Mapping[int, ContingencyCover], loc: Localizer
) -> str:
    """How much of the amount of all years is a reserve."""
    return loc(
        "{reserve} av det önskade beloppet för {years} är {name}.",
        reserve=loc.money(cover_of_all(by_year).reserve),
        years=loc.join_years(by_year),
        name=_name(statement, loc),
    )


def _cover_text(cover: ContingencyCover, loc: Localizer) -> str:
    """Whether the planned costs are covered, and how much of the reserve is."""
    if cover.planned_missing:
        return loc(
            "Det säkrade täcker inte de planerade kostnaderna: {missing} per år saknas till dem, "
            "och inget är säkrat till reserven.",
            missing=loc.money(cover.planned_missing),
        )
    if not cover.reserve_covered:
        return loc("Det säkrade täcker de planerade kostnaderna, men inget av reserven.")
    if cover.reserve_covered < cover.reserve:
        return loc(
            "Det säkrade täcker de planerade kostnaderna och {covered} per år av reserven.",
            covered=loc.money(cover.reserve_covered),
        )
    return loc("Det säkrade täcker de planerade kostnaderna och hela reserven.")


def _cover_of_years_text(by_year: Mapping[int, ContingencyCover], loc: Localizer) -> str:
    """The same where the years differ: in which years the planned costs are covered."""
    covered = [year for year, cover in by_year.items() if not cover.planned_missing]
    lacking = [year for year in by_year if year not in covered]
    everything = cover_of_all(by_year)
    values = {
        "years": loc.join_years(covered),
        "others": loc.join_years(lacking),
        "missing": loc.money(everything.planned_missing),
    }
    if not lacking:
        planned = loc("Det säkrade täcker de planerade kostnaderna varje år.")
    elif not covered:
        planned = loc(
            "Det säkrade täcker inte de planerade kostnaderna något av åren: sammanlagt saknas "
            "{missing} till dem.",
            **values,
        )
    else:
        planned = loc(
            "Det säkrade täcker de planerade kostnaderna för {years}, men inte för {others}, då "
            "{missing} saknas till dem.",
            **values,
        )
    return f"{planned} {_reserve_text(everything, loc)}"


def _reserve_text(everything: ContingencyCover, loc: Localizer) -> str:
    """How much of the reserve of all years is covered."""
    if not everything.reserve_covered:
        return loc("Inget är säkrat till reserven.")
    if everything.reserve_covered == everything.reserve:
        return loc("Hela reserven är säkrad.")
    return loc(
        "Av reserven är {covered} säkrade.",
        covered=loc.money(everything.reserve_covered),
    )
