"""What has been invoiced and paid, in words: the same sentences on the first page and elsewhere."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.answers.answer_states import NO
from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import members_in_words
from helpers.model.currency import THOUSANDTHS_PER_UNIT
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.text import callout, paragraphs


def money_texts(ledger: ReceivablesLedger, loc: Localizer) -> list[str]:
    """All that the first page, the mail and the terminal say of invoices and payments."""
    return [text for text in (without_yes_text(ledger, loc), ladder_text(ledger, loc)) if text]


def payments_brief(ledger: ReceivablesLedger, loc: Localizer) -> Block:
    """The ladder in a few sentences, and first that money came without a yes, where any did."""
    finding = without_yes_text(ledger, loc)
    return stack(callout(finding) if finding else EMPTY_BLOCK, paragraphs(ladder_text(ledger, loc)))


def without_yes_text(ledger: ReceivablesLedger, loc: Localizer) -> str:
    """That money has been paid which no yes covers; blank where none has."""
    if not ledger.counts.without_yes:
        return ""
    # Before the call: within it, the extraction of messages would take loc for another call.
    amount = format_kronor(ledger.all_years.paid_without_yes, loc)
    return loc.plural(
        "En kommun har betalat {amount} utan ett ja för året. Pengarna räknas inte som säkrade.",
        "{n} kommuner har betalat sammanlagt {amount} utan ett ja för året. Pengarna räknas inte "
        "som säkrade.",
        ledger.counts.without_yes,
        amount=amount,
    )


def ladder_text(ledger: ReceivablesLedger, loc: Localizer) -> str:
    """The ladder in a few sentences, over all years."""
    total = ledger.all_years
    invoiced = loc(
        "{invoiced} är fakturerade och {paid} betalda för {years}.",
        invoiced=format_kronor(total.invoiced, loc),
        paid=format_kronor(total.paid, loc),
        years=loc.join_years(ledger.years),
    )
    texts = [invoiced, _secured_text(ledger, loc), counts_text(ledger, loc)]
    return " ".join(filter(None, [*texts, *_beyond_texts(ledger, loc)]))


def _secured_text(ledger: ReceivablesLedger, loc: Localizer) -> str:
    """What is paid, owed and still to be invoiced of what is secured."""
    total = ledger.all_years
    if not total.secured:
        return ""
    text = loc(
        "Av {secured} säkrade är {paid} betalda ({share}), {outstanding} fakturerade men inte "
        "betalda och {not_invoiced} kvar att fakturera.",
        secured=format_kronor(total.secured, loc),
        paid=format_kronor(total.paid_net, loc),
        share=loc.percent(total.paid_share),
        outstanding=format_kronor(total.outstanding, loc),
        not_invoiced=format_kronor(total.not_invoiced, loc),
    )
    return " ".join([text, *_outside_texts(ledger, loc)])


def _outside_texts(ledger: ReceivablesLedger, loc: Localizer) -> list[str]:
    """What is due outside the requested amount: of new members, and gifts above the fees."""
    texts = []
    if ledger.joined_secured:
        text = loc(
            "I det säkrade ingår här {joined} som nya medlemmar betalar utöver det önskade "
            "beloppet.",
            joined=format_kronor(ledger.joined_secured, loc),
        )
        texts.append(text)
    if ledger.gifts:
        gifts = format_kronor(ledger.gifts, loc)
        texts.append(loc("I det säkrade ingår här {gifts} i gåvor utöver avgifterna.", gifts=gifts))
    return texts


def counts_text(ledger: ReceivablesLedger, loc: Localizer) -> str:
    """How many of the members that are to pay have paid everything, more, a part and nothing."""
    counts = ledger.counts
    states = {name: getattr(counts, name) for name in ("settled", "overpaid", "part", "nothing")}
    members = counts.settled + counts.overpaid + counts.part + counts.nothing
    if not members:
        return ""
    in_words = members_in_words(loc, n=members, **states)
    return loc.plural(
        "Av en kommun som ska betala har {settled} betalat allt, {overpaid} mer än så, {part} en "
        "del och {nothing} inget.",
        "Av {n} kommuner som ska betala har {settled} betalat allt, {overpaid} mer än så, {part} "
        "en del och {nothing} inget.",
        members,
        **in_words,
    )


def _beyond_texts(ledger: ReceivablesLedger, loc: Localizer) -> list[str]:
    """What has been paid or invoiced beyond what is due, and what becomes of it."""
    total, texts = ledger.all_years, []
    if total.overpaid:
        amount = format_kronor(total.overpaid, loc)
        texts.append(
            loc("{amount} är överbetalt och behålls som förskott.", amount=amount)
            if ledger.keeps_overpaid
            else loc("{amount} är överbetalt och ska betalas tillbaka.", amount=amount)
        )
    if total.credit_due:
        amount = format_kronor(total.credit_due, loc)
        texts.append(loc("{amount} är fakturerat för mycket och ska krediteras.", amount=amount))
    return texts


def action_text(position: Receivable, loc: Localizer) -> str:
    """What someone has to do about one member and year."""
    steps = [_credit_step(position, loc)] if position.credit_reason else []
    not_invoiced, outstanding, overpaid = (
        format_kronor(amount, loc)
        for amount in (position.not_invoiced, position.outstanding, position.overpaid)
    )
    if position.not_invoiced:
        begun = position.invoiced or position.paid_net
        steps.append(
            loc("fakturera {amount} till", amount=not_invoiced)
            if begun
            else loc("fakturera {amount}", amount=not_invoiced)
        )
    if position.outstanding:
        steps.append(loc("{amount} utestående", amount=outstanding))
    if position.to_repay:
        steps.append(loc("betala tillbaka {amount}", amount=overpaid))
    elif position.overpaid:
        steps.append(loc("{amount} i förskott", amount=overpaid))
    if position.paid_without_yes >= THOUSANDTHS_PER_UNIT:
        steps.append(_without_yes_step(position, loc))
    return "; ".join(steps)


def _credit_step(position: Receivable, loc: Localizer) -> str:
    reasons = {
        "withdrawn": loc("jaet är återtaget"),
        "no yes": loc("inget ja"),
        "above the fee": loc("mer än avgiften"),
    }
    return loc(
        "kreditera {amount} ({why})",
        amount=format_kronor(position.credit_due, loc),
        why=reasons[position.credit_reason or "no yes"],
    )


def _without_yes_step(position: Receivable, loc: Localizer) -> str:
    """A no is a no; a member that has not said yes to the year is asked first."""
    amount = format_kronor(position.paid_without_yes, loc)
    if position.answer == NO:
        return loc("betala tillbaka {amount}", amount=amount)
    return loc("{amount} betalt utan ja: fråga kommunen, eller betala tillbaka", amount=amount)


def format_kronor(thousandths: int, loc: Localizer) -> str:
    """An amount exactly: to the krona where it is whole, else to the öre or with three decimals."""
    if thousandths % THOUSANDTHS_PER_UNIT:
        return loc.exact_rate(Fraction(thousandths, THOUSANDTHS_PER_UNIT))
    return loc.money(thousandths // THOUSANDTHS_PER_UNIT)
