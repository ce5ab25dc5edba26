"""The first page: the answer, what it rests on, and what the board is to decide."""

from __future__ import annotations

from helpers.figures import charts
from helpers.figures.block import Block, stack
from helpers.figures.prose import bullets, callout, headline, paragraphs, quotation
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.statement import Statement
from helpers.funding.tally import Tally


def notice(statement: Statement, say: Speech) -> str:
    """What every page must say where the answers are not the members' own; else blank."""
    if not statement.reconstructed:
        return ""
    return say(
        "Rekonstruerade svar: bara summorna är publicerade. Vem som svarat vad är draget av "
        "slumpen så att summorna stämmer."
    )


def headline_text(statement: Statement, say: Speech) -> str:
    """The answer in one sentence."""
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


def answer(statement: Statement, say: Speech) -> Block:
    """The headline, the bar of the three parts, and the three ways to count."""
    total = statement.total
    names = charts.part_names(say)
    parts = "; ".join(
        f"{name} {charts.amount_and_share(total, part, say)}" for part, name in names.items()
    )
    finding = say("Så fördelar sig de {amount} om året", amount=say.kr(total.requested))
    alternative = say("Stapel över önskat belopp. {parts}.", parts=parts)
    bar = charts.figure_block(charts.funded_bar(total, say, alternative), finding, alternative)
    return stack(
        headline(headline_text(statement, say), lead_text(statement, say)),
        bar,
        three_ways(statement, say),
    )


def three_ways(statement: Statement, say: Speech) -> Block:
    """Yes, no and silence by members, by inhabitants and by kronor, each with its denominator."""
    total = statement.total
    columns = [
        Column(say("Svar"), "left"),
        Column(say("Kommuner")), Column(say("Andel")),
        Column(say("Invånare")), Column(say("Andel")),
        Column(say("Kronor per år")), Column(say("Andel")),
    ]  # fmt: skip
    rows = [
        _way(total, "yes", "funded", say("Ja"), say),
        _way(total, "no", "declined", say("Nej"), say),
        _way(total, "unanswered", "unanswered_fees", say("Ej svarat"), say),
    ]
    if total.conditional:
        label = say("Ja, med villkor")
        rows.insert(1, _way(total, "conditional", "conditional_fees", label, say))
    if total.uncovered:
        amount, part = say.count(total.uncovered), say.percent(total.uncovered_share)
        rows.insert(1, [say("Ja, men inte alla år"), "", "", "", "", amount, part])
    everyone = [say.count(n) for n in (total.members, total.population, total.requested)]
    last = [say("Alla tillfrågade"), everyone[0], "", everyone[1], "", everyone[2], ""]
    caption = say(
        "Svaren räknade i kommuner, invånare och kronor. Andelarna är av samtliga tillfrågade."
    )
    blocks = [table_block(caption, columns, rows, last)]
    if total.yes:
        blocks.append(paragraphs(_compare(total, say)))
    return stack(*blocks)


def _way(total: Tally, who: str, fees: str, label: str, say: Speech) -> list[str]:
    """One answer, by members, inhabitants and kronor, each with its share of all."""
    counts = (who, f"{who}_population", fees)
    cells = [
        (say.count(getattr(total, name)), say.percent(getattr(total, f"{name}_share")))
        for name in counts
    ]
    return [label, *(text for pair in cells for text in pair)]


def _compare(total: Tally, say: Speech) -> str:
    """Why the share of the members and the share of the kronor differ."""
    members, kronor = total.yes_share, total.funded_share
    if members is None or kronor is None or members == kronor:
        why = say("de som har sagt ja har i genomsnitt samma avgift som övriga")
    elif members < kronor:
        why = say("de som har sagt ja har i genomsnitt högre avgift än övriga")
    else:
        why = say("de som har sagt ja har i genomsnitt lägre avgift än övriga")
    return say(
        "Ja-svaren motsvarar {members} av kommunerna, {people} av invånarna och {kronor} av "
        "kronorna: {why}. Av de {answered} som har svarat har {of_answered} sagt ja.",
        members=say.percent(members),
        people=say.percent(total.yes_population_share),
        kronor=say.percent(kronor),
        why=why,
        answered=say.count(total.answered),
        of_answered=say.percent(total.yes_of_answered_share),
    )


def decision(statement: Statement, say: Speech) -> Block:
    """Whether it is enough: what was decided, or who is to judge, on what, and what comes next."""
    round_, known_on = statement.round, statement.known_on
    taken = [
        e
        for e in round_.known_events("decision", known_on)
        if (e.on or e.known_from) <= statement.as_of
    ]
    blocks = [_judgement(statement, say)] if not taken else []
    for event in taken:
        source = say(
            "{organiser}, beslut meddelat den {day}",
            organiser=round_.organiser.short, day=say.date(event.on or event.known_from),
        )  # fmt: skip
        blocks.append(quotation(say.quote(say.text(event.text)), source))
    blocks += [paragraphs(bounds_text(statement.total, say)), _years(statement, say)]
    steps = [say.text(e.text) for e in round_.known_events("next", known_on)]
    if steps:
        blocks += [paragraphs(say("Vad händer nu:")), bullets(steps)]
    return stack(*blocks)


def _judgement(statement: Statement, say: Speech) -> Block:
    """No threshold is stated, so the judgement is the board's; the question is the round's own."""
    questions = statement.round.known_events("question", statement.known_on)
    judge = say(
        "Rundan anger ingen gräns för vad som är tillräckligt. Det är styrelsens bedömning, och "
        "den här rapporten är underlaget."
    )
    return stack(*(callout(say.text(event.text)) for event in questions), paragraphs(judge))


def bounds_text(total: Tally, say: Speech) -> str:
    """The least and the most that can be funded if no one changes an answer."""
    if total.unanswered == 0:
        return say("Alla har svarat: inget mer kan komma utan att någon ändrar sitt svar.")
    most = total.funded_if_all_unanswered_yes
    return say.plural(
        "Om den kommun som inte har svarat säger nej stannar det säkrade vid {least} om året "
        "({least_share}). Om den säger ja blir det {most} ({most_share}). Det är gränser, inte en "
        "prognos, och förutsätter att ingen ändrar sitt svar.",
        "Om ingen av de {n} som inte har svarat säger ja stannar det säkrade vid {least} om året "
        "({least_share}). Om alla säger ja blir det {most} ({most_share}). Det är gränser, inte en "
        "prognos, och förutsätter att ingen ändrar sitt svar.",
        total.unanswered,
        least=say.kr(total.funded),
        least_share=say.percent(total.funded_share),
        most=say.kr(most),
        most_share=say.percent(total.funded_if_all_unanswered_yes_share),
    )


def _years(statement: Statement, say: Speech) -> Block:
    """Per year and over the years, side by side and never mixed."""
    requested = statement.round.requested
    columns = [Column(say("År"), "left"), Column(say("Önskat, kr")), Column(say("Säkrat, kr"))]
    columns.append(Column(say("Återstår, kr")))
    rows = [
        [str(year), *map(say.count, (requested, funded, requested - funded))]
        for year, funded in statement.by_year.items()
    ]
    whole = (statement.requested_all_years, statement.funded_all_years, statement.gap_all_years)
    total = [say("Alla år"), *map(say.count, whole)] if len(rows) > 1 else None
    return table_block(say("Beloppen per år och sammanlagt"), columns, rows, total)
