"""What a letter says of a pledge."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from helpers.funding.answers.answer_states import NO, UNANSWERED
from helpers.funding.answers.converted_pledges import pledges_of
from helpers.funding.billing.member_facts import MemberFacts
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.pricing.pledges.pledge_sentences import money_in, rate_text


@dataclass(frozen=True)
class PledgeLetterWording:
    """An amount that the member has stated itself."""

    statement: Statement
    loc: Localizer
    states_joining_price = False

    def own_amount(self, facts: MemberFacts) -> str:
        """What is pledged and confirmed, as stated and in the round's currency."""
        loc = self.loc
        if facts.answer == UNANSWERED:
            return loc("Ni bestämmer själva hur mycket ni vill bidra med.")
        if facts.answer == NO:
            return loc("Ni har inte utfäst något belopp.")
        row = self.statement.rows_by_code[facts.code]
        values = {
            "amount": money_in(Fraction(row["amount"]), row["currency"], loc),
            "years": loc.join_years(facts.fee_by_year),
        }
        if len(facts.fee_by_year) == 1:
            pledged = loc("Ni har utfäst {amount} för {years}.", **values)
        else:
            pledged = loc("Ni har utfäst {amount} per år för {years}.", **values)
        return " ".join(filter(None, [pledged, self._rate_text(row), self._confirmed_text(row)]))

    def _rate_text(self, row: dict[str, Any]) -> str:
        """The amount in the round's currency, if it is stated in another."""
        loc, currency = self.loc, row["currency"]
        if currency == self.statement.round.currency:
            return ""
        return loc(
            "Det räknas som {amount}, efter kursen {rate}.",
            amount=loc.money(row["pledged"]),
            rate=rate_text(self.statement, currency, loc),
        )

    def _confirmed_text(self, row: dict[str, Any]) -> str:
        """How much is confirmed, and what that means, where the round counts what is confirmed."""
        if pledges_of(self.statement.round).secured != "confirmed":
            return ""
        loc, confirmed = self.loc, Fraction(row["confirmed_amount"] or 0)
        if not confirmed:
            return loc("Beloppet räknas som säkrat när ni har bekräftat det.")
        if confirmed == Fraction(row["amount"]):
            return loc("Ni har bekräftat hela beloppet.")
        return loc(
            "Ni har bekräftat {confirmed}. Resten räknas som säkrat när ni har bekräftat det.",
            confirmed=money_in(confirmed, row["currency"], loc),
        )

    def request_of_yes(self, facts: MemberFacts, office: str) -> str:
        """Ask for what is not confirmed, where the round counts what is."""
        if pledges_of(self.statement.round).secured != "confirmed":
            return ""
        row = self.statement.rows_by_code[facts.code]
        rest = Fraction(row["amount"] or 0) - Fraction(row["confirmed_amount"] or 0)
        if not rest:
            return ""
        amount = money_in(rest, row["currency"], self.loc)
        return self.loc("Bekräfta {amount} skriftligt till {office}.", amount=amount, office=office)

    def how_to_answer(self, office: str, code: str) -> str:
        """Ask for the amount."""
        return self.loc(
            "Skicka ert beslut och det belopp som ni vill bidra med till {office}. Ange er kod, "
            "{code}, beslutets datum och gärna ert diarienummer.",
            office=office,
            code=code,
        )

    def all_paid(self) -> str:
        """That the pledged amount is paid."""
        return self.loc("Därmed är hela beloppet betalt. Tack!")

    def counts_payment(self, office: str) -> str:
        """That the payment counts towards what is pledged."""
        return self.loc(
            "Utfäster ni ett belopp räknas det som ni redan har betalat mot det. Skriv annars till "
            "{office} hur ni vill ha pengarna tillbaka.",
            office=office,
        )
