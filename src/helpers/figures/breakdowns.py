"""The same count taken apart: over time, by county and group, and member by member."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from helpers.figures import charts
from helpers.figures.block import Block, stack
from helpers.figures.prose import callout, paragraphs
from helpers.figures.tables import Column, name_list, table_block
from helpers.formats import Speech
from helpers.funding.amounts import NO, UNANSWERED
from helpers.funding.statement import Statement
from helpers.funding.tally import Tally


def over_time(statement: Statement, say: Speech) -> Block:
    """Funded kronor day by day, and the count on the days worth naming."""
    finding = _pace(statement, say)
    points = "; ".join(
        f"{say.date(day)}: {say.millions(count.funded)}"
        for day, count in statement.milestones.items()
    )
    alternative = say(
        "Trappdiagram över säkrat belopp dag för dag mot önskade {requested}. {points}.",
        requested=say.millions(statement.round.requested), points=points,
    )  # fmt: skip
    deadlines = {e.on: say.text(e.text) for e in statement.deadlines if e.on}
    svg = charts.over_time(
        statement.over_time, statement.round.requested, deadlines, say, alternative
    )
    return stack(charts.figure_block(svg, finding, alternative), _milestones(statement, say))


def _pace(statement: Statement, say: Speech) -> str:
    """What the curve shows: what was in at the last deadline, and what has come since."""
    total = statement.total
    if total.answered == 0:
        return say("Inga svar har kommit in ännu")
    day = _last_deadline(statement)
    if day is None:
        return say(
            "{answered} av {members} kommuner har svarat; svarstiden pågår",
            answered=say.count(total.answered), members=say.count(total.members),
        )  # fmt: skip
    then = statement.milestones[day].funded
    since = total.funded - then
    values = {"day": say.date(day), "then": say.kr(then), "since": say.kr(abs(since))}
    if since > 0:
        return say(
            "När svarstiden gick ut den {day} var {then} säkrade; sedan dess har {since} kommit",
            **values,
        )
    if since < 0:
        return say(
            "När svarstiden gick ut den {day} var {then} säkrade; sedan dess har {since} fallit "
            "bort",
            **values,
        )
    return say(
        "När svarstiden gick ut den {day} var {then} säkrade; sedan dess är beloppet oförändrat",
        **values,
    )


def _last_deadline(statement: Statement) -> date | None:
    """The last deadline known, if it has passed."""
    days = [event.on for event in statement.deadlines if event.on]
    return max(days) if days and max(days) in statement.milestones else None


def _milestones(statement: Statement, say: Speech) -> Block:
    columns = [
        Column(say("Per den"), "left"), Column(say("Har svarat")), Column(say("Ja")),
        Column(say("Nej")), Column(say("Säkrat, kr per år")), Column(say("Andel av önskat")),
    ]  # fmt: skip
    rows = [
        [
            say.date(day), *map(say.count, (t.answered, t.yes, t.no, t.funded)),
            say.percent(t.funded_share),
        ]
        for day, t in statement.milestones.items()
    ]  # fmt: skip
    return table_block(say("Svar och säkrat belopp vid rundans hållpunkter"), columns, rows)


def by_county(statement: Statement, say: Speech) -> Block:
    """Kronor and answers by county, the largest first."""
    largest_first = sorted(statement.by_county.items(), key=lambda part: -part[1].requested)
    return _by_part(dict(largest_first), say("Län"), "county", statement, say)


def by_group(statement: Statement, say: Speech) -> Block:
    """Kronor and answers by SKL's municipality groups, in the order of the groups."""
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
    listed = "; ".join(f"{part}: {say.percent(t.funded_share)}" for part, t in parts.items())
    alternative = say(
        "Liggande staplar över säkrat, möjligt och avböjt belopp. Säkrad andel: {parts}.",
        parts=listed,
    )
    svg = charts.by_part(parts, say, name, alternative)
    return stack(
        method_example(statement, say),
        charts.figure_block(svg, finding, alternative, _bar_note(say)),
        _part_table(parts, label, statement.total, say),
    )


def _bar_note(say: Speech) -> str:
    return say(
        "Stapelns längd är det önskade beloppet per år; procenttalet är den andel som är säkrad."
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


def _part_table(parts: Mapping[str, Tally], label: str, total: Tally, say: Speech) -> Block:
    columns = [
        Column(label, "left"), Column(say("Kommuner")), Column(say("Ja")), Column(say("Nej")),
        Column(say("Ej svarat")), Column(say("Önskat, kr per år")),
        Column(say("Säkrat, kr per år")), Column(say("Säkrad andel")),
    ]  # fmt: skip
    rows = [_part_row(name, part, say) for name, part in parts.items()]
    caption = say("Svar och belopp per {label}", label=label.lower())
    return table_block(caption, columns, rows, _part_row(say("Alla"), total, say))


def _part_row(name: str, part: Tally, say: Speech) -> list[str]:
    numbers = (part.members, part.yes, part.no, part.unanswered, part.requested, part.funded)
    return [name, *map(say.count, numbers), say.percent(part.funded_share)]


def declined(statement: Statement, say: Speech) -> Block:
    """Who said no, the largest fee first."""
    total = statement.total
    if not total.no:
        return paragraphs(say("Ingen kommun har sagt nej."))
    text = say.plural(
        "{n} kommun har sagt nej. Dess avgift är {amount} om året, {share} av det önskade "
        "beloppet.",
        "{n} kommuner har sagt nej. Deras avgifter är tillsammans {amount} om året, {share} av det "
        "önskade beloppet.",
        total.no,
        amount=say.kr(total.declined),
        share=say.percent(total.declined_share),
    )
    return _members(statement, NO, text, say("Kommuner som har sagt nej, med avgift per år"), say)


def unanswered(statement: Statement, say: Speech) -> Block:
    """Who has not answered, the largest fee first."""
    total = statement.total
    if not total.unanswered:
        return paragraphs(say("Alla kommuner har svarat."))
    text = say.plural(
        "{n} kommun har inte svarat. Dess avgift är {amount} om året, {share} av det önskade "
        "beloppet. Tystnad räknas aldrig som ett nej.",
        "{n} kommuner har inte svarat. Deras avgifter är tillsammans {amount} om året, {share} av "
        "det önskade beloppet. Tystnad räknas aldrig som ett nej.",
        total.unanswered,
        amount=say.kr(total.possible),
        share=say.percent(total.possible_share),
    )
    label = say("Kommuner som inte har svarat, med avgift per år")
    return _members(statement, UNANSWERED, text, label, say)


def _members(statement: Statement, decision: str, text: str, label: str, say: Speech) -> Block:
    those = statement.answers[statement.answers["decision"] == decision]
    those = those.sort_values(["fee", "code"], ascending=[False, True])
    items = [
        (str(name), say.kr(fee))
        for name, fee in zip(those["name"], those["fee"].tolist(), strict=True)
    ]
    return stack(method_example(statement, say), paragraphs(text), name_list(label, items))


def method_example(statement: Statement, say: Speech) -> Block:
    """The heading that reconstructed answers carry wherever single members are spoken of."""
    if not (statement.reconstructed and statement.total.answered):
        return Block("", "", "")
    return callout(
        say(
            "Exempel på metod: vilka kommuner som svarat vad är rekonstruerat. Avsnittet visar hur "
            "uppgifterna skulle se ut, inte hur kommunerna faktiskt svarade."
        )
    )
