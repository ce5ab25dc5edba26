"""The same count taken apart: on the map, by county and by group."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

import pandas as pd

from helpers.figures import bars
from helpers.figures.block import EMPTY, Block, stack
from helpers.figures.cartogram import cartogram, unplaced
from helpers.figures.members import decision_names, method_example
from helpers.figures.picture import picture, skippable
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.amounts import YES
from helpers.funding.statement import Statement
from helpers.funding.tally import Tally, share

FEW = 10  # members outside, whose part of what is missing the map's title names


def on_map(statement: Statement, say: Speech) -> Block:
    """Each member as a circle near its place, as large as its fee; blank where none has a place."""
    answers = statement.answers
    away = unplaced(answers)
    if len(away) == len(answers):
        return EMPTY
    finding = _map_finding(statement, say)
    alternative = _map_alternative(finding, statement, say)
    note = _map_note(statement, say)
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
    outside = statement.answers[statement.answers["decision"] != YES]
    ranked = outside.sort_values(["fee", "code"], ascending=[False, True])
    if ranked.empty:
        return say("Alla kommuner har sagt ja")
    if len(ranked) <= FEW:
        return say.plural(
            "{n} kommun står för det som saknas", "{n} kommuner står för det som saknas",
            len(ranked),
        )  # fmt: skip
    fees = ranked["fee"]
    return say(
        "De {few} största av de {outside} kommuner som inte har sagt ja står för {part} av deras "
        "avgifter",
        few=say.count(FEW), outside=say.count(len(ranked)),
        part=say.percent(share(int(fees.head(FEW).sum()), int(fees.sum()))),
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
    finding = _extremes(parts, say)
    listed = "; ".join(
        say(
            "{part}: {funded} av kronorna, {yes} av kommunerna", part=part,
            funded=say.percent(t.funded_share), yes=say.percent(t.yes_share),
        )
        for part, t in parts.items()
    )  # fmt: skip
    alternative = say(
        "{finding}. Liggande staplar i kronor och i antal kommuner. {parts}.",
        finding=finding, parts=listed,
    )  # fmt: skip
    draw = partial(bars.by_part, parts, say, name, alternative)
    return stack(
        method_example(statement, say),
        picture(draw, finding, alternative, _bar_note(say)),
        part_table(parts, label, statement.total, say),
    )


def _bar_note(say: Speech) -> str:
    return say(
        "Till vänster kronor: stapelns längd är det önskade beloppet, procenttalet den andel som "
        "är säkrad. Till höger antal kommuner: procenttalet är den andel som har sagt ja."
    )


def _extremes(parts: Mapping[str, Tally], say: Speech) -> str:
    """Which part has the largest share funded, and which the smallest."""
    shares = {name: t.funded_share or Fraction(0) for name, t in parts.items()}
    top, bottom = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
    if shares[top] == shares[bottom]:
        return say("Lika stor andel är säkrad överallt: {share}", share=say.percent(shares[top]))
    return say(
        "Störst andel är säkrad i {top} ({most}), minst i {bottom} ({least})",
        top=top, most=say.percent(shares[top]),
        bottom=bottom, least=say.percent(shares[bottom]),
    )  # fmt: skip


def part_table(parts: Mapping[str, Tally], label: str, total: Tally, say: Speech) -> Block:
    """The facts of a chart of parts: members by answer, and kronor."""
    columns = [
        Column(label, "left"), Column(say("Kommuner")), Column(say("Ja")), Column(say("Nej")),
        Column(say("Ej svarat")), Column(say("Önskat, kr per år")),
        Column(say("Säkrat, kr per år")), Column(say("Nej, kr per år")),
        Column(say("Säkrad andel")), Column(say("Andel ja")),
    ]  # fmt: skip
    rows = [_part_row(name, part, say) for name, part in parts.items()]
    caption = say("Svar och belopp per {label}", label=label.lower())
    return table_block(caption, columns, rows, _part_row(say("Alla"), total, say))


def _part_row(name: str, part: Tally, say: Speech) -> list[str]:
    counts = (part.members, part.yes, part.no, part.unanswered)
    amounts = (part.requested, part.funded, part.declined)
    shares = (part.funded_share, part.yes_share)
    return [name, *map(say.count, counts), *map(say.count, amounts), *map(say.percent, shares)]
