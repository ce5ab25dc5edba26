"""Pledges in sentences: how much, what counts as secured, and the reference rates."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.answers.converted_pledges import pledges_of
from helpers.funding.billing.pledge_list import (
    PledgeSums,
    currencies_pledged,
    has_confirmations,
    sum_pledges,
)
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.model.currency import minor_digits


def money_in(amount: Fraction, currency: str, loc: Localizer) -> str:
    """An exact amount of any currency with its unit; with decimals only if it has any."""
    digits = 0 if amount.denominator == 1 else minor_digits(currency)
    return loc.with_unit(loc.decimals(amount, digits), currency=currency)


def pledged_text(statement: Statement, loc: Localizer) -> str:
    """How much is pledged and confirmed, on which conditions, and by whom outside the members."""
    sums = sum_pledges(statement)
    if not sums.pledged:
        return loc("Inget är utfäst.")
    values = {"pledged": loc.money(sums.pledged), "confirmed": loc.money(sums.confirmed)}
    if sums.uncovered:
        texts = _texts_of_some_years(statement, sums, loc)
    elif not has_confirmations(statement):
        texts = [loc("Utfäst är {pledged} per år.", **values)]
    elif sums.confirmed:
        texts = [loc("Utfäst är {pledged} per år, varav {confirmed} är bekräftat.", **values)]
    else:
        texts = [loc("Utfäst är {pledged} per år; inget är bekräftat.", **values)]
    if sums.conditional:
        amount = loc.money(sums.conditional)
        texts.append(loc("{amount} av det utfästa har villkor.", amount=amount))
    return " ".join([*texts, *_outside_texts(statement, loc)])


def _texts_of_some_years(statement: Statement, sums: PledgeSums, loc: Localizer) -> list[str]:
    """The same where some of it is not for the year with the least secured."""
    year = str(statement.least_year)
    texts = [
        loc(
            "Utfäst är {pledged} för varje år som svaren gäller. {uncovered} av det gäller inte "
            "{year}, det år som har minst säkrat.",
            pledged=loc.money(sums.pledged),
            uncovered=loc.money(sums.uncovered),
            year=year,
        )
    ]
    if has_confirmations(statement):
        amount = loc.money(sums.confirmed)
        texts.append(loc("Bekräftat för {year} är {amount}.", year=year, amount=amount))
    return texts


def _outside_texts(statement: Statement, loc: Localizer) -> list[str]:
    """What contributors outside the members secure."""
    total = statement.total
    if not total.contributors:
        return []
    amount = loc.money(total.contributors_funded)
    return [
        loc.plural(
            "En bidragsgivare utanför kretsen av kommuner är med och står för {amount} av det "
            "säkrade.",
            "{n} bidragsgivare utanför kretsen av kommuner är med och står för {amount} av det "
            "säkrade.",
            total.contributors,
            amount=amount,
        )
    ]


def secured_text(statement: Statement, loc: Localizer) -> str:
    """Which amounts the round counts as secured."""
    if pledges_of(statement.round).secured == "confirmed":
        return loc(
            "Det säkrade beloppet är summan av de belopp som bidragsgivarna har bekräftat. En "
            "utfästelse som inte är bekräftad räknas inte som säkrad."
        )
    return loc("Det säkrade beloppet är summan av de belopp som bidragsgivarna har utfäst.")


def rate_text(statement: Statement, code: str, loc: Localizer) -> str:
    """The reference rate of a currency, with its day and source: 1 EUR = 11,25 kr (…)."""
    stated = pledges_of(statement.round).rates[code]
    own = loc.decimals(stated.rate, _count_digits(stated.rate))
    foreign = money_in(Fraction(stated.per), code, loc)
    money = loc.with_unit(own, currency=statement.round.currency)
    return f"{foreign} = {money} ({stated.source}, {loc.date(stated.on)})"


def rates_text(statement: Statement, loc: Localizer) -> str:
    """The reference rates in one sentence; '' where all pledges are in the round's currency."""
    rates = [rate_text(statement, code, loc) for code in currencies_pledged(statement)]
    if not rates:
        return ""
    return loc(
        "Belopp i andra valutor är omräknade till angiven referenskurs: {rates}.",
        rates="; ".join(rates),
    )


def _count_digits(rate: Fraction) -> int:
    """All decimals of a rate, and at least two."""
    return next(n for n in range(2, 10) if (rate * 10**n).denominator == 1)
