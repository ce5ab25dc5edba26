import re
import xml.etree.ElementTree as ET
from math import hypot
from typing import Any, NamedTuple

import pandas as pd
import pytest

from helpers import BoardReport
from helpers.i18n.localizer import Localizer
from helpers.sections.components import palette
from helpers.sections.map.cartogram import draw_cartogram, members_without_place
from helpers.sections.map.label_choice import BROAD_MAP, SLIM_MAP
from helpers.sections.map.labels import short_county
from helpers.sections.map.layout import lay_out_map
from helpers.system.typefaces.letter_widths import text_width

SAY = Localizer("sv")
SVG = "{http://www.w3.org/2000/svg}"
SIZES = {False: 60_000, True: 55_000}
# In decisions.csv, without a yes; from 102 282 kr in Malmö to 19 117 in Nyköping.
NOT_YES = {
    "Malmö", "Jönköping", "Växjö", "Kristianstad", "Kungsbacka", "Karlskrona", "Mölndal",
    "Varberg", "Gotland", "Nyköping",
}  # fmt: skip


class Text(NamedTuple):
    left: float
    right: float
    top: float
    bottom: float
    text: str
    size: float


class Circle(NamedTuple):
    title: str
    x: float
    y: float
    radius: float


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return BoardReport.load(round="skl-2016", as_of="2017-02-22").statement.answers


@pytest.fixture(scope="module", params=[False, True], ids=["broad", "slim"])
def drawing(request: pytest.FixtureRequest, answers: pd.DataFrame) -> tuple[str, bool]:
    slim = request.param
    return draw_cartogram(answers, SAY, "map", "words", slim, named=largest(answers)), slim


def largest(answers: pd.DataFrame) -> list[str]:
    """The ten largest members that have not said yes."""
    outside = answers[answers["decision"] != "yes"]
    return outside.sort_values("fee", ascending=False)["code"].head(10).tolist()


def few(**changes: Any) -> pd.DataFrame:
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


def draw(answers: pd.DataFrame, *, slim: bool = False) -> ET.Element:
    named = largest(answers)
    return ET.fromstring(draw_cartogram(answers, SAY, "map", "words", slim, named=named))


def members(root: ET.Element) -> list[Circle]:
    return [
        Circle(title.text or "", *(float(one.attrib[name]) for name in ("cx", "cy", "r")))
        for one in root.iter(f"{SVG}circle")
        if (title := one.find(f"{SVG}title")) is not None
    ]


def shift(root: ET.Element) -> tuple[float, float]:
    """How far all but the key is moved."""
    moved = next(g.attrib["transform"] for g in root.iter(f"{SVG}g") if "transform" in g.attrib)
    x, y = re.findall(r"-?[\d.]+", moved)
    return float(x), float(y)


def on_the_map(root: ET.Element) -> list[Text]:
    """The names on the map, each with the room that it takes."""
    names = next(g for g in root.iter(f"{SVG}g") if g.get("text-anchor") == "middle")
    found = []
    for part in names:
        weight = "Semibold" if part.get("font-weight") else "Regular"
        for one in part:
            size, text = float(one.attrib["font-size"]), one.text or ""
            x, y = float(one.attrib["x"]), float(one.attrib["y"])
            half = text_width(text, size, weight) / 2
            found.append(Text(x - half, x + half, y - 0.66 * size, y + 0.1 * size, text, size))
    return found


def test_four_times_the_fee_is_twice_the_radius() -> None:
    stor, *others = members(draw(few()))
    assert [stor.radius / other.radius for other in others] == pytest.approx([2, 2, 2], abs=0.01)


def test_areas_are_to_each_other_as_fees_on_the_real_map(answers: pd.DataFrame) -> None:
    radius = {circle.title.split(",")[0]: circle.radius for circle in members(draw(answers))}
    # 292 828 kr to 102 282 kr: 2.863, whose root is 1.692.
    assert radius["Stockholm"] / radius["Malmö"] == pytest.approx(1.692, abs=0.002)


