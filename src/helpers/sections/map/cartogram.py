"""The map: a circle for each member, its area the fee, its colour and mark the answer."""

from __future__ import annotations

from collections.abc import Collection
from math import pi
from textwrap import wrap

import pandas as pd

from helpers.funding.answers.answer_states import UNANSWERED
from helpers.i18n.localizer import Localizer
from helpers.sections.components import palette
from helpers.sections.components.answer_names import answer_names
from helpers.sections.map.label_choice import BROAD_MAP, SLIM_MAP, MapFormat
from helpers.sections.map.labels import MapLabel
from helpers.sections.map.layout import MapLayout, MemberCircle, lay_out_map
from helpers.sections.map.marks import (
    ANSWER_FILLS,
    AnswerMark,
    MapLegend,
    answer_look,
    circle_svg,
    draw_map_legend,
    escape_xml,
    format_length,
    hatching_svg,
    marks_svg,
    text_svg,
)
from helpers.system.typefaces.report_typeface import FONT_FAMILY

_MAP_MARGIN = 3.0
_FOOT_SIZE, _CHARACTER_WIDTH = 8.0, 0.5  # in the drawing's units, and of the size


def draw_cartogram(
    answers: pd.DataFrame,
    loc: Localizer,
    name: str,
    alternative: str,
    slim: bool = False,
    *,
    named: Collection[str] = (),
    foot: str = "",
) -> str:
    """Return the map as one `<svg>` element, or '' if no member has a location.

    `answers` has one row per member: code, name, county and decision (str), fee (int), and east_km
    and north_km (float, kilometres). Members without a location are left out (see
    `members_without_place`). The slim drawing is for phones. `name` makes the drawing's ids unique
    on a page; `named` are the codes of the members whose names are on it, and `foot` is a line
    below the map.
    """
    members = placed_members(answers)
    if members.empty:
        return ""
    name, sheet = (f"{name}-slim", SLIM_MAP) if slim else (name, BROAD_MAP)
    scene = lay_out_map(members, sheet, named)
    legend = _build_legend(scene, name, loc)
    left, top, width, height = _drawing_frame(scene, sheet, legend)
    foot_height, foot_svg = _draw_foot(foot, width, height)
    hatched = any(disc.decision == UNANSWERED for disc in scene.circles)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {format_length(width)} {format_length(height + foot_height)}" role="img" '
        f'aria-label="{escape_xml(alternative)}">{hatching_svg(name) if hatched else ""}'
        f'<g font-family="{FONT_FAMILY}, sans-serif">'
        f'<g transform="translate({format_length(left)} {format_length(top)})">'
        f"{_draw_land(scene, name)}{_draw_circles(scene, name, loc)}"
        f"{_draw_marks(scene, name)}{_draw_names(scene)}</g>"
        f"{legend.svg}{foot_svg}</g></svg>"
    )


def _draw_foot(foot: str, width: float, top: float) -> tuple[float, str]:
    """Return the height of the lines below the map, and the lines."""
    lines = wrap(foot, int(width / (_FOOT_SIZE * _CHARACTER_WIDTH)))
    line_height = _FOOT_SIZE * 1.3
    texts = (
        text_svg(0, top + number * line_height, line, f' font-size="{_FOOT_SIZE}"', _FOOT_SIZE)
        for number, line in enumerate(lines, 1)
    )
    height = (len(lines) + 0.4) * line_height if lines else 0.0
    return height, f'<g fill="{palette.MUTED_COLOUR}">{"".join(texts)}</g>' if lines else ""


