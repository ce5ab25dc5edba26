"""The same count taken apart: on the map, by county and by group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import pandas as pd

from helpers.figures import bars, price_text
from helpers.figures.block import EMPTY, Block, stack
from helpers.figures.cartogram import cartogram, unplaced
from helpers.figures.members import decision_names, method_example
from helpers.figures.picture import picture, skippable
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.concentration import SHOWN
from helpers.funding.statement import Statement
from helpers.funding.tally import Tally


def on_map(statement: Statement, say: Speech) -> Block:
    """Each member as a circle near its place, as large as its fee; blank where none has a place."""
    answers = statement.answers
    away = unplaced(answers)
    if len(away) == len(answers):
        return EMPTY
    finding = _map_finding(statement, say)
    alternative = _map_alternative(finding, statement, say)
    note = f"{_map_note(statement, say)} {price_text.note_of(statement, say)}".strip()
    if away:
        note += " " + say("Utan plats på kartan: {names}.", names=say.listed(away))
    draw = partial(_draw_map, answers, say, alternative)
    drawing = skippable(picture(draw, finding, alternative, note), "map", say)
    return stack(method_example(statement, say), drawing)


def _without_counties(statement: Statement) -> bool:
    return set(statement.by_county) == {""}


def _map_alternative(finding: str, statement: Statement, say: Speech) -> str:
    names = _largest_words(statement, say)
    if _without_counties(statement):
        return say(
            "{finding}. Karta med en cirkel för varje kommun, där ytan är avgiften och färgen "
            "svaret. {names}. Varje kommuns svar och avgift står i listorna längre fram.",
            finding=finding, names=names,
        )  # fmt: skip
    return say(
        "{finding}. Karta med en cirkel för varje kommun, där ytan är avgiften och färgen svaret. "
        "{names}. Varje kommuns svar och avgift står i listorna längre fram, varje läns i "
        "tabellen.",
        finding=finding, names=names,
    )  # fmt: skip


def _map_note(statement: Statement, say: Speech) -> str:
    if _without_counties(statement):
        return say("Varje cirkel är en kommun nära sin plats; ytan är avgiften.")
    return say(
        "Varje cirkel är en kommun nära sin plats; ytan är avgiften. Kommuner i samma län ligger "
        "ihop. Stora ytor på en vanlig karta är sällan många kronor."
    )


def _draw_map(answers: pd.DataFrame, say: Speech, alternative: str, slim: bool) -> str:
    return cartogram(answers, say, "map-slim" if slim else "map", alternative, slim)


def _map_finding(statement: Statement, say: Speech) -> str:
    """What the map shows: how few of those outside would carry how much of what is missing."""
    outside = statement.total.outside
    if outside == 0:
        return say("Alla kommuner har sagt ja")
    few, part = say.count(SHOWN), say.percent(statement.largest_outside_share)
    if statement.price and outside <= SHOWN:
        return say.plural("{n} kommun står utanför", "{n} kommuner står utanför", outside)
    if statement.price:
        return say(
            "De {few} största av de {outside} kommuner som står utanför har {part} av deras "
            "invånare",
            few=few, outside=say.count(outside), part=part,
        )  # fmt: skip
    if outside <= SHOWN:
        return say.plural(
            "{n} kommun står för det som saknas", "{n} kommuner står för det som saknas", outside
        )
    return say(
        "De {few} största av de {outside} kommuner som inte har sagt ja står för {part} av deras "
        "avgifter",
        few=few, outside=say.count(outside), part=part,
    )  # fmt: skip


def _largest_words(statement: Statement, say: Speech) -> str:
    names = decision_names(say)
    return "; ".join(
        f"{payer.name} {say.kr(payer.fee)}, {names[payer.decision].lower()}"
        for payer in statement.largest
    )


def by_county(statement: Statement, say: Speech) -> Block:
    """Kronor and answers by county, the largest first; blank where there are no counties."""
    if _without_counties(statement):
        return EMPTY
    largest_first = sorted(statement.by_county.items(), key=lambda part: -part[1].requested)
    return _by_part(dict(largest_first), say("Län"), "county", statement, say)


def by_group(statement: Statement, say: Speech) -> Block:
    """Kronor and answers by SKL's municipality groups, in order; blank where there are none."""
    if set(statement.by_group) == {""}:
        return EMPTY
    names = statement.round.groups
    parts = {
        say.text(names[group]) if group in names else group: count
        for group, count in statement.by_group.items()
    }
    return _by_part(parts, say("Kommungrupp"), "group", statement, say)


def _by_part(
    parts: Mapping[str, Tally], label: str, name: str, statement: Statement, say: Speech
) -> Block:
    unit = bars.unit_of(statement, say)
    parts = {part: bars.measured(statement, tally) for part, tally in parts.items()}
    finding = _extremes(parts, statement, say)
    listed = "; ".join(_part_words(part, tally, statement, say) for part, tally in parts.items())
    alternative = say(
        "{finding}. Liggande staplar i {unit} och i antal kommuner. {parts}.",
        finding=finding, unit=unit.measure, parts=listed,
    )  # fmt: skip
    draw = partial(bars.by_part, parts, unit, say, name, alternative)
    return stack(
        method_example(statement, say),
        picture(draw, finding, alternative, _bar_note(statement, say)),
        part_table(parts, label, statement, say),
    )


