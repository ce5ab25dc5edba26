"""A round that shares by weight or tax base never speaks of inhabitants."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.data.round.round_config import load_round
from helpers.i18n.localizer import Localizer

ROUND_TOML = """\
name = "small-2020"
currency = "SEK"
requested = 1000
years = [2021]
recommended_on = 2020-03-01
members = "members.csv"
languages = ["sv", "en"]
reconstructed = false
title.sv = "Liten"
title.en = "Small"
organiser = { short = "F", name = "Föreningen" }
"""
BY_WEIGHT, BY_TAX_BASE, BY_INHABITANTS = (
    'pricing.rule = "by-weight"\n',
    'pricing.rule = "tax-base"\n',
    'pricing = { rule = "inhabitants", population_year = 2019 }\n',
)
TEXTS = ("Invånare", "Kr per invånare", "Flest invånare i kommuner som inte är med")


def texts(folder: Path, language: str, *keys: str) -> list[str]:
    (folder / "round.toml").write_text(ROUND_TOML + "".join(keys), encoding="utf-8")
    loc = Localizer.for_round(load_round(folder, "small-2020"), "sv" if language == "sv" else "en")
    return [loc(text) for text in TEXTS[: 2 if language == "en" else 3]]


@pytest.mark.parametrize(
    ("pricing", "swedish", "english"),
    [
        (
            BY_WEIGHT,
            ["Viktenheter", "Kr per viktenhet", "Flest viktenheter hos kommuner som inte är med"],
            ["Units of weight", "SEK per unit of weight"],
        ),
        (
            BY_TAX_BASE,
            [
                "Enheter av skatteunderlaget",
                "Kr per enhet av skatteunderlaget",
                "Flest enheter av skatteunderlaget hos kommuner som inte är med",
            ],
            ["Units of tax base", "SEK per unit of tax base"],
        ),
        (BY_INHABITANTS, list(TEXTS), ["Inhabitants", "SEK per inhabitant"]),
    ],
)
def test_the_units_are_called_what_they_are(
    tmp_path: Path, pricing: str, swedish: list[str], english: list[str]
) -> None:
    assert texts(tmp_path, "sv", pricing) == swedish
    assert texts(tmp_path, "en", pricing) == english


def test_the_words_of_the_round_come_first_in_their_language(tmp_path: Path) -> None:
    own = '[words.sv]\n"invånare" = "andelar"\n"kommuner" = "hushåll"\n'
    assert texts(tmp_path, "sv", BY_WEIGHT, own)[0] == "Andelar"
    assert texts(tmp_path, "en", BY_WEIGHT, own)[0] == "Units of weight"
    nouns = '[words.sv]\n"kommuner" = "hushåll"\n'
    assert texts(tmp_path, "sv", BY_WEIGHT, nouns)[2].startswith("Flest viktenheter hos hushåll")