def placed_members(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the members with a location, which are on the map."""
    return answers[_has_place(answers)].reset_index(drop=True)


def members_without_place(answers: pd.DataFrame) -> list[str]:
    """Return the names of the members without a location, which are not on the map."""
    return [str(name) for name in answers.loc[~_has_place(answers), "name"]]


def _has_place(answers: pd.DataFrame) -> pd.Series[bool]:
    """Return whether each member has a location: two finite numbers."""
    places = answers.reindex(columns=["east_km", "north_km"]).apply(pd.to_numeric, errors="coerce")
    placed: pd.Series[bool] = places.abs().lt(float("inf")).all(axis=1)
    return placed


def _drawing_frame(
    scene: MapLayout, sheet: MapFormat, legend: MapLegend
) -> tuple[float, float, float, float]:
    """Return the map's offset to the right and down, and the drawing's width and height.

    The legend is in the upper left corner, where Norway would be. The map is moved down only if it
    would overlap the legend.
    """
    boxes = list(scene.bounding_boxes())
    first, last = min(box[0] for box in boxes), max(box[1] for box in boxes)
    top = _MAP_MARGIN - min(box[2] for box in boxes)
    width = max(sheet.width, last - first + 2 * _MAP_MARGIN)
    for _ in range(2):  # widens a drawing that is too tall, which may free the corner
        left = (width - first - last) / 2
        under = [legend.height - box[2] for box in boxes if box[0] + left < legend.width]
        height = max(box[3] for box in boxes) + max([top, *under]) + _MAP_MARGIN
        width = max(width, height / sheet.max_height_ratio)
    return (width - first - last) / 2, max([top, *under]), width, height


def _build_legend(scene: MapLayout, name: str, loc: Localizer) -> MapLegend:
    """Return the legend: the answers that occur, and two round amounts within the range of fees."""
    shown_answers = {disc.decision for disc in scene.circles}
    labels = {one: label for one, label in answer_names(loc).items() if one in shown_answers}
    highest_fee = max(disc.fee for disc in scene.circles)
    round_amount = 10 ** (len(str(highest_fee // 2)) - 1)
    amounts = {amount: loc.money(amount) for amount in (round_amount, round_amount // 10) if amount}
    return draw_map_legend(
        labels,
        amounts,
        scene.area_per_fee / pi,
        (loc("Svar"), loc("Avgift per år")),
        name,
        yes_opacity=scene.yes_opacity,
    )


def _draw_land(scene: MapLayout, name: str) -> str:
    """Draw a tint around each county's circles and name, as land."""
    plates = "".join(
        f'<rect x="{format_length(left)}" y="{format_length(top)}" '
        f'width="{format_length(right - left)}" '
        f'height="{format_length(bottom - top)}" rx="3"/>'
        for left, right, top, bottom in scene.text_boxes()
    )
    bridges = "".join(
        f'<path d="M{format_length(x1)} {format_length(y1)}'
        f'L{format_length(x2)} {format_length(y2)}"/>'
        for x1, x2, y1, y2 in scene.bridges
    )
    return (
        f'<g fill="{palette.RULE_COLOUR}" stroke="{palette.RULE_COLOUR}" '
        f'stroke-width="{format_length(scene.halo_width)}" '
        f'opacity=".5">{bridges}<use xlink:href="#{name}-all"/>{plates}</g>'
    )


def _draw_circles(scene: MapLayout, name: str, loc: Localizer) -> str:
    """Draw all circles by answer, without an outline: the tint below provides one.

    Where members are named, every yes is muted.
    """
    answers = {answer: label.lower() for answer, label in answer_names(loc).items()}
    parts = []
    for answer in ANSWER_FILLS:
        drawn = [
            circle_svg(
                d.x,
                d.y,
                d.radius,
                within=f"<title>{escape_xml(_circle_title(d, answers, loc))}</title>",
            )
            for d in scene.circles
            if d.decision == answer
        ]
        look = answer_look(answer, scene.yes_opacity)
        parts += [f"<g {look}>", *drawn, "</g>"] if drawn else []
    return f'<g id="{name}-all">{"".join(parts)}</g>'


def _circle_title(disc: MemberCircle, answers: dict[str, str], loc: Localizer) -> str:
    who = f"{disc.name}, {disc.county}" if disc.county else disc.name
    return f"{who}: {loc.money(disc.fee)}, {answers[disc.decision]}"


def _draw_marks(scene: MapLayout, name: str) -> str:
    answer_marks = []
    for disc in scene.circles:
        within = disc.label if disc.label and not disc.label.offset_below else None
        room = (within.width, within.size) if within else ()
        answer_marks.append(AnswerMark(disc.decision, disc.x, disc.y, disc.radius, *room))
    return marks_svg(answer_marks, name)


def _draw_names(scene: MapLayout) -> str:
    """Draw members' names in ink, which a muted yes contrasts with; counties' thinner and grey."""
    names = [_name_svg(disc.x, disc.y, disc.label) for disc in scene.circles if disc.label]
    signs = [_name_svg(sign.x, sign.y, sign.label) for sign in scene.county_labels]
    return (
        '<g text-anchor="middle" pointer-events="none">'
        f'<g fill="{palette.INK_COLOUR}" font-weight="600">{"".join(names)}</g>'
        f'<g fill="{palette.MUTED_COLOUR}">{"".join(signs)}</g></g>'
    )


def _name_svg(x: float, y: float, label: MapLabel) -> str:
    size = f' font-size="{format_length(label.size)}"'
    return text_svg(x, y + label.offset_below, label.text, size, label.size)
