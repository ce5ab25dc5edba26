"""The headline, the lead and the counts below it, as sentences."""

from __future__ import annotations

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.pricing import shared_cost_wording


def headline_text(statement: Statement, say: Localizer) -> str:
    """The answer in one sentence."""
    if statement.price:
        return shared_cost_wording.price_headline(statement, statement.price, say)
    total = statement.total
    day = say.date(statement.as_of)
    if total.gap <= 0:
        return say(
            "Hela beloppet, {amount} om året, är säkrat per den {day}",
            amount=say.millions(total.requested),
            day=day,
        )
    if total.funded == 0:
        return say(
            "Inget av {amount} om året är säkrat per den {day}",
            amount=say.millions(total.requested),
            day=day,
        )
    return say(
        "{amounts} om året är säkrade per den {day}",
        amounts=say.millions_of(total.funded, total.requested),
        day=day,
    )


def lead_text(statement: Statement, say: Localizer) -> str:
    """Who has answered, what is missing and what may still come."""
    if statement.price:
        return shared_cost_wording.price_lead(statement, statement.price, say)
    total = statement.total
    answers = say(
        "{yes} av {members} kommuner ({yes_share}) har sagt ja, {no} ({no_share}) har sagt nej och "
        "{unanswered} ({unanswered_share}) har inte svarat.",
        members=say.count(total.members),
        **answer_counts(total, say),
    )
    if total.conditional:
        answers += " " + say.plural(
            "{n} har sagt ja med ett villkor.",
            "{n} har sagt ja med ett villkor.",
            total.conditional,
        )
    return f"{answers} {_missing_text(total, say)}".strip()


def _missing_text(total: Tally, say: Localizer) -> str:
    """What is missing, and where it may still come from."""
    if total.gap <= 0:
        return ""
    values = {"gap": say.kr(total.gap), "possible": say.kr(total.possible)}
    if total.possible == 0:
        return say("{gap} om året återstår.", gap=values["gap"])
    if total.possible > total.unanswered_fees:
        return say("{gap} om året återstår, varav {possible} ännu kan komma.", **values)
    return say(
        "{gap} om året återstår, varav {possible} kan komma från dem som inte har svarat.",
        **values,
    )


def answer_counts(total: Tally, say: Localizer) -> dict[str, str]:
    """How many members said what, in figures and as shares of all members."""
    names = ("yes", "no", "unanswered")
    numbers = {name: say.count(getattr(total, name)) for name in names}
    shares = {f"{name}_share": say.percent(getattr(total, f"{name}_share")) for name in names}
    return numbers | shares
