"""The answer: the headline, the bar, the three ways to count, and what has changed."""

from __future__ import annotations

from functools import partial

from helpers.figures import bars, charts, price_text
from helpers.figures.block import EMPTY, Block, stack
from helpers.figures.picture import picture
from helpers.figures.prose import callout, headline, paragraphs, sentence
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.changes import Changes
from helpers.funding.statement import Statement
from helpers.funding.tally import Tally, share
from helpers.rounding import half_up


def notice(statement: Statement, say: Speech) -> str:
    """What every page must say where the answers are not the members' own; else blank."""
    if not statement.reconstructed:
        return ""
    return say(
        "Rekonstruerade svar: bara summorna är publicerade. Vem som svarat vad är draget av "
        "slumpen så att summorna stämmer."
    )


def about(statement: Statement, say: Speech) -> Block:
    """The round and the day, with the notice: for a notebook, which has no page to carry it."""
    warning = notice(statement, say)
    title, day = say.text(statement.round.title), say.date(statement.as_of)
    line = paragraphs(say("{title}, per den {day}", title=title, day=day))
    return stack(line, callout(warning) if warning else EMPTY)


def headline_text(statement: Statement, say: Speech) -> str:
    """The answer in one sentence."""
    if statement.price:
        return price_text.headline(statement, statement.price, say)
    total = statement.total
    day = say.date(statement.as_of)
    if total.gap <= 0:
        return say(
            "Hela beloppet, {amount} om året, är säkrat per den {day}",
            amount=say.millions(total.requested), day=day,
        )  # fmt: skip
    if total.funded == 0:
        return say(
            "Inget av {amount} om året är säkrat per den {day}",
            amount=say.millions(total.requested), day=day,
        )  # fmt: skip
    return say(
        "{amounts} om året är säkrade per den {day}",
        amounts=say.millions_of(total.funded, total.requested), day=day,
    )  # fmt: skip


def lead_text(statement: Statement, say: Speech) -> str:
    """Who has answered, what is missing and what may still come."""
    if statement.price:
        return price_text.lead(statement, statement.price, say)
    total = statement.total
    answers = say(
        "{yes} av {members} kommuner ({yes_share}) har sagt ja, {no} ({no_share}) har sagt nej och "
        "{unanswered} ({unanswered_share}) har inte svarat.",
        members=say.count(total.members), **counts(total, say),
    )  # fmt: skip
    if total.conditional:
        answers += " " + say.plural(
            "{n} har sagt ja med ett villkor.", "{n} har sagt ja med ett villkor.",
            total.conditional,
        )  # fmt: skip
    return f"{answers} {_missing(total, say)}".strip()


def _missing(total: Tally, say: Speech) -> str:
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


def counts(total: Tally, say: Speech) -> dict[str, str]:
    """How many members said what, in figures and as shares of all members."""
    names = ("yes", "no", "unanswered")
    numbers = {name: say.count(getattr(total, name)) for name in names}
    shares = {f"{name}_share": say.percent(getattr(total, f"{name}_share")) for name in names}
    return numbers | shares


def answer(statement: Statement, changed: Changes | None, say: Speech, box: Block = EMPTY) -> Block:
    """The headline, the bar of the three parts, the three ways to count, and what has changed.

    `box` is what has to be said first of a report that replaces another.
    """
    total, unit = bars.measured(statement, statement.total), bars.unit_of(statement, say)
    parts = "; ".join(
        f"{name} {charts.amount_and_share(total, part, unit, say)}"
        for part, name in unit.names.items()
    )
    finding = sentence((_joined if statement.price else _bar_finding)(total, say))
    alternative = say(
        "{finding}. Stapel i {unit}. {parts}.", finding=finding, unit=unit.measure, parts=parts
    )
    draw = partial(charts.funded_bar, total, unit, say, alternative)
    return stack(
        headline(headline_text(statement, say), lead_text(statement, say)),
        box,
        picture(draw, finding, alternative),
        three_ways(statement, say),
        paragraphs(change_text(changed, say)) if changed else EMPTY,
    )


def _bar_finding(total: Tally, say: Speech) -> str:
    """What the bar shows: how much is missing, and how much of that may still come."""
    if total.gap <= 0:
        return say("Hela det önskade beloppet är säkrat")
    values = {
        "gap": say.percent(share(total.gap, total.requested)),
        "possible": say.percent(total.possible_share),
        "requested": say.kr(total.requested),
    }
    if total.possible == 0:
        return say("{gap} av {requested} saknas, och inget mer kan väntas", **values)
    return say("{gap} av {requested} saknas; {possible} kan ännu komma", **values)


