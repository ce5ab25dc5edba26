"""Fees that add up to the requested amount, in words: headline, lead, bounds, rule, rounding."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block
from helpers.sections.components.pricing_wording import AnswerWording, LetterWording, OwnSection
from helpers.sections.components.section_context import localizer_of_year
from helpers.sections.pricing.fee_answer_wording import FeeAnswerWording, answers_text
from helpers.sections.pricing.fee_bar_wording import FeeBarWording
from helpers.sections.pricing.fee_headline import fee_headline, fee_status_line
from helpers.sections.pricing.fee_letter_wording import FeeLetterWording
from helpers.sections.pricing.joiner_sentences import joiners_to_ask_text
from helpers.sections.pricing.part_sentences import extension_text, part_rule_sentences
from helpers.sections.pricing.rule_sentences import (
    fee_rule_sentence,
    fee_sum_remark,
    fees_secured_text,
)


@dataclass(frozen=True)
class FeeWording:
    """The wording of every rule by which a fee does not depend on other members' answers."""

    statement: Statement
    loc: Localizer

    @property
    def answers(self) -> AnswerWording:
        """The answers by members, inhabitants and kronor."""
        return FeeAnswerWording(self.statement, self.loc)

    @property
    def letter(self) -> LetterWording:
        """The fee in a member's letter."""
        return FeeLetterWording(self.loc, part_pledges=self.statement.round.part_pledges)

    @property
    def bars(self) -> FeeBarWording:
        """Bars of kronor a year."""
        return FeeBarWording(self.statement, self.loc)

    def headline(self) -> str:
        """The share that is funded, and the amounts, spelled out as a heading is."""
        return fee_headline(self.statement, self.loc)

    def status_line(self) -> str:
        """How much of the requested amount is funded, with the day."""
        return fee_status_line(self.statement, self.loc)

    def lead(self) -> str:
        """Who has answered, what is missing and what may still come."""
        texts = [answers_text(self.statement, self.loc), self._years_text(), self._missing_text()]
        return " ".join(filter(None, texts))

    def _years_text(self) -> str:
        """Return each year's amount, if the years differ."""
        if not self.statement.years_differ:
            return ""
        loc, by_year = self.loc, self.statement.by_year
        if self.statement.round.requested_of_years:
            return self._amounts_of_years_text()
        amounts = [
            self._amount_of_each_text(amount, [year for year, _ in run])
            for amount, run in groupby(by_year.items(), key=itemgetter(1))
        ]
        return loc("Säkrat är {amounts}.", amounts=loc.join_list(amounts))

    def _amount_of_each_text(self, amount: int, years: list[int]) -> str:
        """An amount of a year, or of each of several: it is not their sum."""
        loc = self.loc
        values = {"amount": loc.money(amount), "years": loc.join_years(years)}
        if len(years) == 1:
            return loc("{amount} för {years}", **values)
        return loc("{amount} för vart och ett av åren {years}", **values)

    def _amounts_of_years_text(self) -> str:
        """What each year has of what is requested for it."""
        loc, round_ = self.loc, self.statement.round
        amounts = [
            loc(
                "{amount} av {requested} för {year}",
                amount=loc.money(amount),
                requested=loc.money(round_.requested_in(year)),
                year=str(year),
            )
            for year, amount in sorted(self.statement.by_year.items())
        ]
        return loc("Säkrat är {amounts}.", amounts=loc.join_list(amounts))

    def _missing_text(self) -> str:
        """What is missing, and where it may still come from."""
        loc, total = self.loc, self.statement.total
        if total.gap <= 0:
            return self._gap_of_other_years_text()
        values = {"gap": loc.money(total.gap), "possible": loc.money(total.possible)}
        if self.statement.years_differ:
            return self._least_year_text(**values)
        if total.possible == 0:
            return loc("{gap} per år saknas.", gap=values["gap"])
        if total.gap == total.unanswered_fees:
            return loc(
                "{gap} per år saknas, allt från kommuner som inte har svarat.", gap=values["gap"]
            )
        if total.gap == total.unanswered_fees + total.declined:
            return loc(
                "{gap} per år saknas: {possible} från kommuner som inte har svarat och {declined} "
                "från kommuner som har sagt nej.",
                declined=loc.money(total.declined),
                **values,
            )
        return loc("{gap} per år saknas, varav {possible} ännu kan komma.", **values)

    def _gap_of_other_years_text(self) -> str:
        """What is missing over all years, where the year with least has all of its amount."""
        if self.statement.gap_all_years <= 0:
            return ""
        return self.loc(
            "{gap} återstår för {years}.",
            gap=self.loc.money(self.statement.gap_all_years),
            years=self.loc.join_years(self.statement.by_year),
        )

    def _least_year_text(self, gap: str, possible: str) -> str:
        """Return what the year with the least lacks."""
        loc, year = self.loc, str(self.statement.least_year)
        if not self.statement.total.possible:
            return loc("Minst är säkrat för {year}: då återstår {gap}.", year=year, gap=gap)
        return loc(
            "Minst är säkrat för {year}: då återstår {gap}, varav {possible} ännu kan komma.",
            year=year,
            gap=gap,
            possible=possible,
        )

    def bounds(self) -> str:
        """The least and the most that can be funded if no one changes an answer."""
        loc, total = self.loc, self.statement.total
        texts = [self._unanswered_bounds()]
        if total.conditional_fees:
            texts.append(
                loc(
                    "Uppfylls villkoren för de ja-svar som har villkor kommer {amount} till.",
                    amount=loc.money(total.conditional_fees),
                )
            )
        if total.uncovered and self.statement.round.part_pledges:
            texts.append(extension_text(self.statement, loc))
        elif total.uncovered:
            texts.append(
                loc(
                    "Beloppen gäller {year}, det år som har minst säkrat. Utvidgas de ja-svar som "
                    "inte gäller det året kommer {amount} till.",
                    year=str(self.statement.least_year),
                    amount=loc.money(total.uncovered),
                )
            )
        return " ".join([*texts, *joiners_to_ask_text(self.statement, loc)])

    def _unanswered_bounds(self) -> str:
        """How members that have not answered can change the funded amount."""
        statement, total = self.statement, self.statement.total
        loc = localizer_of_year(statement, self.loc)
        if total.unanswered == 0 and (total.conditional or total.uncovered):
            return loc("Alla har svarat.")
        if total.unanswered == 0:
            return loc("Alla har svarat: inget mer kan komma utan att någon ändrar sitt svar.")
        return loc.plural(
            "Om den kommun som inte har svarat säger nej stannar det säkrade vid {least} per år "
            "({least_share}). Om den säger ja blir det {most} ({most_share}). Det är gränser, inte "
            "en prognos, och förutsätter att ingen ändrar sitt svar.",
            "Om ingen av de {n} kommuner som inte har svarat säger ja stannar det säkrade vid "
            "{least} per år ({least_share}). Om alla säger ja blir det {most} ({most_share}). "
            "Det är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
            total.unanswered,
            least=loc.money(total.funded),
            least_share=loc.percent(total.funded_share),
            most=loc.money(total.funded_if_all_unanswered_yes),
            most_share=loc.percent(total.funded_if_all_unanswered_yes_share),
        )

    def judgement(self) -> str:
        """That the board judges whether the amount is enough."""
        return self.loc(
            "Ingen gräns är angiven för vad som är tillräckligt. Det är styrelsens bedömning."
        )

    def rule_sentence(self) -> str:
        """The round's pricing rule."""
        own = fee_rule_sentence(self.statement, self.loc)
        return " ".join([own, *part_rule_sentences(self.statement, self.loc)])

    def rounding_remark(self) -> str:
        """Return the effect of whole kronor on the sum and on members of equal size."""
        return fee_sum_remark(self.statement, self.loc)

    def requested_amount(self) -> str:
        """The requested amount of a year, exactly as the organiser states it."""
        return self.loc.money(self.statement.round.requested)

    def amount_mark(self) -> str:
        """Blank: the organiser has stated the amounts."""
        return ""

    def amount_units(self) -> int:
        """1: amounts are shown to the unit of the currency."""
        return 1

    def amount_note(self) -> str:
        """Blank: the organiser has stated the amounts."""
        return ""

    def secured_definition(self) -> str:
        """The sum of the fees of the members whose answer is yes."""
        return fees_secured_text(self.loc)

    def own_section(
        self, name: OwnSection, ledger: ReceivablesLedger | None = None
    ) -> Block | None:
        """Return None: the usual sections are written for fees."""
        del name, ledger
        return None
