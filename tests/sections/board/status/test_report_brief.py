"""The report in brief: what a mail says, from figures worked out by hand."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language
from helpers.sections.board.status.report_brief import brief_texts
from helpers.sections.pricing.wording_choice import section_context

DAY = date(2016, 12, 31)
SUBJECTS: dict[tuple[Language, bool], str] = {
    # Dal pays 300 of 1 900 (see five_round); amounts in full, below a million.
    ("sv", False): "Styrelserapport: 300 av 1 900 kr per år är säkrade den 31 december 2016",
    ("sv", True): "Styrelserapport: 300 av 1 900 kr per år är säkrade den 31 december 2016 "
    "(rekonstruerade svar)",
    ("en", False): "Board report: SEK 300 of 1,900 a year is secured as of 31 December 2016",
    ("en", True): "Board report: SEK 300 of 1,900 a year is secured as of 31 December 2016 "
    "(reconstructed answers)",
}

HEADLINES: dict[Language, str] = {
    "sv": "16 procent är säkrat: 300 av 1 900 kronor per år",
    "en": "16% secured: SEK 300 of 1,900 a year",
}


@pytest.mark.parametrize(("language", "reconstructed"), SUBJECTS)
def test_the_brief_says_the_answer_and_where_it_is_reconstructed(
    five_round: Round,
    five_members: pd.DataFrame,
    register_of: Callable[..., Register],
    language: Language,
    reconstructed: bool,
) -> None:
    round_ = five_round.model_copy(update={"reconstructed": reconstructed})
    register = register_of("0003,2016-06-15,2016-06-20,,yes")
    statement = compute_statement(round_, five_members, register, [], DAY, DAY)
    brief = brief_texts(section_context(statement, language))
    said = {name: text.replace("\u00a0", " ") for name, text in brief.items()}
    assert said["subject"] == SUBJECTS[language, reconstructed]
    assert bool(said["notice"]) is reconstructed
    # 300 of 1 900 are 15.8 %.
    assert said["headline"] == HEADLINES[language]
    assert said["title"] == "Fem"
    assert said["organiser"] == "Förbundet"
    # Four of five are silent: 1 600 a year may still come, so between 300 (300/1 900 = 15.8 %) and
    # all of the 1 900.
    assert "16" in said["bounds"]
    assert "300" in said["bounds"]
    assert "100" in said["bounds"]
