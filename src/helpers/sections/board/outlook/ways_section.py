"""The ways to go on with what is missing, as one table: amount, consequence, and who decides."""

from __future__ import annotations

from helpers.funding.scenarios.contingency_cover import cover_by_year, cover_of_all
from helpers.funding.totals.shares import share
from helpers.i18n.spelled_out import number_in_words
from helpers.sections.components.block import Block, does_not_apply
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker


def ways(context: SectionContext) -> Block:
    """What can be done about the missing amount; blank while members may still reply in time."""
    statement, loc = context.statement, context.loc
    if context.reply_period_runs:
        return does_not_apply(loc("Svarstiden pågår."))
    if statement.gap_all_years <= 0:
        return does_not_apply(loc("Inget saknas: det finns inget att dela på."))
    rows = [*_more_answers_rows(context), *_own_rows(context), _reserve_row(context)]
    make = FieldMaker(loc)
    fields = [
        make.text("way", loc("Sätt att gå vidare")).wide(5),
        make.text("amount", loc("Belopp")).wide(3),
        make.text("consequence", loc("Följd")).wide(6),
        make.text("decided_by", loc("Vem avgör")).wide(4),
    ]
    records = [dict(zip((f.name for f in fields), row, strict=True)) for row in rows]
    caption = loc("Sätt att gå vidare med det som saknas")
    return data_block(SectionTable.of(loc, caption, fields, records))


def _more_answers_rows(context: SectionContext) -> list[list[str]]:
    """What the members without an answer would add if all of them said yes."""
    total, loc = context.statement.total, context.year_loc
    statement = context.statement
    if not total.unanswered or not statement.fees_are_additive or statement.takes_pledges:
        return []
    return [
        [
            loc.plural(
                "Den kommun som inte har svarat säger ja",
                "De kommuner som inte har svarat säger ja",
                total.unanswered,
            ),
            loc("högst {amount} per år", amount=loc.money(total.unanswered_fees)),
            loc(
                "{share} av det önskade beloppet blir säkrat",
                share=loc.percent(total.funded_if_all_unanswered_yes_share),
            ),
            loc.plural(
                "{n} kommun", "{n} kommuner", total.unanswered, n=loc.count(total.unanswered)
            ),
        ]
    ]


def _own_rows(context: SectionContext) -> list[list[str]]:
    """What can be done with the money that is secured, or by the members that secure it."""
    if not context.statement.fees_are_additive or not context.statement.funded_all_years:
        return []
    smaller = _smaller_reserve_row(context) or _smaller_budget_row(context)
    return [*_sharing_rows(context), smaller, *_fewer_years_rows(context)]


def _sharing_rows(context: SectionContext) -> list[list[str]]:
    shared, loc = context.statement.gap_sharing, context.year_loc
    if shared is None or not shared.shared:
        return []
    sharers, before = len(shared.sharers), sum(sharer.before for sharer in shared.sharers)
    values = {"increase": loc.percent(share(shared.shared, before))}
    if shared.remaining:
        consequence = loc.plural(
            "Avgiften höjs med {increase}, och {remaining} per år saknas ändå",
            "Deras avgifter höjs med i genomsnitt {increase}, och {remaining} per år saknas ändå",
            sharers,
            remaining=loc.money(shared.remaining),
            **values,
        )
    else:
        consequence = loc.plural(
            "Avgiften höjs med {increase}",
            "Deras avgifter höjs med i genomsnitt {increase}",
            sharers,
            **values,
        )
    return [
        [
            loc.plural(
                "Den kommun som har sagt ja betalar resten",
                "De kommuner som har sagt ja delar på resten",
                sharers,
            ),
            loc("{amount} per år", amount=loc.money(shared.shared)),
            consequence,
            loc.plural(
                "Kommunen själv", "{n} kommuner, var för sig", sharers, n=loc.count(sharers)
            ),
        ]
    ]


def _smaller_reserve_row(context: SectionContext) -> list[str]:
    """Where the planned costs are covered every year, only the reserve is smaller; else []."""
    statement, loc = context.statement, context.loc
    by_year = cover_by_year(statement.round, statement.by_year)
    if not by_year or any(cover.planned_missing for cover in by_year.values()):
        return []
    cover = cover_of_all(by_year)
    values = {
        "covered": loc.money(cover.reserve_covered),
        "reserve": loc.money(cover.reserve),
        "years": loc.join_years(by_year),
    }
    return [
        loc("Reserven för oförutsedda kostnader blir mindre"),
        loc("{covered} av {reserve} för {years}", **values),
        loc("De planerade kostnaderna är täckta"),
        loc("Styrelsen"),
    ]


def _smaller_budget_row(context: SectionContext) -> list[str]:
    statement, loc = context.statement, context.loc
    budget = statement.smaller_budget
    if statement.years_differ:
        years = loc.join_years(budget.by_year)
        amount = loc("{amount} för {years}", amount=loc.money(budget.all_years), years=years)
        part = budget.all_years_share
    else:
        amount = loc("{amount} per år", amount=loc.money(budget.per_year))
        part = budget.per_year_share
    return [
        loc("Arbetet anpassas till det som är säkrat"),
        amount,
        loc("Budgeten blir {share} av den önskade", share=loc.percent(part)),
        loc("Styrelsen"),
    ]


def _fewer_years_rows(context: SectionContext) -> list[list[str]]:
    """As many whole years as the secured amount pays for, if there are several years."""
    statement, loc = context.statement, context.loc
    shorter = statement.fewer_years
    if len(statement.by_year) == 1 or not shorter.years:
        return []
    number = number_in_words(shorter.years, loc)
    return [
        [
            loc("Färre år med full budget"),
            loc.money(statement.funded_all_years - shorter.left_over),
            loc.plural(
                "Det säkrade räcker till ett år, och {left} blir över",
                "Det säkrade räcker till {n} år, och {left} blir över",
                shorter.years,
                n=number,
                left=loc.money(shorter.left_over),
            ),
            loc("Styrelsen"),
        ]
    ]


def _reserve_row(context: SectionContext) -> list[str]:
    """What another source would have to add."""
    statement, loc = context.statement, context.loc
    reserve = statement.reserve
    if statement.years_differ:
        years = loc.join_years(statement.by_year)
        amount = loc("{amount} för {years}", amount=loc.money(reserve.all_years), years=years)
    else:
        amount = loc("{amount} per år", amount=loc.money(reserve.per_year))
    return [
        loc("En annan finansiär betalar resten"),
        amount,
        loc("Hela det önskade beloppet täcks"),
        loc("Finansiären"),
    ]
