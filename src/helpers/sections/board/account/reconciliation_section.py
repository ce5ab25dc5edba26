"""How far the figures can be trusted: reconciliation, method, and what they were made from."""

from __future__ import annotations

from string import Template

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.reconciliation import ONE_PERCENT, ReconciliationLine
from helpers.i18n.localizer import Localizer
from helpers.model.published_figure import PublishedFigure
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.text import bullets, paragraphs


def reconciliation(statement: Statement, say: Localizer) -> Block:
    """What was published, what is computed for the same day, the difference and why."""
    if not statement.reconciliation:
        return paragraphs(say("Inget var publicerat om rundan den här dagen."))
    columns = [
        Column(say("Uppgift"), "left", 4), Column(say("Publicerat"), width=3),
        Column(say("Beräknat"), width=3), Column(say("Skillnad"), width=3),
        Column(say("Förklaring"), "left", 6),
    ]  # fmt: skip
    rows = [_reconciliation_row(line, statement, say) for line in statement.reconciliation]
    table = table_block(say("Publicerade uppgifter mot rapportens egna"), columns, rows)
    return stack(paragraphs(_agreement_text(statement, say)), table, _quote_sources(statement, say))


def _agreement_text(statement: Statement, say: Localizer) -> str:
    lines = statement.reconciliation
    agreeing = sum(line.agrees for line in lines)
    if len(lines) == 1 and agreeing:
        text = say("Den enda publicerade uppgiften stämmer med rapportens egen.")
    elif len(lines) == 1:
        text = say("Den enda publicerade uppgiften stämmer inte med rapportens egen.")
    else:
        text = say(
            "{agreeing} av {lines} publicerade uppgifter stämmer med rapportens egna.",
            agreeing=say.count(agreeing),
            lines=say.count(len(lines)),
        )
    made = sum(line.published.by_construction and line.agrees for line in lines)
    if not made:
        return text
    return f"{text} " + say.plural(
        "Den som är märkt ”uppfyllt genom konstruktion” stämmer för att svaren är rekonstruerade "
        "så att den ska göra det; den styrker inget.",
        "De som är märkta ”uppfyllt genom konstruktion” stämmer för att svaren är rekonstruerade "
        "så att de ska göra det; de styrker inget.",
        made,
    )


def _reconciliation_row(
    line: ReconciliationLine, statement: Statement, say: Localizer
) -> list[str]:
    entry = line.published
    return [
        published_value_name(entry, statement, say),
        _format_published_value(entry, entry.value, say),
        _format_published_value(entry, line.computed, say, computed=True),
        _format_published_difference(line, say),
        _explain_line(line, statement, say),
    ]


def published_value_name(entry: PublishedFigure, statement: Statement, say: Localizer) -> str:
    """What a published figure is called in the report."""
    if entry.figure.startswith("fee:"):
        name = statement.member(entry.figure.removeprefix("fee:"))
        return say("Avgift per år, {name}", name=name)
    names = {
        "requested": say("Önskat per år"),
        "funded": say("Säkrat per år"),
        "answered": say("Har svarat"),
        "answered_share": say("Har svarat, andel"),
        "yes": say("Ja"),
        "yes_share": say("Ja, andel"),
        "no": say("Nej"),
        "no_share": say("Nej, andel"),
    }
    return names.get(entry.figure, entry.figure)


def _format_published_value(
    entry: PublishedFigure, value: int, say: Localizer, *, computed: bool = False
) -> str:
    if entry.kind == "percent":
        return say.percent(value * ONE_PERCENT)
    if entry.kind == "over" and not computed:
        return say("drygt {amount}", amount=say.millions(value))
    return say.kr(value) if _is_amount(entry) else say.count(value)


def _is_amount(entry: PublishedFigure) -> bool:
    return entry.figure.startswith("fee:") or entry.figure in ("requested", "funded")


def _format_published_difference(line: ReconciliationLine, say: Localizer) -> str:
    if line.agrees and line.published.kind == "over":
        return say("ryms")
    if line.difference == 0:
        return say.count(0)
    if line.published.kind == "percent":
        return say.plural(
            "{n} procentenhet",
            "{n} procentenheter",
            abs(line.difference),
            n=say.signed(line.difference),
        )
    return (
        say.signed_kr(line.difference)
        if _is_amount(line.published)
        else say.signed(line.difference)
    )


def _explain_line(line: ReconciliationLine, statement: Statement, say: Localizer) -> str:
    entry = line.published
    shares = {
        "yes_of_answered_share": say.percent(statement.total.yes_of_answered_share),
        "no_of_answered_share": say.percent(statement.total.no_of_answered_share),
    }
    parts = [Template(say.text(entry.why)).safe_substitute(shares)]
    if entry.by_construction and line.agrees:
        parts.append(say("Uppfyllt genom konstruktion."))
    parts += _rounding_fit_texts(line, say)
    return " ".join(parts)


def _rounding_fit_texts(line: ReconciliationLine, say: Localizer) -> list[str]:
    """How far a rounded fee is from ours, and which totals it would be a share of."""
    if line.agrees or line.relative is None or line.fits_totals is None:
        return []
    apart = say.percent(abs(line.relative), 2)
    higher = say("Det publicerade är {apart} högre än det beräknade.", apart=apart)
    lower = say("Det publicerade är {apart} lägre än det beräknade.", apart=apart)
    least, most = map(say.kr, line.fits_totals)
    fits = say(
        "Är det avrundat till närmaste {step} passar det en totalsumma mellan {least} och {most}.",
        step=say.kr(line.published.rounded_to or 1),
        least=least,
        most=most,
    )
    return [higher if line.relative > 0 else lower, fits]


def _quote_sources(statement: Statement, say: Localizer) -> Block:
    """The published words themselves, once each."""
    quotes: dict[str, str] = {}
    for line in statement.reconciliation:
        if line.published.wording:
            quotes.setdefault(line.published.wording, line.published.source)
    if not quotes:
        sources = sorted({line.published.source for line in statement.reconciliation})
        return paragraphs(say("Källa: {sources}.", sources=say.listed(sources)))
    intro = paragraphs(say("Så står det i källorna:"))
    return stack(
        intro, bullets([f"{say.quote(words)} ({source})" for words, source in quotes.items()])
    )
