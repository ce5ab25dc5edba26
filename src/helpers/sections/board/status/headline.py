"""The headline, the lead and the counts below it, as sentences."""

from __future__ import annotations

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.components.section_context import SectionContext
from helpers.sections.pricing import shared_cost_wording


def headline_text(context: SectionContext) -> str:
    """The answer in one sentence."""
    statement, loc = context.statement, context.loc
    if statement.price:
        return shared_cost_wording.price_headline(context, statement.price)
    total = statement.total
    day = loc.date(statement.as_of)
    if total.gap <= 0:
        return loc(
            "Hela beloppet, {amount} om året, är säkrat per den {day}",
            amount=loc.millions(total.requested),
            day=day,
        )
    if total.funded == 0:
        return loc(
            "Inget av {amount} om året är säkrat per den {day}",
            amount=loc.millions(total.requested),
            day=day,
        )
    return loc(
        "{amounts} om året är säkrade per den {day}",
        amounts=loc.millions_of(total.funded, total.requested),
        day=day,
    )


def lead_text(context: SectionContext) -> str:
    """Who has answered, what is missing and what may still come."""
    statement, loc = context.statement, context.loc
    if statement.price:
        return shared_cost_wording.price_lead(context, statement.price)
    total = statement.total
    answers = loc(
        "{yes} av {members} kommuner ({yes_share}) har sagt ja, {no} ({no_share}) har sagt nej och "
        "{unanswered} ({unanswered_share}) har inte svarat.",
        members=loc.count(total.members),
        **answer_counts(total, loc),
    )
    if total.conditional:
        answers += " " + loc.plural(
            "{n} har sagt ja med ett villkor.",
            "{n} har sagt ja med ett villkor.",
            total.conditional,
        )
    return f"{answers} {_missing_text(total, loc)}".strip()


def _missing_text(total: Tally, loc: Localizer) -> str:
    """What is missing, and where it may still come from."""
    if total.gap <= 0:
        return ""
    values = {"gap": loc.kr(total.gap), "possible": loc.kr(total.possible)}
    if total.possible == 0:
        return loc("{gap} om året återstår.", gap=values["gap"])
    if total.possible > total.unanswered_fees:
        return loc("{gap} om året återstår, varav {possible} ännu kan komma.", **values)
    return loc(
        "{gap} om året återstår, varav {possible} kan komma från dem som inte har svarat.",
        **values,
    )


def answer_counts(total: Tally, loc: Localizer) -> dict[str, str]:
    """How many members said what, in figures and as shares of all members."""
    names = ("yes", "no", "unanswered")
    numbers = {name: loc.count(getattr(total, name)) for name in names}
    shares = {f"{name}_share": loc.percent(getattr(total, f"{name}_share")) for name in names}
    return numbers | shares
