"""A shared cost in words: headline, lead, bounds, rule, rounding."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.shared_price import SharedPrice
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import members_in_words, spell_out
from helpers.pricing import SharedCost
from helpers.sections.components.block import Block
from helpers.sections.components.pricing_wording import OwnSection
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import capitalize_first
from helpers.sections.pricing.fee_letter_wording import FeeLetterWording
from helpers.sections.pricing.rule_sentences import fee_sum_remark, fees_secured_text
from helpers.sections.pricing.sharing.estimated_price import (
    estimate_mark,
    estimated_units,
    format_estimated_amount,
    format_marked_price,
)
from helpers.sections.pricing.sharing.shared_cost_answer_wording import SharedCostAnswerWording
from helpers.sections.pricing.sharing.shared_cost_bar_wording import SharedCostBarWording


@dataclass(frozen=True)
class SharedCostWording:
    """The wording of a rule by which a member's fee depends on which others join."""

    statement: Statement
    loc: Localizer
    pricing: SharedCost
    price: SharedPrice

    @property
    def answers(self) -> SharedCostAnswerWording:
        """The answers by members and inhabitants."""
        return SharedCostAnswerWording(self.statement, self.loc, self.price)

    @property
    def letter(self) -> FeeLetterWording:
        """The fee in a member's letter."""
        return FeeLetterWording(self.loc)

    @property
    def bars(self) -> SharedCostBarWording:
        """Bars of inhabitants."""
        return SharedCostBarWording(self.statement, self.loc)

    def headline(self) -> str:
        """Return whether the cost is covered, and the resulting price per inhabitant."""
        loc, price, values = self.loc, self.price, self._headline_values()
        if not price.now.members:
            return loc("Ingen kommun är med")
        if price.highest_rate_binds:
            text = loc(
                "{share} av kostnaden är täckt, och priset är det högsta: {highest} per invånare",
                **values,
            )
            return capitalize_first(text)
        return loc("Kostnaden är täckt: priset är {rate}, mot högst {highest}", **values)

    def status_line(self) -> str:
        """Return the headline as a sentence with its day."""
        loc, price = self.loc, self.price
        values = {**self._headline_values(), "day": loc.date(self.statement.as_of)}
        if not price.now.members:
            return loc("Ingen kommun är med den {day}", **values)
        if price.highest_rate_binds:
            text = loc(
                "{share} av kostnaden är täckt den {day}, och priset är det högsta: {highest} per "
                "invånare",
                **values,
            )
            return capitalize_first(text)
        return loc(
            "Kostnaden är täckt den {day}, och priset är {rate}, mot högst {highest}", **values
        )

    def _headline_values(self) -> dict[str, str]:
        loc, price = self.loc, self.price
        return {
            "highest": loc.unit_price(price.highest_rate),
            "rate": format_marked_price(price.now.rate, price, loc),
            "share": spell_out(loc.percent(self.statement.total.funded_share), loc),
        }

    def lead(self) -> str:
        """Return which members have joined, and the number from which the price falls."""
        loc, total = self.loc, self.statement.total
        counts = self._counts()
        text = loc(
            "{yes} av {members} kommuner ({yes_share}) är med; de har {people} av invånarna.",
            yes=capitalize_first(counts["yes"]),
            members=counts["members"],
            yes_share=loc.percent(total.yes_share),
            people=loc.percent(total.yes_population_share),
        )
        return " ".join(filter(None, [text, self._not_joined_text(), self._break_even_text()]))

    def _break_even_text(self) -> str:
        """Return the cost, and the number of inhabitants from which the price falls."""
        return self.loc(
            "Kostnaden, {cost} per år{mark}, är täckt när {share} av invånarna är med; därefter "
            "sjunker priset för alla.",
            cost=format_estimated_amount(self.price.cost, self.price, self.loc),
            share=self.loc.percent(self.price.break_even_share),
            mark=self.amount_mark(),
        )

    def _not_joined_text(self) -> str:
        loc, total, counts = self.loc, self.statement.total, self._counts()
        if not self.statement.round.answers.declined_known:
            number = capitalize_first(counts["unanswered"])
            return loc.plural(
                "En kommun är inte med; det är inte känt om den har sagt nej.",
                "{n} kommuner är inte med; det är inte känt hur många av dem som har sagt nej.",
                total.unanswered,
                n=number,
            )
        values = {name: counts[name] for name in ("no", "unanswered")}
        if total.no and total.unanswered:
            text = loc("{no} har sagt nej och {unanswered} har inte svarat.", **values)
        elif total.no:
            text = loc("{no} har sagt nej.", **values)
        else:
            text = loc("{unanswered} har inte svarat.", **values) if total.unanswered else ""
        return capitalize_first(text)

    def _counts(self) -> dict[str, str]:
        """The numbers of members that the lead compares."""
        names = ("members", "yes", "no", "unanswered")
        total = self.statement.total
        return members_in_words(self.loc, **{name: getattr(total, name) for name in names})

    def bounds(self) -> str:
        """Return the price if no more members join, and if all that may join do."""
        loc, price, unanswered = self.loc, self.price, self.statement.total.unanswered
        if not unanswered:
            return loc("Alla har svarat: priset ändras inte utan att någon ändrar sitt svar.")
        rates = (price.now.rate, price.if_all_unanswered_join.rate)
        now, after = (format_marked_price(rate, price, loc) for rate in rates)
        return loc.plural(
            "Om den kommun som återstår inte ansluter sig är priset {now}, och annars {all}. Det "
            "är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
            "Om ingen av de {n} kommuner som återstår ansluter sig är priset {now}. Om alla "
            "ansluter sig blir det {all}. Det är gränser, inte en prognos, och förutsätter att "
            "ingen ändrar sitt svar.",
            unanswered,
            now=now,
            all=after,
        )

    def judgement(self) -> str:
        """That no requirement for going ahead is stated, whether the cost is covered or not."""
        if self.price.now.members and not self.price.highest_rate_binds:
            return self.loc(
                "Kostnaden är täckt. Något annat krav för att gå vidare är inte angivet."
            )
        return self.loc(
            "Det är inte angivet hur många som måste vara med för att gå vidare. Det är styrelsens "
            "bedömning."
        )

    def rule_sentence(self) -> str:
        """What is shared, by what, and the most that each pays."""
        loc, price = self.loc, self.price
        return loc(
            "De kommuner som är med delar kostnaden, {cost} per år{mark}, efter folkmängden den "
            "{day}, och betalar högst {highest} per invånare. För en kommun som inte är med visas "
            "vad den skulle betala om den ensam anslöt sig nu.",
            cost=format_estimated_amount(price.cost, price, loc),
            day=loc.year_end(self.pricing.population_year),
            highest=loc.unit_price(price.highest_rate),
            mark=self.amount_mark(),
        )

    def rounding_remark(self) -> str:
        """Return how fees are rounded: separately at the highest price, otherwise to the cost."""
        if self.price.highest_rate_binds:
            return self.loc("Varje avgift är ett helt antal kronor, avrundat var för sig.")
        return fee_sum_remark(self.statement, self.loc)

    def requested_amount(self) -> str:
        """The cost, with no more digits than are known."""
        return format_estimated_amount(self.price.cost, self.price, self.loc)

    def amount_mark(self) -> str:
        """That the cost is not the organiser's own figure; else blank."""
        return estimate_mark(self.price, self.loc)

    def amount_units(self) -> int:
        """A million or a billion if the cost is an estimate; otherwise 1."""
        return estimated_units(self.price)

    def amount_note(self) -> str:
        """That the cost is not the organiser's own figure; else blank."""
        if not self.price.estimated:
            return ""
        return self.loc("Kostnaden är uppskattad, inte publicerad.")

    def secured_definition(self) -> str:
        """The sum of the fees of the members whose answer is yes."""
        return fees_secured_text(self.loc)

    def own_section(
        self, name: OwnSection, ledger: ReceivablesLedger | None = None
    ) -> Block | None:
        """Return the sections on the price, which replace those on amounts."""
        del ledger
        # It draws with matplotlib, which `status` and `check` do without.
        from helpers.sections.pricing.sharing import shared_cost_sections  # noqa: PLC0415

        context = SectionContext(self.statement, self.loc, self)
        match name:
            case "largest":
                return shared_cost_sections.largest_by_inhabitants(context, self.price)
            case "possible":
                return shared_cost_sections.call_list_by_price(context, self.price)
            case "price":
                return shared_cost_sections.price_as_more_join(context, self.price)
            case "sharing":
                return shared_cost_sections.gap_beyond_highest_price(context)
        return None