def test_every_member_is_one_circle_with_one_title(drawing: tuple[str, bool]) -> None:
    titles = [circle.title for circle in members(ET.fromstring(drawing[0]))]
    assert len(titles) == len(set(titles)) == 290
    assert "Stockholm, Stockholms län: 292\u00a0828\u00a0kr, ja" in titles


def test_no_circle_touches_another_and_counties_keep_apart(answers: pd.DataFrame) -> None:
    for sheet in (BROAD_MAP, SLIM_MAP):
        discs = lay_out_map(answers, sheet, largest(answers)).circles
        for row, one in enumerate(discs):
            for other in discs[:row]:
                gap = hypot(one.x - other.x, one.y - other.y) - one.radius - other.radius
                assert gap > (0.7 if one.county == other.county else sheet.county_gap - 0.1)


def test_circles_stand_towards_each_other_as_their_places_do(answers: pd.DataFrame) -> None:
    # The angle between the way on the map and the true one, over all pairs: its mean cosine.
    discs = lay_out_map(answers, BROAD_MAP, largest(answers)).circles
    east, north = answers["east_km"].tolist(), answers["north_km"].tolist()
    total, pairs = 0.0, 0
    for i, one in enumerate(discs):
        for j, other in enumerate(discs[:i]):
            true, drawn = (
                (east[i] - east[j], north[i] - north[j]),
                (one.x - other.x, other.y - one.y),
            )
            total += (true[0] * drawn[0] + true[1] * drawn[1]) / hypot(*true) / hypot(*drawn)
            pairs += 1
    assert total / pairs > 0.93


def test_a_county_is_one_piece_of_land(answers: pd.DataFrame) -> None:
    scene = lay_out_map(answers, BROAD_MAP, largest(answers))
    of_county = [disc for disc in scene.circles if disc.county == "Södermanlands län"]
    joined, left = of_county[:1], of_county[1:]
    ends = {
        (round(a, 6), round(b, 6))
        for x1, x2, y1, y2 in scene.bridges
        for a, b in ((x1, y1), (x2, y2))
    }
    while left:
        near = [
            one
            for one in left
            if (round(one.x, 6), round(one.y, 6)) in ends
            or any(
                hypot(one.x - o.x, one.y - o.y) - one.radius - o.radius < scene.halo_width + 12
                for o in joined
            )
        ]
        assert near
        joined += near
        left = [one for one in left if one not in near]


def test_names_neither_meet_each_other_nor_leave_the_drawing(drawing: tuple[str, bool]) -> None:
    root = ET.fromstring(drawing[0])
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    right, down = shift(root)
    texts = on_the_map(root)
    assert len(texts) == 30  # ten members, and the counties but Gotland
    for row, one in enumerate(texts):
        assert 0 <= one.left + right < one.right + right <= width, one.text
        assert 0 <= one.top + down < one.bottom + down <= height, one.text
        for other in texts[:row]:
            beside = one.right <= other.left or other.right <= one.left
            over = one.bottom <= other.top or other.bottom <= one.top
            assert beside or over, (one.text, other.text)


def test_names_outside_circles_cover_no_circle(drawing: tuple[str, bool]) -> None:
    root = ET.fromstring(drawing[0])
    circles = members(root)
    for text in on_the_map(root):
        middle = (text.left + text.right) / 2
        if any(abs(c.x - middle) < 0.1 and c.y - c.radius < text.top < c.y for c in circles):
            continue  # within its own
        for circle in circles:
            x = min(max(circle.x, text.left), text.right)
            y = min(max(circle.y, text.top), text.bottom)
            assert hypot(x - circle.x, y - circle.y) > circle.radius - 0.6, (text.text, circle)


def test_texts_are_large_enough_and_drawings_small_enough(drawing: tuple[str, bool]) -> None:
    svg, slim = drawing
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
    assert min(sizes) >= (9.5 if slim else 8)
    assert len(svg.encode()) < SIZES[slim]


@pytest.mark.parametrize("decision", ["yes", "no", "conditional", "unanswered"])
@pytest.mark.parametrize("slim", [False, True])
def test_it_stays_small_whatever_all_answer(
    answers: pd.DataFrame, decision: str, slim: bool
) -> None:
    svg = draw_cartogram(answers.assign(decision=decision), SAY, "map", "words", slim)
    assert len(svg.encode()) < SIZES[slim]


