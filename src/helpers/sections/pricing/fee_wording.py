"""Fees that add up to the requested amount, in words: headline, lead, bounds, rule, rounding."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block
from helpers.sections.components.pricing_wording import OwnSection
from helpers.sections.pricing.fee_answer_wording import FeeAnswerWording
from helpers.sections.pricing.fee_bar_wording import FeeBarWording
from helpers.sections.pricing.rule_sentences import fee_rule_sentence, fee_sum_remark


@dataclass(frozen=True)
class FeeWording:
    """The wording of every rule by which a fee does not depend on the answers of other members."""

    statement: Statement
    loc: Localizer

    @property
    def answers(self) -> FeeAnswerWording:
        """The answers by members, inhabitants and kronor."""
        return FeeAnswerWording(self.statement, self.loc)

    @property
    def bars(self) -> FeeBarWording:
        """Bars of kronor a year."""
        return FeeBarWording(self.statement, self.loc)

    def headline(self) -> str:
        """How much of the requested amount is funded."""
        loc, total = self.loc, self.statement.total
        day = loc.date(self.statement.as_of)
        if total.gap <= 0:
            return loc(
                "Hela beloppet, {amount} om året, är säkrat per den {day}",
                amount=loc.millions(total.requested),
                day=day,
            )
        if total.funded == 0:
            return loc(
                "Inget av {amount} om året är säkrat per den {day}",
                amount=loc.millions(total.requested),
                day=day,
            )
        return loc(
            "{amounts} om året är säkrade per den {day}",
            amounts=loc.millions_of(total.funded, total.requested),
            day=day,
        )

    def lead(self) -> str:
        """Who has answered, what is missing and what may still come."""
        loc, total = self.loc, self.statement.total
        names = ("yes", "no", "unanswered")
        numbers = {name: loc.count(getattr(total, name)) for name in names}
        shares = {f"{name}_share": loc.percent(getattr(total, f"{name}_share")) for name in names}
        answers = loc(
            "{yes} av {members} kommuner ({yes_share}) har sagt ja, {no} ({no_share}) har sagt nej "
            "och {unanswered} ({unanswered_share}) har inte svarat.",
            members=loc.count(total.members),
            **numbers,
            **shares,
        )
        if total.conditional:
            answers += " " + loc.plural(
                "{n} har sagt ja med ett villkor.",
                "{n} har sagt ja med ett villkor.",
                total.conditional,
            )
        return f"{answers} {self._missing_text()}".strip()

    def _missing_text(self) -> str:
        """What is missing, and where it may still come from."""
        loc, total = self.loc, self.statement.total
        if total.gap <= 0:
            return ""
        values = {"gap": loc.money(total.gap), "possible": loc.money(total.possible)}
        if total.possible == 0:
            return loc("{gap} om året återstår.", gap=values["gap"])
        if total.possible > total.unanswered_fees:
            return loc("{gap} om året återstår, varav {possible} ännu kan komma.", **values)
        return loc(
            "{gap} om året återstår, varav {possible} kan komma från dem som inte har svarat.",
            **values,
        )

    def bounds(self) -> str:
        """The least and the most that can be funded if no one changes an answer."""
        loc, total = self.loc, self.statement.total
        if not total.conditional_fees:
            return self._unanswered_bounds()
        return f"{self._unanswered_bounds()} " + loc(
            "Uppfylls villkoren för de ja-svar som har villkor kommer {amount} till.",
            amount=loc.money(total.conditional_fees),
        )

    def _unanswered_bounds(self) -> str:
        """How members that have not answered can change the funded amount."""
        loc, total = self.loc, self.statement.total
        if total.unanswered == 0 and total.conditional:
            return loc("Alla har svarat.")
        if total.unanswered == 0:
            return loc("Alla har svarat: inget mer kan komma utan att någon ändrar sitt svar.")
        return loc.plural(
            "Om den kommun som inte har svarat säger nej stannar det säkrade vid {least} om året "
            "({least_share}). Om den säger ja blir det {most} ({most_share}). Det är gränser, inte "
            "en prognos, och förutsätter att ingen ändrar sitt svar.",
            "Om ingen av de {n} som inte har svarat säger ja stannar det säkrade vid {least} om "
            "året ({least_share}). Om alla säger ja blir det {most} ({most_share}). Det är "
            "gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
            total.unanswered,
            least=loc.money(total.funded),
            least_share=loc.percent(total.funded_share),
            most=loc.money(total.funded_if_all_unanswered_yes),
            most_share=loc.percent(total.funded_if_all_unanswered_yes_share),
        )

    def rule_sentence(self) -> str:
        """The round's pricing rule."""
        return fee_rule_sentence(self.statement, self.loc)

    def rounding_remark(self) -> str:
        """What whole kronor do to the sum and to members of equal size."""
        return fee_sum_remark(self.statement, self.loc)

    def amount_mark(self) -> str:
        """Blank: the organiser has stated the amounts."""
        return ""

    def amount_note(self) -> str:
        """Blank: the organiser has stated the amounts."""
        return ""

    def own_section(self, name: OwnSection) -> Block | None:
        """None: the usual sections are written for fees."""
        del name
        return None
