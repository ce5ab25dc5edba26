"""The board report as one object that a notebook loads once and calls for each section."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from helpers.report.analysis.round_tables import Tables
from helpers.report.analysis.scenarios.scenario_tables import Scenarios
from helpers.report.hand_over import HandOver
from helpers.report.section_call import section_call
from helpers.report.what_if_report import WhatIfReport
from helpers.sections.board.account import (
    certainty_section,
    invoices_section,
    method_section,
    payments_section,
    provenance_section,
    quality_section,
    reconciliation_section,
)
from helpers.sections.board.members import (
    breakdown_section,
    comparison_section,
    map_section,
    member_list_section,
    missing_section,
    over_time_section,
    terms_section,
)
from helpers.sections.board.outlook import (
    bounds_section,
    forecast_section,
    largest_section,
    price_section,
    sharing_section,
    ways_section,
)
from helpers.sections.board.status import (
    answer_section,
    changes_section,
    decision_section,
    front_matter,
    report_brief,
)
from helpers.sections.components.block import Block, stack
from helpers.sections.components.text import paragraphs


class BoardReport(WhatIfReport):
    """A round on a day, ready to be shown; every method returns a displayable object.

    >>> report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    >>> report.statement.total.yes
    209
    """

    @property
    def scenarios(self) -> Scenarios:
        """What may still come and what else could be done, as tables for an analyst."""
        return Scenarios(self.statement, self.params.language)

    @property
    def tables(self) -> Tables:
        """The state as tables to filter: members, counties, groups, sizes, days, key figures."""
        return Tables(self.statement, self.params.language)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return stack(self.about(), paragraphs(repr(self)))._repr_mimebundle_()

    def __repr__(self) -> str:
        return self.context.wording.status_line()

    @section_call
    def about(self) -> Block:
        """The round and the day shown, and the notice on reconstructed answers if there is one."""
        return answer_section.about(self.context)

    @section_call
    def answer(self) -> Block:
        """How much of the requested amount is funded."""
        return answer_section.answer(
            self.context, self.changes, self._correction_box(), self.receivables
        )

    def _correction_box(self) -> Block:
        replaced, changes = self.inputs.previous_release, self.changes_since_replaced
        release = replaced.release if replaced else ""
        return changes_section.correction_block(self.context, changes, release, self.params.reason)

    @section_call
    def decision(self) -> Block:
        """Whether the funded amount is enough to go ahead, and what happens next."""
        return decision_section.decision(self.context)

    @section_call
    def changed(self) -> Block:
        """The changes since the previous report or a requested day; blank if not requested."""
        return changes_section.changes_block(self.context, self.changes)

    @section_call
    def over_time(self) -> Block:
        """When the answers came."""
        return over_time_section.over_time(self.context).with_drawn(self.tables.over_time())

    @section_call
    def on_map(self) -> Block:
        """Each member as a circle near its location, with the fee as its area."""
        return map_section.on_map(self.context, self.tables.members())

    @section_call
    def by_county(self) -> Block:
        """Answers and amounts by county.

        >>> report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
        >>> report.by_county(sort="members", top=2).data["members"].tolist()
        [49, 33]
        """
        return breakdown_section.by_county(self.context)

    @section_call
    def by_group(self) -> Block:
        """Answers and amounts by SKL's municipality groups."""
        return breakdown_section.by_group(self.context)

    @section_call
    def largest(self) -> Block:
        """How concentrated the money is, and the effect if one of the largest payers leaves."""
        return largest_section.largest(self.context)

    @section_call
    def possible(self) -> Block:
        """The members without an answer whose yes would have most effect."""
        return bounds_section.possible(self.context)

    @section_call
    def price(self) -> Block:
        """How the price per inhabitant of a shared cost changes as members join or leave."""
        return price_section.price(self.context)

    @section_call
    def forecast(self) -> Block:
        """The final funded amount as a computed interval; blank unless requested."""
        return forecast_section.forecast(self.context, self.forecast_result)

    @section_call
    def sharing(self) -> Block:
        """The fees if the members that said yes shared the gap."""
        return sharing_section.sharing(self.context)

    @section_call
    def ways(self) -> Block:
        """The ways to go on with what is missing: amount, consequence, and who decides."""
        return ways_section.ways(self.context)

    @section_call
    def certainty(self) -> Block:
        """How sure the figures are, in a few sentences."""
        return certainty_section.certainty(self.context, self.receivables)

    @section_call
    def terms(self) -> Block:
        """What applies to the members that pay, and to the others."""
        return terms_section.terms(self.context)

    @section_call
    def missing(self) -> Block:
        """Where the money is missing, by county, the county that lacks most first."""
        counties = self.tables.by_county()
        if "gap" in counties:
            counties = counties.sort_values("gap", ascending=False)
        return missing_section.missing(self.context, counties)

    @section_call
    def members(self) -> Block:
        """All members in alphabetical order, with fee, answer and day."""
        return member_list_section.members(self.context, self.receivables)

    @section_call
    def profile(self) -> Block:
        """Members without an answer or with a no, compared by size, group and county."""
        return comparison_section.profile(self.context, self.group_profile)

    @section_call
    def payments(self) -> Block:
        """What has been invoiced and paid, and the members that require an action."""
        return payments_section.payments(self.context, self.receivables)

    @section_call
    def invoices(self) -> Block:
        """The invoice basis, row by row; for analysts, not part of the report."""
        return invoices_section.invoices(self.context, self.invoice_basis, self.receivables)

    @section_call
    def quality(self) -> Block:
        """The quality of the data: rows accounted for, unusual answers, corrections."""
        return quality_section.data_quality(self.context, self._reason_for_fewer_answers())

    def _reason_for_fewer_answers(self) -> str:
        """Return the reason, unless it is the one of a correction that loses no answers."""
        replaced = self.inputs.previous_release
        if replaced and self.statement.total.answered >= replaced.answered:
            return ""
        return self.params.reason or ""

    @section_call
    def reconciliation(self) -> Block:
        """Published figures compared with computed ones."""
        return reconciliation_section.reconciliation(self.context)

    @section_call
    def method(self) -> Block:
        """How the figures are defined."""
        return method_section.method(self.context)

    @section_call
    def provenance(self) -> Block:
        """What the report was made from."""
        return provenance_section.provenance(
            self.context, self.input_hashes, version("funding-report")
        )

    def hand_over(self) -> HandOver:
        """The key figures and the headline, for the program that publishes the report.

        >>> report.hand_over().content["figures"]["funded"]
        2618626
        """
        headline = self.context.wording.headline()
        hand_over = HandOver.of(self.context, self, headline, self.figures)
        hand_over.content["front"] = front_matter.front_matter(self.context)
        hand_over.content["brief"] = report_brief.brief_texts(self.context, self.receivables)
        return hand_over
