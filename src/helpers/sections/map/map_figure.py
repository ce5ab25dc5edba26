"""The map as a matplotlib figure, which an analyst may change: the same circles, names and land."""

from __future__ import annotations

from collections.abc import Collection
from math import hypot
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle, Patch, PathPatch, Rectangle, Wedge
from matplotlib.path import Path
from matplotlib.text import Text

from helpers.funding.answers.answer_states import CONDITIONAL, NO, UNANSWERED, YES
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.components import palette
from helpers.sections.components.answer_names import answer_names
from helpers.sections.map.cartogram import placed_members
from helpers.sections.map.label_choice import BROAD_MAP
from helpers.sections.map.labels import MapLabel
from helpers.sections.map.layout import BridgeLine, MapLayout, MemberCircle, lay_out_map
from helpers.sections.map.marks import ANSWER_FILLS

_POINTS_PER_INCH = 72  # the layout's unit is a point, so that its texts keep their sizes
_MARGIN = 3.0
_LAND, _CIRCLES, _MARKS, _NAMES = 1, 2, 3, 4  # what is drawn above what


def draw_map_figure(
    answers: pd.DataFrame,
    loc: Localizer,
    name: str,
    alternative: str,
    *,
    named: Collection[str] = (),
) -> style.ChartDrawing:
    """Draw the map of `answers` (see cartogram.draw_cartogram) in the width of a page.

    Each circle is a patch of the figure's axes, whose label is the member's name.
    """
    scene = lay_out_map(placed_members(answers), BROAD_MAP, named)
    boxes = list(scene.bounding_boxes())
    first, last = min(box[0] for box in boxes) - _MARGIN, max(box[1] for box in boxes) + _MARGIN
    top, bottom = min(box[2] for box in boxes) - _MARGIN, max(box[3] for box in boxes) + _MARGIN
    height = (bottom - top) / (last - first) * style.BROAD_WIDTH
    with style.styled_figure(height) as (figure, (axes,)):
        axes.set(xlim=(first, last), ylim=(bottom, top), aspect="equal")
        axes.set_axis_off()
        scale = style.BROAD_WIDTH * _POINTS_PER_INCH / (last - first)
        _draw_land(axes, scene)
        for circle in scene.circles:
            _draw_member(axes, circle, scene.yes_opacity)
        _draw_names(axes, scene, scale)
        shown = {circle.decision for circle in scene.circles}
        handles = [
            Patch(label=label, **_look_of(answer, scene.yes_opacity))
            for answer, label in answer_names(loc).items()
            if answer in shown
        ]
        axes.legend(handles=handles, loc="upper left", frameon=False, title=loc("Svar"))
        return style.ChartDrawing(figure, f"{name}-figure", alternative)


def _draw_land(axes: Axes, scene: MapLayout) -> None:
    """A tint around the circles and names of each county, and between its parts."""
    half = scene.halo_width / 2
    circles = [Path.circle((one.x, one.y), one.radius + half) for one in scene.circles]
    boxes = [
        _polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
        for left, right, top, bottom in scene.text_boxes()
    ]
    bridges = [_bridge(line, half) for line in scene.bridges]
    # One path, so that the tint is the same where its parts overlap.
    land = Path.make_compound_path(*circles, *boxes, *bridges)
    axes.add_patch(
        PathPatch(land, facecolor=palette.RULE_COLOUR, alpha=0.5, linewidth=0, zorder=_LAND)
    )


def _bridge(line: BridgeLine, half: float) -> Path:
    """A line of a width, as the rectangle that it covers."""
    x1, x2, y1, y2 = line
    length = hypot(x2 - x1, y2 - y1) or 1.0
    across, down = -(y2 - y1) / length * half, (x2 - x1) / length * half
    corners = [(x1 - across, y1 - down), (x2 - across, y2 - down)]
    return _polygon([*corners, (x2 + across, y2 + down), (x1 + across, y1 + down)])


def _polygon(corners: list[tuple[float, float]]) -> Path:
    """A closed path, turning as a circle's does, so that none is a hole in another."""
    return Path([*corners, corners[0]], closed=True)


def _draw_member(axes: Axes, circle: MemberCircle, yes_opacity: float) -> None:
    """A circle in the colour of the answer, with the mark that shows it without colour."""
    place = (circle.x, circle.y)
    look = _look_of(circle.decision, yes_opacity)
    axes.add_patch(Circle(place, circle.radius, zorder=_CIRCLES, label=circle.name, **look))
    paper: dict[str, Any] = {"color": palette.PAPER_COLOUR, "zorder": _MARKS}
    if circle.decision == NO:
        wide, high = circle.radius * 1.36, circle.radius * 0.38
        if circle.label and not circle.label.offset_below:
            wide, high = max(wide, circle.label.width + 6), max(high, circle.label.size)
        corner = (circle.x - wide / 2, circle.y - high / 2)
        bar = Rectangle(corner, wide, high, **paper)
        axes.add_patch(bar)
        bar.set_clip_path(Circle(place, circle.radius * 0.96, transform=axes.transData))
    elif circle.decision == CONDITIONAL:  # the axis runs downwards: this is the upper half
        axes.add_patch(Wedge(place, circle.radius * 0.8, 180, 360, **paper))


def _look_of(answer: str, yes_opacity: float) -> dict[str, Any]:
    if answer == UNANSWERED:
        edge = palette.POSSIBLE_COLOUR
        return {"facecolor": palette.PAPER_COLOUR, "edgecolor": edge, "hatch": "//////"}
    alpha = yes_opacity if answer == YES else 1.0
    return {"facecolor": to_rgba(ANSWER_FILLS[answer], alpha), "linewidth": 0}


def _draw_names(axes: Axes, scene: MapLayout, scale: float) -> None:
    """The members' names in ink; the counties' thinner and in grey."""
    for one in scene.circles:
        if one.label:
            text = _draw_name(axes, (one.x, one.y), one.label, scale)
            text.set(color=palette.INK_COLOUR, weight="semibold")
    for sign in scene.county_labels:
        _draw_name(axes, (sign.x, sign.y), sign.label, scale).set_color(palette.MUTED_COLOUR)


def _draw_name(axes: Axes, place: tuple[float, float], label: MapLabel, scale: float) -> Text:
    x, y = place
    return axes.text(
        x,
        y + label.offset_below,
        label.text,
        size=label.size * scale,
        ha="center",
        va="center_baseline",
        zorder=_NAMES,
    )
