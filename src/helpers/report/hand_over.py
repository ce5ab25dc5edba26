"""The last output of a notebook: the key figures, so that no other code recomputes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from helpers.i18n.word_replacements import words_of_round
from helpers.model.brand.brand_look import BrandLook
from helpers.sections.components import notices
from helpers.sections.components.section_context import SectionContext

FIGURES_MIME = "application/vnd.funding-report+json"


class ReportedRound(Protocol):
    """What every document of a round hands over: see ReportData."""

    @property
    def input_hashes(self) -> Mapping[str, Mapping[str, str]]:
        """The name and SHA-256 of each input."""

    @property
    def look(self) -> BrandLook:
        """The colours, the typeface and the logo."""

    @property
    def names_apart(self) -> Mapping[str, str]:
        """The members' names that are replaced or isolated as a whole, by code."""


class HandOver:
    """The key figures and the headline, for the program that publishes the document."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    @classmethod
    def of(
        cls,
        context: SectionContext,
        report: ReportedRound,
        headline: str,
        figures: Mapping[str, Any],
        **more: str,
    ) -> HandOver:
        """Return the hand-over of a document about a round on a day.

        `more` are further values of one kind of document, such as its kind.
        """
        statement, loc = context.statement, context.loc
        apart, brand = report.names_apart, report.look.as_stored()
        marked = "" if statement.what_if is None else loc("Tänkt fall: ")
        return cls(
            {
                **more,
                "title": marked + loc.text(statement.round.title),
                "headline": marked + headline,
                "notice": notices.page_notice(context),
                "as_of": statement.as_of.isoformat(),
                "dated": loc("Per den {day}", day=loc.date(statement.as_of)),
                "organiser": statement.round.organiser.name,
                "language": loc.language,
                "words": words_of_round(statement.round, context.loc.language),
                "currency": statement.round.currency,
                "inputs": report.input_hashes,
                "figures": figures,
                **({"names_apart": dict(apart)} if apart else {}),
                **({"what_if": True} if statement.what_if else {}),
                **({"brand": brand} if brand else {}),
            }
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {FIGURES_MIME: self.content, "text/plain": self.content["headline"]}
