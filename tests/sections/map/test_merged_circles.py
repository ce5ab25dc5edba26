"""The map of a large round: which members keep a circle, and what the others share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from helpers.i18n.localizer import Localizer
from helpers.model.brand.brand_colours import TEXT_CONTRAST, dark_colours, light_colours
from helpers.model.brand.colour_contrast import contrast_ratio
from helpers.sections.map.cartogram import draw_cartogram
from helpers.sections.map.merged_circles import LARGEST_CIRCLES, MOST_CIRCLES, merge_small_members

SAY = Localizer("sv")
MEMBERS = 600
HALF = MEMBERS // 2


def members_of(number: int, county: str = "") -> pd.DataFrame:
    """Member 7 has the fee 7; the even ones have said yes, the others no."""
    numbers = range(1, number + 1)
    return pd.DataFrame(
        {
            "code": [f"{one:04}" for one in numbers],
            "name": [f"Ort {one}" for one in numbers],
            "county": county,
            "group": ["G1" if one <= 100 else "G2" for one in numbers],
            "decision": ["yes" if one % 2 == 0 else "no" for one in numbers],
            "fee": list(numbers),
            "east_km": [float(one) for one in numbers],
            "north_km": [float(one % 30) for one in numbers],
        }
    )


def test_up_to_the_limit_each_member_has_its_circle() -> None:
    members = members_of(MOST_CIRCLES)
    assert merge_small_members(members, SAY, {}) is members


def test_of_more_the_others_share_one_for_each_group_and_answer() -> None:
    """The others are 1 to 200. Yes of G1: 2 + 4 + … + 100 = 2 550; no: 1 + 3 + … + 99 = 2 500.

    Yes of G2: 102 + … + 200 = 7 550, no: 101 + … + 199 = 7 500.
    """
    merged = merge_small_members(members_of(MEMBERS), SAY, {"G2": "Stora"})
    assert len(merged) == LARGEST_CIRCLES + 4
    assert set(merged["fee"][:LARGEST_CIRCLES]) == set(range(201, 601))
    shared = merged[LARGEST_CIRCLES:].set_index("name")
    yes = shared[shared["decision"] == "yes"]
    assert yes["fee"].to_dict() == {"50 kommuner, G1": 2_550, "50 kommuner, Stora": 7_550}
    no = shared[shared["decision"] == "no"]
    assert no["fee"].to_dict() == {"50 kommuner, G1": 2_500, "50 kommuner, Stora": 7_500}
    assert yes["east_km"].tolist() == [51.0, 151.0]  # the means of 2 … 100 and of 102 … 200


def test_counties_come_before_groups() -> None:
    merged = merge_small_members(members_of(MEMBERS, county="Skåne län"), SAY, {})
    shared = merged[LARGEST_CIRCLES:]
    assert shared["county"].tolist() == ["Skåne län"] * 2
    assert shared["name"].tolist() == ["100 kommuner"] * 2
    assert shared["fee"].tolist() == [10_000, 10_100]  # no: 1 + 3 + … + 199; yes: 2 + … + 200


def test_too_many_groups_are_not_kept_apart() -> None:
    members = members_of(MEMBERS)
    merged = merge_small_members(members.assign(group=members["code"]), SAY, {})
    assert merged["name"][LARGEST_CIRCLES:].tolist() == ["100 kommuner"] * 2


def test_no_fee_is_lost() -> None:
    members = members_of(3_000)
    assert merge_small_members(members, SAY, {})["fee"].sum() == members["fee"].sum()


@pytest.mark.parametrize("slim", [False, True])
def test_a_shared_circle_says_how_many_it_stands_for(slim: bool) -> None:
    merged = merge_small_members(members_of(MEMBERS), SAY, {})
    drawing = draw_cartogram(merged, SAY, "map", "ord", slim)
    assert drawing.count("<title>") == LARGEST_CIRCLES + 4
    assert "<title>50 kommuner, G2: 7 550 kr, ja</title>" in drawing.replace("\u00a0", " ")


def blend(above: str, below: str, opacity: float) -> str:
    """A colour (#rrggbb) of an opacity over another, as a browser paints it."""
    pairs = [(int(above[at : at + 2], 16), int(below[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02x}" for a, b in pairs)


@pytest.mark.parametrize("scheme", [light_colours, dark_colours])
@pytest.mark.parametrize("brand", [{}, {"funded": "#000000"}])
def test_a_name_contrasts_with_the_circle_of_a_yes(
    scheme: Callable[[Mapping[str, str]], dict[str, str]], brand: dict[str, str]
) -> None:
    merged = merge_small_members(members_of(MEMBERS), SAY, {})
    named = list(merged["code"][LARGEST_CIRCLES:])
    drawing = draw_cartogram(merged, SAY, "map", "ord", named=named)
    drawn, ours = re.sub(r"<title>.*?</title>", "", drawing), light_colours({})
    [names] = re.findall(r'<g fill="(#\w+)" font-weight="600"><text[^>]*>50 kommuner', drawn)
    [opacity] = set(re.findall(rf'fill="{ours["funded"]}" fill-opacity="([^"]+)"', drawn))
    colours = scheme(brand)
    land = blend(colours["rule"], colours["paper"], 0.5)
    circle = blend(colours["funded"], land, float(opacity))
    role = next(role for role, colour in ours.items() if colour == names)
    assert contrast_ratio(colours[role], circle) >= TEXT_CONTRAST
