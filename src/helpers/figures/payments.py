"""What has been invoiced and paid: the ladder from a yes to the money, and what to do about it."""

from __future__ import annotations

from fractions import Fraction

from helpers.figures.block import EMPTY, Block, stack
from helpers.figures.members import method_example
from helpers.figures.prose import paragraphs
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.payments import UNIT, Ladder, Position, Step
from helpers.funding.statement import Statement

SHOWN = 40  # members to act on in a report; figures.json has them all


def payments(statement: Statement, ladder: Ladder | None, say: Speech) -> Block:
    """The ladder and the members to act on; without payments.csv, that only what is secured shows.

    Secured is not invoiced, and invoiced is not paid.
    """
    if ladder is None:
        return paragraphs(
            say(
                "Rapporten visar bara vad som är säkrat. Vad som är fakturerat och betalt framgår "
                "inte av underlaget."
            )
        )
    return stack(
        method_example(statement, say),
        paragraphs(ladder_text(ladder, say)),
        _table(ladder, say),
        paragraphs(*_notes(ladder, say)),
        _to_act_on(ladder, say),
    )


def ladder_text(ladder: Ladder, say: Speech) -> str:
    """The ladder in one sentence, over all years."""
    total = ladder.all_years
    return say(
        "Av {secured} säkrade för alla år är {invoiced} fakturerade, {paid} betalda och "
        "{outstanding} utestående.",
        secured=_kr(total.secured, say), invoiced=_kr(total.invoiced, say),
        paid=_kr(total.paid, say), outstanding=_kr(total.outstanding, say),
    )  # fmt: skip


def _table(ladder: Ladder, say: Speech) -> Block:
    """A row a step, a column a year."""
    steps = list(ladder.by_year.items())
    columns = [Column(say("Steg"), "left"), *(Column(str(year)) for year, _ in steps)]
    sums = [step for _, step in steps]
    if len(steps) > 1:
        columns.append(Column(say("Alla år")))
        sums.append(ladder.all_years)
    digits = _digits([getattr(step, name) for step in sums for name in _step_names(say)])
    rows = [
        [label, *(_number(getattr(step, name), digits, say) for step in sums)]
        for name, label in _step_names(say).items()
    ]
    return table_block(say("Från ja till betalning, kr utan moms."), columns, rows)


def _step_names(say: Speech) -> dict[str, str]:
    return {
        "secured": say("Säkrat"),
        "not_invoiced": say("varav inte fakturerat"),
        "invoiced": say("Fakturerat, brutto"),
        "credit_due": say("varav att kreditera"),
        "invoiced_net": say("Fakturerat, netto"),
        "paid": say("Betalt, brutto"),
        "overpaid": say("varav överbetalt"),
        "paid_net": say("Betalt, netto"),
        "outstanding": say("Utestående, brutto"),
        "outstanding_net": say("Utestående, netto (minus överbetalt)"),
    }


def _notes(ladder: Ladder, say: Speech) -> list[str]:
    """How to read the table, and what of it needs saying."""
    notes = [
        say(
            "Varje kommun och år räknas för sig: en kommuns överbetalning täcker aldrig vad en "
            "annan är skyldig. Skillnader under 1 kr räknas som reglerade."
        )
    ]
    if ladder.uninvoiced:
        unsent = _kr(sum(position.not_invoiced for position in ladder.uninvoiced), say)
        notes.append(
            say.plural(
                "{n} faktura har inte skickats än, på {amount}.",
                "{n} fakturor har inte skickats än, på sammanlagt {amount}.",
                len(ladder.uninvoiced), amount=unsent,
            )
        )  # fmt: skip
    if ladder.rows_not_yet_known:
        notes.append(
            say.plural(
                "{n} rad i underlaget gäller helt eller delvis senare dagar och räknas inte än.",
                "{n} rader i underlaget gäller helt eller delvis senare dagar och räknas inte än.",
                ladder.rows_not_yet_known,
            )
        )
    return [*notes, *_residues(ladder.all_years, say)]


def _residues(total: Step, say: Speech) -> list[str]:
    if not (total.residue_invoiced or total.residue_paid):
        return []
    return [
        say(
            "Reglerade öresskillnader: {invoiced} mellan säkrat och fakturerat, {paid} mellan "
            "fakturerat och betalt.",
            invoiced=_kr(total.residue_invoiced, say), paid=_kr(total.residue_paid, say),
        )
    ]  # fmt: skip


def _to_act_on(ladder: Ladder, say: Speech) -> Block:
    """The members to remind, credit or pay back, the one with the most at stake first."""
    those = ladder.to_act_on
    if not those:
        return EMPTY
    columns = [
        Column(say("Kommun"), "left"), Column(say("År"), "left"), Column(say("Säkrat, kr")),
        Column(say("Fakturerat, kr")), Column(say("Betalt, kr")),
        Column(say("Att göra"), "left", 3),
    ]  # fmt: skip
    shown = those[:SHOWN]
    digits = _digits([n for p in shown for n in (p.secured, p.invoiced, p.paid)])
    rows = [
        [
            position.name, str(position.year), _number(position.secured, digits, say),
            _number(position.invoiced, digits, say), _number(position.paid, digits, say),
            _what_to_do(position, say),
        ]
        for position in shown
    ]  # fmt: skip
    caption = say(
        "Att följa upp: först vad som ska krediteras eller betalas tillbaka, sedan det övriga; "
        "störst belopp först."
    )
    table = table_block(caption, columns, rows)
    if len(shown) == len(those):
        return table
    rest = say.plural(
        "{n} rad till finns i figures.json.", "{n} rader till finns i figures.json.",
        len(those) - len(shown),
    )  # fmt: skip
    return stack(table, paragraphs(rest))


def _what_to_do(position: Position, say: Speech) -> str:
    steps = []
    if position.credit_reason:
        why = {
            "withdrawn": say("jaet är återtaget"),
            "no yes": say("inget ja"),
            "above the fee": say("mer än avgiften"),
        }[position.credit_reason]
        steps.append(
            say("kreditera {amount} ({why})", amount=_kr(position.credit_due, say), why=why)
        )
    if position.invoiced and position.not_invoiced:
        steps.append(say("fakturera {amount} till", amount=_kr(position.not_invoiced, say)))
    if position.outstanding:
        steps.append(say("{amount} utestående", amount=_kr(position.outstanding, say)))
    if position.overpaid:
        steps.append(say("betala tillbaka {amount}", amount=_kr(position.overpaid, say)))
    return "; ".join(steps)


def _digits(amounts: list[int]) -> int:
    """How many decimals a table needs to show its amounts exactly."""
    return 2 if any(amount % UNIT for amount in amounts) else 0


def _number(hundredths: int, digits: int, say: Speech) -> str:
    return say.decimals(Fraction(hundredths, UNIT), digits)


def _kr(hundredths: int, say: Speech) -> str:
    """An amount exactly: to the krona where it is whole, else to the öre."""
    if hundredths % UNIT:
        return say.kr_per(Fraction(hundredths, UNIT))
    return say.kr(hundredths // UNIT)