def _part_words(part: str, tally: Tally, statement: Statement, say: Speech) -> str:
    values = {"funded": say.percent(tally.funded_share), "yes": say.percent(tally.yes_share)}
    if statement.price:
        return say("{part}: {funded} av invånarna, {yes} av kommunerna", part=part, **values)
    return say("{part}: {funded} av kronorna, {yes} av kommunerna", part=part, **values)


def _bar_note(statement: Statement, say: Speech) -> str:
    if statement.price:
        return say(
            "Till vänster invånare: procenttalet är den andel som bor i kommuner som är med. Till "
            "höger antal kommuner: procenttalet är den andel som är med."
        )
    return say(
        "Till vänster kronor: stapelns längd är det önskade beloppet, procenttalet den andel som "
        "är säkrad. Till höger antal kommuner: procenttalet är den andel som har sagt ja."
    )


def _extremes(parts: Mapping[str, Tally], statement: Statement, say: Speech) -> str:
    """Which part has the largest share funded, and which the smallest."""
    shares = {name: t.funded_share or Fraction(0) for name, t in parts.items()}
    most, least = max(shares.values()), min(shares.values())
    values = {
        "top": _those(shares, most, say), "most": say.percent(most),
        "bottom": _those(shares, least, say), "least": say.percent(least),
    }  # fmt: skip
    if most == least:
        if statement.price:
            return say("Lika stor andel av invånarna är med överallt: {most}", **values)
        return say("Lika stor andel är säkrad överallt: {most}", **values)
    if statement.price:
        return say(
            "Störst andel av invånarna är med i {top} ({most}), minst i {bottom} ({least})",
            **values,
        )
    return say("Störst andel är säkrad i {top} ({most}), minst i {bottom} ({least})", **values)


def _those(shares: Mapping[str, Fraction], share: Fraction, say: Speech) -> str:
    """The parts that have a share: one, two, or the first and how many more."""
    first, *others = [name for name, found in shares.items() if found == share]
    if len(others) > 1:
        return say("{name} och {n} till", name=first, n=say.count(len(others)))
    return say.listed([first, *others])


def part_table(parts: Mapping[str, Tally], label: str, statement: Statement, say: Speech) -> Block:
    """The facts of a chart of parts: members by answer, and what the bars are measured in."""
    known = statement.round.answers.declined_known
    shown = [column for column in _part_columns(statement, say) if known or not column.of_no]
    columns = [Column(label, "left"), *(Column(column.heading) for column in shown)]
    total = bars.measured(statement, statement.total)
    rows = [
        [name, *(column.cell(tally) for column in shown)]
        for name, tally in [*parts.items(), (say("Alla"), total)]
    ]
    label = label.lower()
    if statement.price:
        caption = say("Svar och invånare per {label}", label=label)
    else:
        caption = say("Svar och belopp per {label}", label=label)
    return table_block(caption, columns, rows[:-1], rows[-1])


@dataclass(frozen=True)
class _PartColumn:
    """A column of the table of parts: its heading, its cells, and whether it speaks of a no."""

    heading: str
    cell: Callable[[Tally], str]
    of_no: bool = False


def _part_columns(statement: Statement, say: Speech) -> list[_PartColumn]:
    counts = [
        _PartColumn(say("Kommuner"), lambda t: say.count(t.members)),
        _PartColumn(say("Ja"), lambda t: say.count(t.yes)),
        _PartColumn(say("Nej"), lambda t: say.count(t.no), of_no=True),
        _PartColumn(say("Ej svarat"), lambda t: say.count(t.unanswered)),
    ]
    if statement.total.conditional:
        counts.append(_PartColumn(say("Ja, med villkor"), lambda t: say.count(t.conditional)))
    if statement.price:
        amounts = [
            _PartColumn(say("Invånare"), lambda t: say.count(t.requested)),
            _PartColumn(say("Varav anslutna"), lambda t: say.count(t.funded)),
        ]
    else:
        amounts = [
            _PartColumn(say("Önskat, kr per år"), lambda t: say.count(t.requested)),
            _PartColumn(say("Säkrat, kr per år"), lambda t: say.count(t.funded)),
            _PartColumn(say("Nej, kr per år"), lambda t: say.count(t.declined), of_no=True),
        ]
    funded = say("Andel av invånarna") if statement.price else say("Säkrad andel")
    return [
        *counts,
        *amounts,
        _PartColumn(funded, lambda t: say.percent(t.funded_share)),
        _PartColumn(say("Andel ja"), lambda t: say.percent(t.yes_share)),
    ]
