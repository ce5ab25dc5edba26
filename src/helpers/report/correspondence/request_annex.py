"""The annex of the request as one object: the rule, and what each member would pay."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from helpers.funding.billing.fee_list import ListedFee, list_fees
from helpers.funding.figures_json.letter_json import annex_figures
from helpers.model.brand.brand_look import BrandLook
from helpers.model.localized_text import Language
from helpers.model.settings.commentary import Comment
from helpers.report.hand_over import HandOver
from helpers.report.report_data import ReportData
from helpers.report.section_call import section_call
from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.letter.kinds import annex_parts
from helpers.sections.pricing.wording_choice import section_context


class RequestAnnex:
    """The fees of all members of a round, as the request and its letters state them."""

    def __init__(self, report: ReportData, language: Language | None = None) -> None:
        self.report = report
        self.statement = report.statement
        self.language = language or report.params.language

    @cached_property
    def context(self) -> SectionContext:
        """The context of both sections."""
        return section_context(self.statement, self.language)

    @cached_property
    def listed(self) -> list[ListedFee]:
        """The fees of the members on the day, by code."""
        return list_fees(self.statement)

    @property
    def figures(self) -> dict[str, Any]:
        """Every fee, by member and year, and the sums."""
        return annex_figures(self.statement, self.listed)

    @property
    def look(self) -> BrandLook:
        """The look of the report's round."""
        return self.report.look

    @property
    def comments(self) -> list[Comment]:
        """The comments on the board's sections are not for the members."""
        return []

    @section_call
    def rule(self) -> Block:
        """How the fees are computed."""
        return annex_parts.annex_rule(self.context)

    @section_call
    def fees(self) -> Block:
        """All members in alphabetical order, with their fees."""
        return annex_parts.annex_fees(self.context, self.listed)

    def hand_over(self) -> HandOver:
        """The title and the figures, for the documents."""
        headline = self.context.loc("Bilaga till förfrågan: alla kommuners avgifter")
        return HandOver.of(self.context, self.report, headline, self.figures)
