"""Contrast, colour blindness and grey, against values that others have published."""

from itertools import combinations

import pytest

from helpers.model.brand.brand_colours import LEAST_CONTRAST, LIGHT_COLOURS, dark_colours
from helpers.model.brand.brand_settings import BrandColours
from helpers.model.brand.colour_contrast import (
    COLOUR_BLINDNESS,
    colour_distance,
    contrast_ratio,
    lightness,
    nearest_colour,
)


@pytest.mark.parametrize(
    ("colour", "ratio"),
    # The greys at the limit of 4.5:1 that every guide to WCAG names, and the two ends.
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0)],
)
def test_contrast_on_white_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert contrast_ratio(colour, "#ffffff") == pytest.approx(ratio, abs=0.005)
    assert contrast_ratio("#ffffff", colour) == contrast_ratio(colour, "#ffffff")


def test_lightness_is_that_of_cie() -> None:
    # L* of sRGB's pure colours, as in CIE Lab tables (D65).
    for colour, light in {"#ffffff": 100, "#ff0000": 53.24, "#0000ff": 32.30, "#000000": 0}.items():
        assert lightness(colour) == pytest.approx(light, abs=0.02)


def test_red_and_green_are_alike_for_the_colour_blind_only() -> None:
    red, green = "#b36b00", "#7f8f00"
    assert colour_distance(red, green) > 35
    assert colour_distance(red, green, "deuteranopia") < 20
    assert colour_distance("#0000ff", "#ffff00", "deuteranopia") > 100


def test_the_nearest_colour_keeps_its_hue_and_is_the_colour_itself_where_it_passes() -> None:
    nearest = nearest_colour("#ffcc00", lambda one: contrast_ratio(one, "#ffffff") >= 4.5)
    assert nearest is not None
    assert 4.5 <= contrast_ratio(nearest, "#ffffff") < 5
    assert nearest.endswith("00")
    assert nearest_colour("#0b4f7d", lambda _: True) == "#0b4f7d"


def test_the_default_colours_pass_the_rule_that_a_brand_must_pass() -> None:
    default = {role: LIGHT_COLOURS[role] for role in LEAST_CONTRAST}
    assert BrandColours(**default).own == default


@pytest.mark.parametrize("colour", ["#000000", "#004b23", "#5a0000", "#1d2429"])
def test_a_brand_is_seen_on_a_dark_screen(colour: str) -> None:
    dark = dark_colours({"accent": colour, "funded": colour})
    for role in ("accent", "funded"):
        assert contrast_ratio(dark[role], dark["paper"]) >= 4.5
    assert dark["ink"] == dark_colours({})["ink"]


@pytest.mark.parametrize(
    "brand",
    [
        {"funded": "#1b1b1b", "declined": "#484848"},
        {"funded": "#1b1b1b", "declined": "#484848", "possible": "#8c8c8c"},
        {"funded": "#004b23"},
        {"declined": "#d23338"},
    ],
)
def test_areas_of_a_brand_differ_on_a_dark_screen_as_well(brand: dict[str, str]) -> None:
    assert BrandColours(**brand).own == brand, "accepted"
    dark = dark_colours(brand)
    for one, other in combinations(("funded", "declined", "possible"), 2):
        for blindness in (None, *COLOUR_BLINDNESS):
            assert colour_distance(dark[one], dark[other], blindness) >= 20
    for role, least in LEAST_CONTRAST.items():
        assert contrast_ratio(dark[role], dark["paper"]) >= least


def test_a_grey_next_to_which_no_grey_passes_has_no_nearest_colour() -> None:
    assert nearest_colour("#777777", lambda one: one == "#ff0000") is None
