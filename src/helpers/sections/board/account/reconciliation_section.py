"""The section that compares the published figures with the computed ones."""

from __future__ import annotations

from fractions import Fraction
from string import Template

from helpers.funding.totals.reconciliation import ONE_PERCENT, ReconciliationLine
from helpers.i18n.localizer import Localizer
from helpers.model.published_figure import PublishedFigure
from helpers.rounding import round_half_up
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.parts.section_parts import MarkedText, RunningText
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record
from helpers.sections.components.text import bullets, paragraphs

_UNIT_OF_FIGURE = "as the figure is published: {currency} a year, members or percent"


def reconciliation(context: SectionContext) -> Block:
    """What was published, what is computed for the same day, the difference and its reason."""
    loc = context.loc
    if not context.statement.reconciliation:
        return paragraphs(loc("Inget var publicerat om omgången den här dagen."))
    make = FieldMaker(loc)
    fields = [
        make.text("figure", loc("Uppgift")).wide(4),
        make.count("published", loc("Publicerat"), _UNIT_OF_FIGURE)
        .shown_as(lambda row: row["published_text"])
        .wide(3),
        make.count("computed", loc("Beräknat"), _UNIT_OF_FIGURE)
        .shown_as(lambda row: row["computed_text"])
        .wide(3),
        make.count("difference", loc("Skillnad"), _UNIT_OF_FIGURE)
        .shown_as(lambda row: row["difference_text"])
        .wide(3),
        make.text("why", loc("Förklaring")).wide(6),
    ]
    records = [_reconciliation_record(context, line) for line in context.statement.reconciliation]
    caption = loc("Publicerade uppgifter mot rapportens egna")
    table = data_block(SectionTable.of(loc, caption, fields, records))
    return stack(paragraphs(_agreement_text(context)), table, _quote_sources(context))


def _agreement_text(context: SectionContext) -> str:
    loc = context.loc
    lines = context.statement.reconciliation
    agreeing = sum(line.agrees for line in lines)
    if len(lines) == 1 and agreeing:
        text = loc("Den enda publicerade uppgiften stämmer med rapportens egen.")
    elif len(lines) == 1:
        text = loc("Den enda publicerade uppgiften stämmer inte med rapportens egen.")
    else:
        text = loc(
            "{agreeing} av {lines} publicerade uppgifter stämmer med rapportens egna.",
            agreeing=loc.count(agreeing),
            lines=loc.count(len(lines)),
        )
    by_construction = sum(line.published.by_construction and line.agrees for line in lines)
    if not by_construction:
        return text
    return f"{text} " + loc.plural(
        "Den som är märkt ”uppfyllt genom konstruktion” stämmer för att svaren är rekonstruerade "
        "så att den ska göra det; den styrker inget.",
        "De som är märkta ”uppfyllt genom konstruktion” stämmer för att svaren är rekonstruerade "
        "så att de ska göra det; de styrker inget.",
        by_construction,
    )


def _reconciliation_record(context: SectionContext, line: ReconciliationLine) -> Record:
    """The exact values of a line, and each in the words of the report."""
    loc, entry = context.loc, line.published
    return {
        "figure": published_value_name(context, entry),
        "published": entry.exact_value,
        "published_text": format_published_value(entry, entry.exact_value, loc),
        "computed": line.computed,
        "computed_text": format_published_value(entry, line.computed, loc, computed=True),
        "difference": line.difference,
        "difference_text": format_published_difference(line, loc),
        "why": _explain_line(context, line),
    }


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
        return loc("ryms")
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


def _explain_line(context: SectionContext, line: ReconciliationLine) -> str:
    loc = context.loc
    entry = line.published
    shares = {
        "yes_of_answered_share": loc.percent(context.statement.total.yes_of_answered_share),
        "no_of_answered_share": loc.percent(context.statement.total.no_of_answered_share),
    }
    parts = [Template(loc.text(entry.why)).safe_substitute(shares)]
    if entry.by_construction and line.agrees:
        parts.append(loc("Uppfyllt genom konstruktion."))
    parts += _rounding_fit_texts(line, loc)
    return " ".join(parts)


def _rounding_fit_texts(line: ReconciliationLine, loc: Localizer) -> list[str]:
    """Return how far a rounded fee is from the computed one, and the totals that it fits."""
    if line.agrees or line.relative is None or line.fits_totals is None:
        return []
    apart = loc.percent(abs(line.relative), 2)
    higher = loc("Det publicerade är {apart} högre än det beräknade.", apart=apart)
    lower = loc("Det publicerade är {apart} lägre än det beräknade.", apart=apart)
    least, most = map(loc.money, line.fits_totals)
    fits = loc(
        "Är det avrundat till närmaste {step} passar det en totalsumma mellan {least} och {most}.",
        step=loc.money(line.published.rounded_to or 1),
        least=least,
        most=most,
    )
    return [higher if line.relative > 0 else lower, fits]


def _quote_sources(context: SectionContext) -> Block:
    """Return the published quotations, each once."""
    loc = context.loc
    quotes: dict[str, str] = {}
    for line in context.statement.reconciliation:
        if line.published.wording:
            quotes.setdefault(line.published.wording, line.published.source)
    if not quotes:
        sources = sorted({line.published.source for line in context.statement.reconciliation})
        return paragraphs(loc("Källa: {sources}.", sources=loc.join_list(sources)))
    intro = paragraphs(loc("Så står det i källorna:"))
    return stack(intro, bullets([_quoted(loc, words, source) for words, source in quotes.items()]))


def _quoted(loc: Localizer, words: str, source: str) -> RunningText:
    """A quotation with its source, marked where it is in another language."""
    text, end = loc.quote(words), f" ({source})"
    if loc.foreign_language is None:
        return text + end
    return (MarkedText(text=text, mark=loc.foreign_language), end)