def _joined(total: Tally, say: Speech) -> str:
    """What the bar shows where a cost is shared: whose inhabitants are in."""
    return say(
        "{share} av invånarna bor i kommuner som är med; {possible} kan ännu tillkomma",
        share=say.percent(total.yes_population_share), possible=say.percent(total.possible_share),
    )  # fmt: skip


def change_text(changed: Changes, say: Speech) -> str:
    """What has changed since the report before, in one or two sentences."""
    day = say.date(changed.since)
    if changed.members.empty:
        return say("Sedan rapporten per den {day} har inget svar ändrats.", day=day)
    return say.plural(
        "Sedan rapporten per den {day} har {n} kommun ändrat läge: ja {yes}, nej {no}, säkrat "
        "belopp {funded} om året.",
        "Sedan rapporten per den {day} har {n} kommuner ändrat läge: ja {yes}, nej {no}, säkrat "
        "belopp {funded} om året.",
        len(changed.members),
        day=day, yes=say.signed(changed.yes), no=say.signed(changed.no),
        funded=say.signed_kr(changed.funded),
    )  # fmt: skip


def three_ways(statement: Statement, say: Speech) -> Block:
    """Yes, no and silence by members, by inhabitants and by kronor, each with its denominator."""
    total = statement.total
    answers = {"yes": say("Ja"), "no": say("Nej"), "unanswered": say("Ej svarat")}
    if not statement.round.answers.declined_known:
        del answers["no"]
    if total.conditional:
        answers["conditional"] = say("Ja, med villkor")
    columns = [
        Column(say("Räknat i"), "left"),
        *map(Column, answers.values()),
        *([Column(say("Ja, men inte alla år"))] if total.uncovered else []),
        Column(say("Alla tillfrågade")),
    ]
    kronor = {"yes": "funded", "no": "declined"}
    ways = {
        say("Kommuner"): ({name: name for name in answers}, total.members),
        say("Invånare"): ({name: f"{name}_population" for name in answers}, total.population),
        say("Kronor per år"): (
            {name: kronor.get(name, f"{name}_fees") for name in answers}, total.requested
        ),
    }  # fmt: skip
    if statement.price:  # who pays how much depends on who joins: kronor are no third count
        del ways[say("Kronor per år")]
    rows = [
        [label, *(_way(total, name, say) for name in names.values()), say.count(everyone)]
        for label, (names, everyone) in ways.items()
    ]
    if total.uncovered:
        for row, cell in zip(rows, ("", "", _way(total, "uncovered", say)), strict=True):
            row.insert(-1, cell)
    table = table_block(_ways_caption(statement, say), columns, rows)
    return stack(table, paragraphs(_compare(statement, say)) if total.yes else EMPTY)


def _ways_caption(statement: Statement, say: Speech) -> str:
    if statement.price:
        return say("Svaren räknade i kommuner och invånare. Andelarna är av samtliga tillfrågade.")
    return say(
        "Svaren räknade i kommuner, invånare och kronor. Andelarna är av samtliga tillfrågade."
    )


def _way(total: Tally, figure: str, say: Speech) -> str:
    """One answer counted one way, with its share of all: 209 (72 %)."""
    part = getattr(total, f"{figure}_share")
    return f"{say.count(getattr(total, figure))} ({say.percent(part)})"


def _compare(statement: Statement, say: Speech) -> str:
    """Why the share of the members and the share of the kronor differ."""
    total = statement.total
    if statement.price:
        paid, mark = say.kr(total.funded), price_text.mark_of(statement, say)
        return say("De som är med betalar tillsammans {paid} om året{mark}.", paid=paid, mark=mark)
    values = {
        "members": say.percent(total.yes_share),
        "people": say.percent(total.yes_population_share),
        "kronor": say.percent(total.funded_share),
    }
    text = say(
        "Ja-svaren motsvarar {members} av kommunerna, {people} av invånarna och {kronor} av "
        "kronorna{why}.",
        why=_why(total, say), **values,
    )  # fmt: skip
    if total.answered == 1:
        return text
    return f"{text} " + say(
        "Av de {answered} som har svarat har {of_answered} sagt ja.",
        answered=say.count(total.answered),
        of_answered=say.percent(total.yes_of_answered_share),
    )


def _why(total: Tally, say: Speech) -> str:
    """The mean fees, where they make kronor and members disagree."""
    yes, others = total.mean_fee_yes, total.mean_fee_others
    if yes is None or others is None or yes == others:
        return ""
    values = {"yes": say.kr(half_up(yes)), "others": say.kr(half_up(others))}
    if yes > others:
        return say(
            ": de som har sagt ja har i genomsnitt högre avgift ({yes}) än övriga ({others})",
            **values,
        )
    return say(
        ": de som har sagt ja har i genomsnitt lägre avgift ({yes}) än övriga ({others})", **values
    )
