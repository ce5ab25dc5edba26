"""Pledges in words: headline, lead, bounds, rule, rounding."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.billing.pledge_list import PledgeSums, sum_pledges
from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.sections.components.block import Block, does_not_apply
from helpers.sections.components.pricing_wording import OwnSection
from helpers.sections.components.section_context import SectionContext, localizer_of_year
from helpers.sections.pricing.fee_answer_wording import answers_text
from helpers.sections.pricing.fee_wording import FeeWording
from helpers.sections.pricing.pledges.pledge_answer_wording import PledgeAnswerWording
from helpers.sections.pricing.pledges.pledge_bar_wording import PledgeBarWording
from helpers.sections.pricing.pledges.pledge_letter_wording import PledgeLetterWording
from helpers.sections.pricing.pledges.pledge_sections import (
    contributions_block,
    members_to_ask,
    sums_block,
)
from helpers.sections.pricing.pledges.pledge_sentences import pledged_text, rates_text, secured_text


@dataclass(frozen=True)
class PledgeWording(FeeWording):
    """The wording of a round in which each contributor states its own amount."""

    @property
    def answers(self) -> PledgeAnswerWording:
        """The answers by members."""
        return PledgeAnswerWording(self.statement, self.loc)

    @property
    def letter(self) -> PledgeLetterWording:
        """What a letter says of the member's amount."""
        return PledgeLetterWording(self.statement, self.loc)

    @property
    def bars(self) -> PledgeBarWording:
        """A bar of kronor a year."""
        return PledgeBarWording(self.statement, self.loc)

    def lead(self) -> str:
        """Who has answered, what is pledged and confirmed, and what is missing."""
        statement, loc = self.statement, self.loc
        texts = [answers_text(statement, loc), pledged_text(statement, loc), self._years_text()]
        return " ".join(filter(None, [*texts, self._missing_text()]))

    def _missing_text(self) -> str:
        """What is missing of the requested amount, or what is pledged above it."""
        loc, sums = self.loc, sum_pledges(self.statement)
        if self.statement.total.gap <= 0 and sums.above:
            return loc("Det är {above} mer än det önskade beloppet.", above=loc.money(sums.above))
        if self.statement.total.gap <= 0:
            return self._gap_of_other_years_text()
        gap = loc.money(self.statement.total.gap)
        if self.statement.years_differ:
            year = str(self.statement.least_year)
            return loc("Minst är säkrat för {year}: då återstår {gap}.", year=year, gap=gap)
        return loc("{gap} per år saknas.", gap=gap)

    def bounds(self) -> str:
        """What is secured, what the pledges come to, and that more cannot be foreseen."""
        loc, sums, total = self.loc, sum_pledges(self.statement), self.statement.total
        texts = []
        if sums.pledged > sums.secured:
            texts.append(self._all_pledged_text(sums))
        if total.unanswered:
            texts.append(
                loc.plural(
                    "Hur mycket den kommun som inte har svarat kan bidra med är inte känt, och "
                    "fler bidragsgivare kan tillkomma.",
                    "Hur mycket de {n} kommuner som inte har svarat kan bidra med är inte känt, "
                    "och fler bidragsgivare kan tillkomma.",
                    total.unanswered,
                )
            )
        else:
            texts.append(loc("Alla har svarat, men fler bidragsgivare kan tillkomma."))
        return " ".join(texts)

    def _all_pledged_text(self, sums: PledgeSums) -> str:
        """What is secured, and what it becomes if everything pledged is secured."""
        loc = localizer_of_year(self.statement, self.loc)
        needed = {
            loc("det utfästa bekräftas"): sums.unconfirmed,
            loc("villkoren uppfylls"): sums.conditional,
            loc("utfästelserna gäller alla år"): sums.uncovered,
        }
        return loc(
            "Säkrat är {secured} per år. Om {needed} blir det {pledged}.",
            secured=loc.money(sums.secured),
            needed=loc.join_list([text for text, amount in needed.items() if amount]),
            pledged=loc.money(sums.pledged),
        )

    def rule_sentence(self) -> str:
        """That each contributor states its amount, and the reference rates."""
        statement, loc = self.statement, self.loc
        own = loc("Bidragsgivarna bestämmer själva sina belopp.")
        return " ".join(filter(None, [own, rates_text(statement, loc)]))

    def rounding_remark(self) -> str:
        """Return that each amount is rounded by itself, and the sums are of rounded amounts."""
        if not rates_text(self.statement, self.loc):
            return self.loc(
                "Varje belopp är avrundat för sig till hela kronor. Summorna är summor av de "
                "avrundade beloppen."
            )
        return self.loc(
            "Varje belopp är avrundat för sig till hela kronor, efter omräkningen. Summorna är "
            "summor av de avrundade beloppen."
        )

    def secured_definition(self) -> str:
        """Which amounts the round counts as secured."""
        return secured_text(self.statement, self.loc)

    def own_section(
        self, name: OwnSection, ledger: ReceivablesLedger | None = None
    ) -> Block | None:
        """Return the sections on amounts by contributor; those on fees do not apply."""
        context = SectionContext(self.statement, self.loc, self)
        match name:
            case "amounts":
                return sums_block(context, ledger)
            case "members":
                return contributions_block(context, ledger)
            case "possible":
                return members_to_ask(context)
            case "price":
                return None
        return does_not_apply(
            self.loc(
                "Bidragsgivarna bestämmer själva sina belopp. Det önskade beloppet är inte "
                "fördelat mellan dem."
            )
        )
