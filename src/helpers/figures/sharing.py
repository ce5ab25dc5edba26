"""If the gap stays: those who said yes share it, or the plan is made smaller or shorter."""

from __future__ import annotations

from fractions import Fraction

from helpers.figures import price
from helpers.figures.block import Block, stack
from helpers.figures.members import method_example
from helpers.figures.prose import bullets, paragraphs
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.scenarios.alternatives import FewerYears
from helpers.funding.scenarios.sharing import Sharer, Sharing
from helpers.funding.statement import Statement
from helpers.funding.tally import share

SHOWN = 10


def sharing(statement: Statement, say: Speech) -> Block:
    """What each would pay if those who said yes carried it all, and what else can be done."""
    if statement.price:
        return price.sharing(statement, say)
    if statement.total.gap <= 0:
        return paragraphs(say("Inget saknas: det finns inget att dela på."))
    shared = statement.sharing
    if shared is None:
        return stack(
            paragraphs(
                say("Ingen har sagt ja för alla år, så det finns ingen som kan dela på det.")
            ),
            _alternatives(statement, say),
        )
    return stack(
        paragraphs(_shared(shared, statement, say)),
        _alternatives(statement, say),
        method_example(statement, say),
        _sharers(shared, say),
    )


def _shared(shared: Sharing, statement: Statement, say: Speech) -> str:
    """The sum that is shared, and what it does to the fees."""
    before = sum(sharer.before for sharer in shared.sharers)
    people = sum(sharer.population for sharer in shared.sharers)
    text = say.plural(
        "Om den enda kommun som har sagt ja{all_years} bar hela beloppet skulle den betala "
        "{shared} mer om året: i genomsnitt {increase} mer, {after} per invånare i stället för "
        "{before}.",
        "Om de {n} kommuner som har sagt ja{all_years} bar hela beloppet skulle de tillsammans "
        "betala {shared} mer om året: i genomsnitt {increase} mer, {after} per invånare i stället "
        "för {before}.",
        len(shared.sharers),
        all_years=say(" för alla år") if len(shared.sharers) < statement.total.yes else "",
        shared=say.kr(shared.shared), increase=say.percent(share(shared.shared, before)),
        after=say.kr_per(Fraction(shared.requested, people)),
        before=say.kr_per(Fraction(before, people)),
    )  # fmt: skip
    if not shared.beyond_limit:
        return text
    return f"{text} " + say.plural(
        "{n} kommun skulle betala mer än rundans gräns.",
        "{n} kommuner skulle betala mer än rundans gräns.",
        len(shared.beyond_limit),
    )


def _sharers(shared: Sharing, say: Speech) -> Block:
    """The largest of those who would share: their fees before and after."""
    columns = [
        Column(say("Kommun"), "left"), Column(say("Avgift nu, kr")), Column(say("Om de delar, kr")),
        Column(say("Ökning, kr")), Column(say("Ökning")),
        Column(say("Kr per invånare nu")), Column(say("Kr per invånare om de delar")),
    ]  # fmt: skip
    largest = sorted(shared.sharers, key=lambda s: (-s.before, s.code))[:SHOWN]
    caption = say("De största av dem som har sagt ja, om de delar på det som saknas, per år")
    return table_block(caption, columns, [_row(sharer, say) for sharer in largest])


def _row(sharer: Sharer, say: Speech) -> list[str]:
    return [
        sharer.name,
        *map(say.count, (sharer.before, sharer.after, sharer.increase)),
        say.percent(sharer.increase_share),
        say.price(sharer.per_inhabitant_before),
        say.price(sharer.per_inhabitant_after),
    ]


def _alternatives(statement: Statement, say: Speech) -> Block:
    """A smaller budget, fewer years (of several), or another source."""
    budget = statement.smaller_budget
    smaller = say(
        "En mindre budget: {amount} om året är säkrade, {share} av det önskade beloppet.",
        amount=say.kr(budget.per_year), share=say.percent(budget.per_year_share),
    )  # fmt: skip
    others = _over_the_years(statement, say)
    return stack(paragraphs(say("Andra sätt att gå vidare:")), bullets([smaller, *others]))


def _over_the_years(statement: Statement, say: Speech) -> list[str]:
    years, reserve = statement.fewer_years, statement.reserve
    if len(statement.by_year) == 1:
        return [say("Någon annan skjuter till {amount}.", amount=say.kr(reserve.per_year))]
    fewer = say("Färre år: det som är säkrat för alla år räcker inte till ett år med full budget.")
    if years.years:
        fewer = _whole_years(years, say)
    added = say(
        "Någon annan skjuter till: {amount} om året, {total} för alla år.",
        amount=say.kr(reserve.per_year), total=say.kr(reserve.all_years),
    )  # fmt: skip
    return [fewer, added]


def _whole_years(years: FewerYears, say: Speech) -> str:
    return say.plural(
        "Färre år: det som är säkrat för alla år räcker till {n} helt år med full budget, och "
        "{left} blir över.",
        "Färre år: det som är säkrat för alla år räcker till {n} hela år med full budget, och "
        "{left} blir över.",
        years.years, left=say.kr(years.left),
    )  # fmt: skip
