"""What a letter says of a fee."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.billing.member_facts import MemberFacts
from helpers.i18n.localizer import Localizer


@dataclass(frozen=True)
class FeeLetterWording:
    """A member's fee, which the letter computes step by step.

    `part_pledges`: whether a yes may be of another amount than the fee.
    """

    loc: Localizer
    part_pledges: bool = False
    states_joining_price = True

    def own_amount(self, facts: MemberFacts) -> str:
        """Blank: the letter states the fee and its steps."""
        del facts
        return ""

    def request_of_yes(self, facts: MemberFacts, office: str) -> str:
        """Blank: a yes needs nothing more."""
        del facts, office
        return ""

    def how_to_answer(self, office: str, code: str) -> str:
        """Ask for yes or no, and for the amount where it may be another than the fee."""
        text = self.loc(
            "Skicka ert beslut, ja eller nej, till {office}. Ange er kod, {code}, beslutets datum "
            "och gärna ert diarienummer.",
            office=office,
            code=code,
        )
        if not self.part_pledges:
            return text
        return f"{text} " + self.loc(
            "Vill ni betala ett annat belopp än avgiften anger ni beloppet per år."
        )

    def all_paid(self) -> str:
        """That the fee is paid, or what the yes is of."""
        if self.part_pledges:
            return self.loc("Därmed är allt som ni har sagt ja till betalt. Tack!")
        return self.loc("Därmed är hela avgiften betald. Tack!")

    def counts_payment(self, office: str) -> str:
        """That the payment counts towards the fee."""
        return self.loc(
            "Säger ni ja räknas det som ni redan har betalat mot avgiften. Skriv annars till "
            "{office} hur ni vill ha pengarna tillbaka.",
            office=office,
        )
