"""Where a round's answers are read from, and what of [register] applies to another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.data.round.answers_source import answers_source, keeps_its_own_answers
from helpers.model.funding_round import Round
from helpers.model.settings.register_settings import RegisterSettings

FOLDER = Path("data/rounds/few")
STATED = RegisterSettings(
    sheet="Svar", heading_row=4, encoding="mac-roman", columns={"Besked": "decision"},
    answers={"Avstår": "no"}, hidden="skip", date_order="day-first",
)  # fmt: skip


def with_settings(round_: Round, **more: str) -> Round:
    return round_.model_copy(update={"register_settings": STATED.model_copy(update=more)})


@pytest.mark.parametrize(
    ("source", "where"),
    [
        (None, str(FOLDER / "decisions.csv")),
        ("answers/svar.xlsx", str(FOLDER / "answers/svar.xlsx")),
        ("/srv/svar.csv", "/srv/svar.csv"),
        ("env:ANSWERS", "env:ANSWERS"),
        ("https://example.org/svar.csv", "https://example.org/svar.csv"),
    ],
)
def test_the_source_is_from_the_round_s_folder_or_as_it_stands(
    shipped_round: Round, source: str | None, where: str
) -> None:
    round_ = with_settings(shipped_round, **({"source": source} if source else {}))
    assert answers_source(FOLDER, round_) == (where, round_.register_settings)
    assert keeps_its_own_answers(round_) is (source is None)


def test_another_file_keeps_the_words_and_not_the_place(shipped_round: Round) -> None:
    where, settings = answers_source(FOLDER, with_settings(shipped_round), "sent.csv")
    assert where == "sent.csv"
    assert (settings.sheet, settings.heading_row, settings.encoding) == (None, None, None)
    assert settings.columns == {"Besked": "decision"}
    assert settings.answers == {"Avstår": "no"}
    assert (settings.hidden, settings.date_order) == ("skip", "day-first")
