"""What each answer is called in a table."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.funding.answers.answer_states import CONDITIONAL, LEFT, NO, UNANSWERED, YES
from helpers.i18n.localizer import Localizer


def answer_names(loc: Localizer) -> Mapping[str, str]:
    """Return the name of each answer for tables."""
    return {
        YES: loc("Ja"),
        NO: loc("Nej"),
        CONDITIONAL: loc("Ja, med villkor"),
        UNANSWERED: loc("Ej svarat"),
        LEFT: loc("Har utträtt"),
    }
