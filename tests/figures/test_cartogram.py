import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from helpers import BoardReport
from helpers.figures.cartogram import cartogram, lay_out, text_width, unplaced
from helpers.figures.county_labels import short_name
from helpers.formats import Speech

SAY = Speech("sv")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return BoardReport.load(round="skl-2016", as_of="2017-02-22").statement.answers


@pytest.fixture(scope="module")
def placed(answers: pd.DataFrame) -> pd.DataFrame:
    return lay_out(answers)


def few(**changes: object) -> pd.DataFrame:
    made = pd.DataFrame(
        [
            ("1", "Stor", "Norra län", 400, "yes", 600.0, 6600.0),
            ("2", "Liten", "Norra län", 100, "no", 640.0, 6600.0),
            ("3", "Tyst", "Södra län", 100, "unanswered", 600.0, 6500.0),
            ("4", "Villkor", "Södra län", 100, "conditional", 640.0, 6500.0),
        ],
        columns=["code", "name", "county", "fee", "decision", "east_km", "north_km"],
    )
    return made.assign(**changes)


def draw(placed: pd.DataFrame, *, slim: bool = False) -> ET.Element:
    return ET.fromstring(cartogram(placed, SAY, "map", "words", slim=slim))


def test_four_times_the_fee_is_twice_the_radius() -> None:
    radius = lay_out(few())["radius"]
    assert radius[0] / radius[1] == pytest.approx(2)


def test_circles_stand_near_their_places(answers: pd.DataFrame, placed: pd.DataFrame) -> None:
    moved = ((placed["x"] - answers["east_km"]) ** 2).pow(0.5)
    assert moved.mean() < 20  # km, of a country 650 km broad
    south = answers["north_km"] < 6750  # further north the map is pressed together
    away = (placed["y"] + answers["north_km"])[south].abs()
    assert away.mean() < 20


def test_nothing_overlaps_on_the_real_map(placed: pd.DataFrame) -> None:
    rows = list(placed[["x", "y", "radius", "county"]].itertuples(index=False))
    for i, one in enumerate(rows):
        for other in rows[:i]:
            gap = 1.2 if one.county == other.county else 10
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart > one.radius + other.radius + gap - 0.1


@pytest.mark.parametrize("slim", [False, True])
def test_every_member_is_a_named_circle(placed: pd.DataFrame, slim: bool) -> None:
    titles = [title.text for title in draw(placed, slim=slim).iter(f"{SVG}title")]
    assert len(titles) == len(set(titles)) == 290
    assert "Stockholm, Stockholms län: 292\u00a0828\u00a0kr, ja" in titles


def test_answers_differ_by_more_than_colour() -> None:
    root = draw(lay_out(few()))
    inner = [c for c in root.iter(f"{SVG}circle") if c.find(f"{SVG}title") is None]
    bars = [p for p in root.iter(f"{SVG}path") if (p.get("stroke-width") or "0") > "1"]
    # One bar for the no and one in the key; a hollow for silence, a hollow and a dot for the
    # conditional, each again in the key, which also shows two sizes and four circles.
    assert len(bars) == 2
    assert len(inner) == 2 * (1 + 2) + 2 + 4


def test_the_key_names_only_the_answers_that_there_are(placed: pd.DataFrame) -> None:
    texts = [text.text for text in draw(placed).iter(f"{SVG}text")]
    assert {"Ja", "Nej", "Ej svarat"} <= set(texts)
    assert "Ja, med villkor" not in texts


def test_names_from_a_register_are_text_and_never_markup() -> None:
    svg = cartogram(lay_out(few(name="<b>&\"'")), SAY, "map", 'a "b" <c>', slim=False)
    root = ET.fromstring(svg)
    assert root.get("aria-label") == 'a "b" <c>'
    assert "<b>" not in svg
    assert any((title.text or "").startswith("<b>&\"'") for title in root.iter(f"{SVG}title"))


def test_ids_are_used_and_bear_the_drawings_name(placed: pd.DataFrame) -> None:
    svg = cartogram(placed, SAY, "mine", "words", slim=False)
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(ids) == len(set(ids)) == 21
    assert all(one.startswith("mine-") for one in ids)
    assert set(re.findall(r'href="#([^"]+)"', svg)) == set(ids)


def test_it_is_the_same_every_time_and_small(answers: pd.DataFrame) -> None:
    once, again = (cartogram(lay_out(answers), SAY, "map", "words", slim=False) for _ in range(2))
    assert once == again
    assert len(once.encode()) < 60_000


def test_the_countys_names_stand_inside_and_clear_of_one_another(placed: pd.DataFrame) -> None:
    root = draw(placed)
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    boxes = []
    names = {short_name(county) for county in placed["county"]}
    for text in root.iter(f"{SVG}text"):
        if text.text in names and text.get("text-anchor"):
            wide = text_width(text.text, 9)
            x, y = float(text.get("x") or 0), float(text.get("y") or 0)
            left = x if text.get("text-anchor") == "start" else x - wide
            boxes.append((left, y - 8, left + wide, y + 2))
    assert len(boxes) == 21
    for i, one in enumerate(boxes):
        assert 0 <= one[0] < one[2] <= width
        assert 0 <= one[1] < one[3] <= height
        for other in boxes[:i]:
            assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


def test_it_fits_a_page(placed: pd.DataFrame) -> None:
    _, _, width, height = map(float, (draw(placed).get("viewBox") or "").split())
    assert height <= 1.45 * width


@pytest.mark.parametrize(
    ("county", "short"),
    [
        ("Stockholms län", "Stockholm"), ("Västra Götalands län", "Västra Götaland"),
        ("Skåne län", "Skåne"), ("Örebro län", "Örebro"), ("Dalarnas län", "Dalarna"),
        ("Uppsala län", "Uppsala"), ("Södra distriktets krets", "Södra distriktets krets"),
    ],
)  # fmt: skip
def test_a_county_is_called_as_people_call_it(county: str, short: str) -> None:
    assert short_name(county) == short


def test_members_without_a_place_are_named_and_left_out() -> None:
    partly = few(east_km=[600.0, None, 600.0, 640.0])
    assert unplaced(partly) == ["Liten"]
    assert list(lay_out(partly)["name"]) == ["Stor", "Tyst", "Villkor"]
    assert unplaced(few().drop(columns="east_km")) == ["Stor", "Liten", "Tyst", "Villkor"]
