"""When the answers came: funded kronor over time, and who answered in time and who late."""

from __future__ import annotations

from datetime import date
from functools import partial

from helpers.figures import bars, charts, price_text
from helpers.figures.block import EMPTY, Block, stack
from helpers.figures.breakdowns import part_table
from helpers.figures.members import fee_list, method_example
from helpers.figures.picture import picture
from helpers.figures.prose import paragraphs
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.promptness import Period, late
from helpers.funding.statement import Statement
from helpers.funding.tally import Tally


def over_time(statement: Statement, say: Speech) -> Block:
    """Funded kronor day by day, and the count on the days worth naming."""
    points = "; ".join(
        f"{say.date(day)}: {say.millions(count.funded)}"
        for day, count in statement.milestones.items()
    )
    alternative = say(
        "{finding}. Trappdiagram över säkrat belopp dag för dag mot önskade {requested}. {points}.",
        finding=_pace(statement, say), requested=say.millions(statement.round.requested),
        points=points,
    )  # fmt: skip
    deadlines = {e.on: say.text(e.text) for e in statement.deadlines if e.on}
    requested = statement.round.requested
    draw = partial(charts.over_time, statement.over_time, requested, deadlines, say, alternative)
    drawing = picture(draw, _pace(statement, say), alternative, price_text.note_of(statement, say))
    return stack(drawing, _milestones(statement, say))


def _pace(statement: Statement, say: Speech) -> str:
    """What the curve shows: what was in at the last deadline, and what has come since."""
    total = statement.total
    if total.answered == 0:
        return say("Inga svar har kommit in ännu")
    day = _last_deadline(statement)
    if not statement.deadlines:
        return say(
            "{answered} av {members} kommuner har svarat",
            answered=say.count(total.answered), members=say.count(total.members),
        )  # fmt: skip
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
    known = statement.round.answers.declined_known
    headings = [say("Har svarat"), say("Ja"), say("Nej")] if known else [say("Ja")]
    counted = ["answered", "yes", "no"] if known else ["yes"]
    if any(tally.conditional for tally in statement.milestones.values()):
        headings.append(say("Ja, med villkor"))
        counted.append("conditional")
    columns = [
        Column(say("Per den"), "left"), *map(Column, headings),
        Column(say("Säkrat, kr per år")), Column(say("Andel av önskat")),
    ]  # fmt: skip
    rows = [
        [
            say.date(day),
            *(say.count(getattr(t, figure)) for figure in counted),
            say.count(t.funded), say.percent(t.funded_share),
        ]
        for day, t in statement.milestones.items()
    ]  # fmt: skip
    caption = say("Svar och säkrat belopp vid rundans hållpunkter")
    return table_block(caption + price_text.mark_of(statement, say), columns, rows)


def promptness(statement: Statement, say: Speech) -> Block:
    """Who answered in time, who late, and what they answered; blank without any reply date."""
    if not statement.deadlines:
        return EMPTY
    passed = statement.passed_deadlines
    if not passed:
        return paragraphs(say("Svarstiden har inte gått ut: ännu är inget svar sent."))
    unit = bars.unit_of(statement, say)
    parts = {
        _period_name(period, passed, say): bars.measured(statement, period.tally)
        for period in statement.periods
        if period.tally.members
    }
    finding = _late_finding(statement.periods, passed[-1], say)
    listed = "; ".join(_period_words(name, tally, unit, say) for name, tally in parts.items())
    alternative = say(
        "{finding}. Liggande staplar i {unit} och i antal kommuner. {parts}.",
        finding=finding, unit=unit.measure, parts=listed,
    )  # fmt: skip
    draw = partial(bars.by_part, parts, unit, say, "late", alternative)
    return stack(
        method_example(statement, say),
        picture(draw, finding, alternative),
        part_table(parts, say("Första svar"), statement, say),
        _late_list(statement, say),
    )


def _period_words(name: str, tally: Tally, unit: bars.Unit, say: Speech) -> str:
    return say(
        "{name}: {members} kommuner, {yes} ja och {no} nej, {part} {funded}",
        name=name, members=say.count(tally.members), yes=say.count(tally.yes),
        no=say.count(tally.no), part=unit.names["funded"].lower(),
        funded=unit.written(tally.funded),
    )  # fmt: skip


def _period_name(period: Period, passed: list[date], say: Speech) -> str:
    if not period.answered:
        return say("Har inte svarat")
    if period.until is None:
        return say("Senare än {day}", day=say.short_date(passed[-1]))
    if period.after is None:
        return say("Senast {day}", day=say.short_date(period.until))
    return say("Därefter, senast {day}", day=say.short_date(period.until))


def _late_finding(periods: list[Period], last: date, say: Speech) -> str:
    tally = next(p.tally for p in periods if p.answered and p.until is None)
    if not tally.members:
        return say("Ingen kommun har svarat senare än {day}", day=say.date(last))
    return say.plural(
        "{n} kommun svarade senare än {day}: {yes} ja och {no} nej, {funded} säkrade",
        "{n} kommuner svarade senare än {day}: {yes} ja och {no} nej, {funded} säkrade",
        tally.members,
        day=say.date(last), yes=say.count(tally.yes), no=say.count(tally.no),
        funded=say.kr(tally.funded),
    )  # fmt: skip


def _late_list(statement: Statement, say: Speech) -> Block:
    those = late(statement.answers, statement.passed_deadlines)
    if those.empty:
        return EMPTY
    day = say.date(statement.passed_deadlines[-1])
    label = say("Kommuner som svarade senare än {day}, med avgift per år", day=day)
    label += price_text.mark_of(statement, say)
    return fee_list(those, label, say)
