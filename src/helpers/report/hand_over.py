"""The last output of a notebook: the key figures, so that no other code recomputes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.i18n.word_replacements import words_of_round
from helpers.model.brand.brand_look import BrandLook
from helpers.sections.components import notices
from helpers.sections.components.parts.unset_texts import is_unset_name
from helpers.sections.components.section_context import SectionContext
from helpers.system.typefaces.text_direction import has_right_to_left

FIGURES_MIME = "application/vnd.funding-report+json"


def names_apart(answers: pd.DataFrame) -> dict[str, str]:
    """The members' names, by code, that no typeface can set or that run from right to left.

    The documents replace or isolate such a name as a whole, in every text.
    """
    return {
        str(code): str(name)
        for code, name in zip(answers["code"].tolist(), answers["name"].tolist(), strict=True)
        if is_unset_name(name) or has_right_to_left(name)
    }


class HandOver:
    """The key figures and the headline, for the program that publishes the document."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    @classmethod
    def of(
        cls,
        context: SectionContext,
        inputs: Mapping[str, Mapping[str, str]],
        headline: str,
        figures: Mapping[str, Any],
        look: BrandLook,
        **more: str,
    ) -> HandOver:
        """Return the hand-over of a round on a day; `inputs` is as in RoundInputs.hashes.

        `more` are further values of one kind of document, such as its kind.
        """
        statement, loc = context.statement, context.loc
        apart, brand = names_apart(statement.answers), look.as_stored()
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
                "inputs": inputs,
                "figures": figures,
                **({"names_apart": apart} if apart else {}),
                **({"what_if": True} if statement.what_if else {}),
                **({"brand": brand} if brand else {}),
            }
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {FIGURES_MIME: self.content, "text/plain": self.content["headline"]}
