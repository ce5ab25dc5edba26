"""The section that compares the published figures with the computed ones."""

from __future__ import annotations

from string import Template

from helpers.funding.totals.reconciliation import ReconciliationLine
from helpers.i18n.localizer import Localizer
from helpers.sections.board.account.published_figure_texts import (
    check_text,
    format_published_difference,
    format_published_value,
    given_text,
    independent_checks,
    published_value_name,
)
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.parts.section_parts import MarkedText, RunningText
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record
from helpers.sections.components.text import bullets, paragraphs

_UNIT_OF_FIGURE = "as the figure is published: {currency} a year, members or percent"


def reconciliation(context: SectionContext) -> Block:
    """The independent check, then each published figure next to the report's for the same day."""
    loc = context.loc
    if not context.statement.reconciliation:
        return does_not_apply(loc("Inget var publicerat om omgången den här dagen."))
    make = FieldMaker(loc)
    fields = [
        make.text("figure", loc("Uppgift")).wide(4),
        make.count("published", loc("Publicerat"), _UNIT_OF_FIGURE)
        .shown_as(lambda row: row["published_text"])
        .wide(3),
        make.count("computed", loc("Rapportens värde"), _UNIT_OF_FIGURE)
        .shown_as(lambda row: row["computed_text"])
        .wide(3),
        make.count("difference", loc("Skillnad"), _UNIT_OF_FIGURE)
        .shown_as(lambda row: row["difference_text"])
        .wide(3),
        make.text("why", loc("Förklaring")).wide(6),
    ]
    checks = independent_checks(context)
    lines = sorted(context.statement.reconciliation, key=lambda line: line not in checks)
    records = [_reconciliation_record(context, line) for line in lines]
    caption = loc("Publicerade uppgifter och rapportens egna värden")
    table = data_block(SectionTable.of(loc, caption, fields, records))
    return stack(paragraphs(*_opening_texts(context)), table, _quote_sources(context))


def _opening_texts(context: SectionContext) -> list[str]:
    """How the published figures check the report, which of them cannot, and which disagree."""
    texts = [check_text(context), given_text(context), _disagreement_text(context)]
    return [text for text in texts if text] or [
        context.loc.plural(
            "Den publicerade uppgiften stämmer med rapportens värde.",
            "De publicerade uppgifterna stämmer med rapportens värden.",
            len(context.statement.reconciliation),
        )
    ]


def _disagreement_text(context: SectionContext) -> str:
    """Which figures that are among the inputs the report does not meet; '' for none."""
    checks = independent_checks(context)
    wrong = [line for line in context.statement.reconciliation if not line.agrees]
    names = [published_value_name(context, line.published) for line in wrong if line not in checks]
    if not names:
        return ""
    return context.loc(
        "Rapportens värde stämmer inte med underlagets för {names}.",
        names=context.loc.join_list(names),
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


def _explain_line(context: SectionContext, line: ReconciliationLine) -> str:
    loc = context.loc
    entry = line.published
    shares = {
        "yes_of_answered_share": loc.percent(context.statement.total.yes_of_answered_share),
        "no_of_answered_share": loc.percent(context.statement.total.no_of_answered_share),
    }
    parts = [loc("Inlagd i underlaget.")] if entry.by_construction and line.agrees else []
    if entry.why:
        parts.append(Template(loc.text(entry.why)).safe_substitute(shares))
    parts += _rounding_fit_texts(line, loc)
    return " ".join(parts)


def _rounding_fit_texts(line: ReconciliationLine, loc: Localizer) -> list[str]:
    """Return how far a rounded fee is from the computed one, and the totals that it fits."""
    if line.agrees or line.relative is None or line.fits_totals is None:
        return []
    apart = loc.percent(abs(line.relative), 1)  # as in the opening sentence
    higher = loc("Det publicerade är {apart} högre än det beräknade.", apart=apart)
    lower = loc("Det publicerade är {apart} lägre än det beräknade.", apart=apart)
    least, most = map(loc.money, line.fits_totals)
    fits = loc(
        "Om det är avrundat till närmaste {step} stämmer det med en totalsumma mellan {least} och "
        "{most}.",
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