def test_the_broad_map_is_half_a_page(answers: pd.DataFrame) -> None:
    _, _, width, height = map(float, draw(answers).attrib["viewBox"].split())
    assert height / width * 168 <= 125  # mm, of the 248 between the margins


def test_the_map_names_the_members_that_it_is_about(drawing: tuple[str, bool]) -> None:
    names = {text.text for text in on_the_map(ET.fromstring(drawing[0]))}
    assert names >= NOT_YES
    assert not names & {"Stockholm", "Göteborg", "Uppsala", "Linköping", "Sigtuna"}


def test_no_name_stands_on_hatching() -> None:
    root = draw(few(fee=4_000, decision="unanswered"))
    circles = members(root)
    names = [text for text in on_the_map(root) if text.text in ("Stor", "Liten", "Tyst")]
    assert len(names) == 3
    for text in names:
        for circle in circles:
            x = min(max(circle.x, text.left), text.right)
            y = min(max(circle.y, text.top), text.bottom)
            assert hypot(x - circle.x, y - circle.y) > circle.radius - 0.6, (text.text, circle)


def test_a_yes_is_muted_where_others_are_named(answers: pd.DataFrame) -> None:
    muted = [g.get("fill") for g in draw(answers).iter(f"{SVG}g") if g.get("fill-opacity")]
    assert muted == [palette.FUNDED_COLOUR]
    all_yes = draw(answers.assign(decision="yes"))
    assert [g for g in all_yes.iter(f"{SVG}g") if g.get("fill-opacity")] == []


def test_answers_differ_by_more_than_colour() -> None:
    root = draw(few())
    of = {name: [g for g in root.iter(f"{SVG}g") if name in g.get("fill", "")] for name in ("url",)}
    # One hatched circle on the map and one in the key; a bar and a half as well, on paper's colour.
    assert [len(list(g)) for g in of["url"]] == [1, 1]
    paths = [
        p.attrib["d"]
        for g in root.iter(f"{SVG}g")
        if g.get("fill") == palette.PAPER_COLOUR
        for p in g.findall(f"{SVG}path")
    ]
    assert sum("a" in d for d in paths) == 2
    assert sum("h" in d for d in paths) == 2


def test_the_key_names_only_the_answers_that_there_are(answers: pd.DataFrame) -> None:
    texts = {text.text for text in draw(answers).iter(f"{SVG}text")}
    assert {"Ja", "Nej", "Ej svarat", "100\u00a0000\u00a0kr", "10\u00a0000\u00a0kr"} <= texts
    assert "Ja, med villkor" not in texts
    assert "Ja, med villkor" in {text.text for text in draw(few()).iter(f"{SVG}text")}


def test_a_bar_holds_the_name_within_its_circle(answers: pd.DataFrame) -> None:
    root = draw(answers)
    malmo = next(text for text in on_the_map(root) if text.text == "Malmö")
    bars = re.findall(r'"M([-\d.]+) ([-\d.]+)h([\d.]+)v([\d.]+)', ET.tostring(root, "unicode"))
    assert any(
        float(x) < malmo.left
        and malmo.right < float(x) + float(wide)
        and float(y) < malmo.top
        and malmo.bottom - 1.4 < float(y) + float(tall)
        for x, y, wide, tall in bars
    )


def test_names_from_a_register_are_text_and_never_markup() -> None:
    hostile = "<b>&\"'{x}\x00"
    svg = draw_cartogram(few(name=hostile, county=f"{hostile} län"), SAY, "map", 'a "b" <c>')
    root = ET.fromstring(svg)
    assert root.attrib["aria-label"] == 'a "b" <c>'
    assert root.attrib["role"] == "img"
    assert any(c.title.startswith("<b>&\"'{x}, <b>") for c in members(root))
    assert not list(root.iter(f"{SVG}b"))


