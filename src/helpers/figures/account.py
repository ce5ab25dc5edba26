"""How far the figures can be trusted: reconciliation, method, and what they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from helpers.figures.block import Block, stack
from helpers.figures.pricing_text import pricing_text
from helpers.figures.prose import bullets, paragraphs
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.reconcile import PERCENT, Line
from helpers.funding.statement import Statement
from helpers.rounds import Published

_SHIPPED_MEMBERS = "municipalities.csv"


def reconciliation(statement: Statement, say: Speech) -> Block:
    """What was published, what is computed for the same day, the difference and why."""
    if not statement.reconciliation:
        return paragraphs(say("Inget var publicerat om rundan den här dagen."))
    columns = [
        Column(say("Uppgift"), "left", 4), Column(say("Publicerat"), width=3),
        Column(say("Beräknat"), width=3), Column(say("Skillnad"), width=3),
        Column(say("Förklaring"), "left", 6),
    ]  # fmt: skip
    rows = [_line(line, statement, say) for line in statement.reconciliation]
    table = table_block(say("Publicerade uppgifter mot rapportens egna"), columns, rows)
    return stack(paragraphs(_verdict(statement, say)), table, _sources(statement, say))


def _verdict(statement: Statement, say: Speech) -> str:
    lines = statement.reconciliation
    agreeing = sum(line.agrees for line in lines)
    if len(lines) == 1 and agreeing:
        text = say("Den enda publicerade uppgiften stämmer med rapportens egen.")
    elif len(lines) == 1:
        text = say("Den enda publicerade uppgiften stämmer inte med rapportens egen.")
    else:
        text = say(
            "{agreeing} av {lines} publicerade uppgifter stämmer med rapportens egna.",
            agreeing=say.count(agreeing), lines=say.count(len(lines)),
        )  # fmt: skip
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


def _line(line: Line, statement: Statement, say: Speech) -> list[str]:
    entry = line.published
    return [
        figure_name(entry, statement, say),
        _value(entry, entry.value, say),
        _value(entry, line.computed, say, computed=True),
        _difference(line, say),
        _explanation(line, statement, say),
    ]


def figure_name(entry: Published, statement: Statement, say: Speech) -> str:
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


def _value(entry: Published, value: int, say: Speech, *, computed: bool = False) -> str:
    if entry.kind == "percent":
        return say.percent(value * PERCENT)
    if entry.kind == "over" and not computed:
        return say("drygt {amount}", amount=say.millions(value))
    return say.kr(value) if _is_amount(entry) else say.count(value)


def _is_amount(entry: Published) -> bool:
    return entry.figure.startswith("fee:") or entry.figure in ("requested", "funded")


def _difference(line: Line, say: Speech) -> str:
    if line.agrees and line.published.kind == "over":
        return say("ryms")
    if line.difference == 0:
        return say.count(0)
    if line.published.kind == "percent":
        return say.plural(
            "{n} procentenhet", "{n} procentenheter", abs(line.difference),
            n=say.signed(line.difference),
        )  # fmt: skip
    return (
        say.signed_kr(line.difference)
        if _is_amount(line.published)
        else say.signed(line.difference)
    )


def _explanation(line: Line, statement: Statement, say: Speech) -> str:
    entry = line.published
    shares = {
        "yes_of_answered_share": say.percent(statement.total.yes_of_answered_share),
        "no_of_answered_share": say.percent(statement.total.no_of_answered_share),
    }
    parts = [Template(say.text(entry.why)).safe_substitute(shares)]
    if entry.by_construction and line.agrees:
        parts.append(say("Uppfyllt genom konstruktion."))
    parts += _fit(line, say)
    return " ".join(parts)


def _fit(line: Line, say: Speech) -> list[str]:
    """How far a rounded fee is from ours, and which totals it would be a share of."""
    if line.agrees or line.relative is None or line.fits_totals is None:
        return []
    apart = say.percent(abs(line.relative), 2)
    higher = say("Det publicerade är {apart} högre än det beräknade.", apart=apart)
    lower = say("Det publicerade är {apart} lägre än det beräknade.", apart=apart)
    least, most = map(say.kr, line.fits_totals)
    fits = say(
        "Är det avrundat till närmaste {step} passar det en totalsumma mellan {least} och {most}.",
        step=say.kr(line.published.rounded_to or 1), least=least, most=most,
    )  # fmt: skip
    return [higher if line.relative > 0 else lower, fits]


def _sources(statement: Statement, say: Speech) -> Block:
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


def method(statement: Statement, say: Speech) -> Block:
    """How the figures are defined and what is taken for granted."""
    remarks = [
        say(
            "Säkrat är summan av avgifterna för de kommuner vars gällande svar är ja. Ett svar "
            "gäller från den dag det har kommit in; har en kommun svarat flera gånger gäller det "
            "senast beslutade. Den som inte har svarat räknas varken som ja eller nej."
        ),
        *pricing_text(statement, say),
        _rounding(statement, say),
        say(
            "Andelar är av samtliga tillfrågade, om inget annat sägs, och avrundas var för sig "
            "från det exakta värdet. Därför kan avrundade andelar tillsammans bli 99 eller 101 "
            "procent."
        ),
        *(say.text(assumed.text) for assumed in statement.assumptions),
    ]  # fmt: skip
    return bullets(remarks)


def _rounding(statement: Statement, say: Speech) -> str:
    """What whole kronor do to the sum and to members of equal size."""
    if statement.price and statement.price.binds:
        return say("Varje avgift är ett helt antal kronor, avrundat var för sig.")
    if statement.shares.equal_members_differ:
        return say(
            "Varje avgift är ett helt antal kronor och summan är exakt det önskade beloppet. Det "
            "går inte ihop utan att några lika stora kommuner skiljer sig åt med en krona."
        )
    return say(
        "Varje avgift är ett helt antal kronor, summan är exakt det önskade beloppet och lika "
        "stora kommuner betalar lika mycket."
    )


def provenance(
    statement: Statement, files: Mapping[str, Mapping[str, str]], version: str, say: Speech
) -> Block:
    """What the report was made from: files by their fingerprint."""
    known = _known(statement, files["members"]["file"], version, say)
    columns = [Column(say("Fil"), "left"), Column(say("SHA-256, de första 16 tecknen"), "left")]
    rows = [[file["file"], file["sha256"][:16]] for file in files.values()]
    table = table_block(say("Rapportens underlag"), columns, rows)
    return stack(paragraphs(known), table)


def _known(statement: Statement, members: str, version: str, say: Speech) -> str:
    """The day and the day of knowledge; the population is SCB's in the shipped file alone."""
    values = {"as_of": say.date(statement.as_of), "known_on": say.date(statement.known_on)}
    if members != _SHIPPED_MEMBERS:
        return say(
            "Läget per den {as_of}, så som det var känt den {known_on}. Beräknat med "
            "funding-report {version}.",
            version=version, **values,
        )  # fmt: skip
    return say(
        "Läget per den {as_of}, så som det var känt den {known_on}. Folkmängd: SCB. Beräknat med "
        "funding-report {version}.",
        version=version, **values,
    )  # fmt: skip
