"""Published figures in words: their names, their values, and how one checks the report."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.totals.reconciliation import ONE_PERCENT, ReconciliationLine
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import number_in_words
from helpers.model.settings.published_figure import PublishedFigure
from helpers.rounding import round_half_up
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import capitalize_first


def independent_checks(context: SectionContext) -> list[ReconciliationLine]:
    """The published figures that the report does not rest on: they check it."""
    lines = context.statement.reconciliation
    independent = [line for line in lines if not line.published.by_construction]
    return [line for line in independent if line.published.figure != "requested"]


def check_text(context: SectionContext) -> str:
    """How published figures that the report does not rest on agree with it; '' for none."""
    loc, checks = context.loc, independent_checks(context)
    if not checks:
        return ""
    if len(checks) > 1:
        return loc(
            "{agreeing} av {lines} publicerade uppgifter som rapporten inte bygger på stämmer med "
            "dess egna.",
            agreeing=loc.count(sum(line.agrees for line in checks)),
            lines=loc.count(len(checks)),
        )
    return _one_check_text(context, checks[0])


def _one_check_text(context: SectionContext, line: ReconciliationLine) -> str:
    loc = context.loc
    values = {
        "name": published_value_name(context, line.published),
        "published": format_published_value(line.published, line.published.exact_value, loc),
        "computed": format_published_value(line.published, line.computed, loc, computed=True),
        "difference": format_published_difference(line, loc),
    }
    opening = loc("En publicerad uppgift prövar rapportens siffror: {name}.", **values)
    if not line.difference:
        return f"{opening} " + loc("Den är {published} i båda.", **values)
    if line.relative is None:
        apart = ""
    else:
        apart = loc(", {share} av beloppet", share=loc.percent(abs(line.relative), 1))
    return f"{opening} " + loc(
        "Den är publicerad som {published}, och rapportens värde är {computed}. Skillnaden är "
        "{difference}{apart}.",
        apart=apart,
        **values,
    )


def given_text(context: SectionContext) -> str:
    """How many published figures are among the inputs, so that they check nothing."""
    number_given = sum(line.published.by_construction for line in context.statement.reconciliation)
    if not number_given:
        return ""
    number = capitalize_first(number_in_words(number_given, context.loc))
    if not check_text(context):
        return context.loc.plural(
            "En publicerad uppgift är inlagd i underlaget och prövar därför inget.",
            "{n} publicerade uppgifter är inlagda i underlaget och prövar därför inget.",
            number_given,
            n=number,
        )
    return context.loc.plural(
        "En annan publicerad uppgift är inlagd i underlaget och prövar därför inget.",
        "{n} andra publicerade uppgifter är inlagda i underlaget och prövar därför inget.",
        number_given,
        n=number,
    )


def published_value_name(context: SectionContext, entry: PublishedFigure) -> str:
    """Return the name of a published figure in the report."""
    loc = context.loc
    if entry.figure.startswith("fee:"):
        name = context.statement.member_name(entry.figure.removeprefix("fee:"))
        return loc("Avgift per år, {name}", name=name)
    names = {
        "requested": loc("Önskat per år"),
        "funded": loc("Säkrat per år"),
        "answered": loc("Har svarat"),
        "answered_share": loc("Har svarat, andel"),
        "yes": loc("Ja"),
        "yes_share": loc("Ja, andel"),
        "no": loc("Nej"),
        "no_share": loc("Nej, andel"),
    }
    return names.get(entry.figure, entry.figure)


def format_published_value(
    entry: PublishedFigure, value: int | Fraction, loc: Localizer, *, computed: bool = False
) -> str:
    """Return a published figure as it was published, or the computed one in the same unit."""
    if entry.kind == "percent":
        return loc.percent(value * ONE_PERCENT, entry.percent_digits)
    if entry.kind == "over" and not computed:
        return loc("drygt {amount}", amount=loc.millions(round_half_up(value)))
    return loc.money(value) if _is_amount(entry) else loc.count(value)


def _is_amount(entry: PublishedFigure) -> bool:
    return entry.figure.startswith("fee:") or entry.figure in ("requested", "funded")


def format_published_difference(line: ReconciliationLine, loc: Localizer) -> str:
    """Return the difference of a computed figure from the published one, with its unit."""
    if line.agrees and line.published.kind == "over":
        return loc("stämmer")
    if line.difference == 0:
        return loc.count(0)
    if line.published.kind == "percent":
        return loc.plural(
            "{n} procentenhet",
            "{n} procentenheter",
            1 if abs(line.difference) == 1 else 2,  # 0.5 is in the plural
            n=loc.signed(line.difference),
        )
    return (
        loc.signed_money(line.difference)
        if _is_amount(line.published)
        else loc.signed(line.difference)
    )