def test_a_name_without_end_is_cut_on_the_map_and_whole_in_the_title() -> None:
    root = draw(few(name="x" * 500))
    assert max(len(text.text) for text in on_the_map(root)) <= 24
    assert all("x" * 500 in circle.title for circle in members(root))


def test_ids_are_used_and_belong_to_the_drawing(drawing: tuple[str, bool]) -> None:
    ids = re.findall(r' id="([^"]+)"', drawing[0])
    assert len(ids) == len(set(ids)) == 2
    assert all(one.startswith("map-") for one in ids)
    assert set(re.findall(r'(?:url\(#|href="#)([^)"]+)', drawing[0])) == set(ids)


def test_the_colours_are_the_pages_own(drawing: tuple[str, bool]) -> None:
    colours = set(re.findall(r"#[0-9a-f]{6}", drawing[0]))
    assert colours == {
        palette.INK_COLOUR,
        palette.MUTED_COLOUR,
        palette.RULE_COLOUR,
        palette.FUNDED_COLOUR,
        palette.DECLINED_COLOUR,
        palette.POSSIBLE_COLOUR,
        palette.PAPER_COLOUR,
    }
    assert "white" not in drawing[0]


def test_the_same_answers_give_the_same_bytes(answers: pd.DataFrame) -> None:
    once, again = (draw_cartogram(answers, SAY, "map", "words") for _ in range(2))
    assert once == again


def test_a_member_without_a_place_is_left_out_and_named() -> None:
    partly = few(east_km=[600.0, None, 600.0, float("inf")])
    assert members_without_place(partly) == ["Liten", "Villkor"]
    assert [circle.title.split(",")[0] for circle in members(draw(partly))] == ["Stor", "Tyst"]


@pytest.mark.parametrize("missing", [few(north_km=None), few().drop(columns="east_km")])
def test_without_any_place_there_is_no_map(missing: pd.DataFrame) -> None:
    assert members_without_place(missing) == ["Stor", "Liten", "Tyst", "Villkor"]
    assert draw_cartogram(missing, SAY, "map", "words") == ""


@pytest.mark.parametrize("slim", [False, True])
def test_one_member_all_in_the_same_place_and_no_fees_can_be_drawn(slim: bool) -> None:
    assert len(members(draw(few()[:1], slim=slim))) == 1
    assert len(members(draw(few(east_km=600.0, north_km=6600.0), slim=slim))) == 4
    assert len(members(draw(few(fee=0), slim=slim))) == 4


@pytest.mark.parametrize(
    ("county", "short"),
    [
        ("Blekinge län", "Blekinge"),
        ("Dalarnas län", "Dalarna"),
        ("Gotlands län", "Gotland"),
        ("Gävleborgs län", "Gävleborg"),
        ("Hallands län", "Halland"),
        ("Jämtlands län", "Jämtland"),
        ("Jönköpings län", "Jönköping"),
        ("Kalmar län", "Kalmar"),
        ("Kronobergs län", "Kronoberg"),
        ("Norrbottens län", "Norrbotten"),
        ("Skåne län", "Skåne"),
        ("Stockholms län", "Stockholm"),
        ("Södermanlands län", "Södermanland"),
        ("Uppsala län", "Uppsala"),
        ("Värmlands län", "Värmland"),
        ("Västerbottens län", "Västerbotten"),
        ("Västernorrlands län", "Västernorrland"),
        ("Västmanlands län", "Västmanland"),
        ("Västra Götalands län", "Västra Götaland"),
        ("Örebro län", "Örebro"),
        ("Östergötlands län", "Östergötland"),
        ("Borås län", "Borås"),
        ("Region Nord", "Region Nord"),
        (" län", " län"),
    ],
)
def test_a_county_is_called_as_in_speech(county: str, short: str) -> None:
    assert short_county(county) == short


def test_a_county_with_the_name_of_a_municipality_keeps_its_full_one(answers: pd.DataFrame) -> None:
    texts = [text.text for text in on_the_map(draw(answers))]
    assert {"Stockholms län", "Örebro län", "Skåne", "Dalarna"} <= set(texts)
    assert texts.count("Gotland") == 1  # the county is the municipality, which is named
