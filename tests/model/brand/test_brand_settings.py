"""The colours of a brand: which are refused, and what is offered in their place."""

import re

import pytest
from pydantic import ValidationError

from helpers.model.brand.brand_settings import BrandColours, BrandSettings


def refusal(**colours: str) -> str:
    with pytest.raises(ValidationError) as refused:
        BrandColours(**colours)
    return str(refused.value.errors()[0]["msg"])


@pytest.mark.parametrize(
    ("colours", "reason"),
    [
        ({"accent": "#ffcc00"}, "has a contrast of 1.51 on white and needs 4.5"),
        ({"accent": "#777777"}, "has a contrast of 4.47 on white and needs 4.5"),
        ({"declined": "#ffcc00"}, "has a contrast of 1.51 on white and needs 3.0"),
        ({"funded": "#9c4a12"}, "from the colour of declined by any reader"),
        ({"funded": "#007a33", "declined": "#b00020"}, "of funded by readers with deuteranopia"),
        ({"funded": "#6f2dbd"}, "from the colour of declined in grey"),
    ],
)
def test_a_refused_colour_comes_with_one_that_passes(colours: dict[str, str], reason: str) -> None:
    said = refusal(**colours)
    assert reason in said
    role, offered = re.findall(r'(\w+) = "#\w+" .*? passes is "(#\w+)"', said)[0]
    BrandColours(**{**colours, role: offered})


def test_where_no_colour_passes_none_is_offered() -> None:
    # A lightness of 9 and of 43: each grey of at least 3:1 (up to 61) is within 20 of one of them.
    said = refusal(funded="#1b1b1b", declined="#666666", possible="#777777")
    assert said.endswith(
        'possible = "#777777" cannot be told from the colour of declined by any reader: no colour '
        "near it passes"
    )


def test_every_refused_colour_is_named() -> None:
    said = refusal(accent="#ffcc00", ink="#ffffff")
    assert said.count("the nearest colour that passes") == 2


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", 'red"; } body { x: "', "#1234567"])
def test_only_six_digits_are_a_colour(colour: str) -> None:
    with pytest.raises(ValidationError):
        BrandColours(accent=colour)


def test_capital_digits_are_the_same_colour() -> None:
    assert BrandColours(accent="#0B4F7D").own == {"accent": "#0b4f7d"}


@pytest.mark.parametrize("settings", [{"logo": "a.svg"}, {"logo_text": {"sv": "Förbundet"}}])
def test_a_logo_has_a_text(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="belong together"):
        BrandSettings.model_validate(settings)


def test_a_typeface_s_name_cannot_end_a_style() -> None:
    with pytest.raises(ValidationError):
        BrandSettings(typeface='A"; } body { display: none } "')
