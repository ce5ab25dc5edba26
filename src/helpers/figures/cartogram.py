"""A Dorling cartogram: a circle per member near its place, as large as its fee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from helpers.figures import style
from helpers.figures.county_labels import county_labels
from helpers.figures.dorling import Gaps, dorling
from helpers.figures.members import decision_names
from helpers.formats import Speech
from helpers.funding.amounts import CONDITIONAL, NO, UNANSWERED, YES

# The whole is as many square kilometres as 12 400 circles of one kilometre: Stockholm's, with
# 8.6 % of the 2016 fees, gets a radius of 62 km.
_SQUARE_RADII = 44_600
_GAPS = Gaps(near=1.2, apart=10.0)  # km
# North of Gävle the map is pressed together: there are few members, and the page is not so high.
_PRESSED_FROM, _PRESSED_TO = 6750.0, 0.45
_EDGE = 8.0
_LAND = 9.0  # how broad the land is around the circles, both sides together
_FILL = {
    YES: style.FUNDED,
    NO: style.DECLINED,
    CONDITIONAL: style.FUNDED,
    UNANSWERED: style.POSSIBLE,
}


@dataclass(frozen=True)
class _Frame:
    """A drawing's size and how kilometres become its units."""

    width: float
    height: float
    scale: float
    left: float
    top: float


def unplaced(answers: pd.DataFrame) -> list[str]:
    """The names of the members that have no place."""
    if "east_km" not in answers or "north_km" not in answers:
        return list(answers["name"])
    return list(answers.loc[answers[["east_km", "north_km"]].isna().any(axis=1), "name"])


def lay_out(answers: pd.DataFrame) -> pd.DataFrame:
    """The members that have a place, with x, y and radius in kilometres, y downwards.

    `answers` has code, name, county, fee, decision, east_km and north_km.
    """
    placed = answers.dropna(subset=["east_km", "north_km"]).reset_index(drop=True)
    radius = np.sqrt(placed["fee"].to_numpy() * (_SQUARE_RADII / placed["fee"].sum()))
    north = placed["north_km"].to_numpy()
    beyond = np.maximum(north - _PRESSED_FROM, 0)
    y = _PRESSED_TO * -beyond - np.minimum(north, _PRESSED_FROM)
    county, _ = pd.factorize(placed["county"])
    x, y = dorling(placed["east_km"].to_numpy(), y, radius, county, _GAPS)
    return placed.assign(x=x, y=y, radius=radius)


def cartogram(placed: pd.DataFrame, say: Speech, name: str, alternative: str, *, slim: bool) -> str:
    """The map as one `<svg>`; `placed` as lay_out gives it, `name` a prefix of its ids."""
    frame = _frame(placed, slim)
    at = placed.assign(
        x=(placed["x"] - frame.left) * frame.scale,
        y=(placed["y"] - frame.top) * frame.scale,
        radius=placed["radius"] * frame.scale,
    )
    parts = [
        _counties(at, say, name),
        _marks(at),
        _names(at, 9.5 if slim else 8.5, slim=slim),
        "" if slim else county_labels(at, frame.width),
        _key(at, int(placed["fee"].sum()), say, frame.scale, slim=slim),
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {frame.width:g} {frame.height:g}" font-family="{style.FONT}" '
        f'role="img" aria-label="{escape(alternative)}">{"".join(parts)}</svg>'
    )


def _frame(placed: pd.DataFrame, slim: bool) -> _Frame:
    """The map as large as the width allows; the broad one leaves margins for counties' names."""
    width, margin = (259.2, _EDGE / 2) if slim else (432.0, 62.0)
    left = (placed["x"] - placed["radius"]).min()
    right = (placed["x"] + placed["radius"]).max()
    top = (placed["y"] - placed["radius"]).min()
    bottom = (placed["y"] + placed["radius"]).max()
    scale = min(
        (width - 2 * margin) / (right - left), 1.13 * width / (bottom - top) if not slim else 9
    )
    aside = (width / scale - (right - left)) / 2
    height = round((bottom - top) * scale + 2 * _EDGE, 1)
    return _Frame(width, height, scale, left - aside, top - _EDGE / scale)


def _counties(at: pd.DataFrame, say: Speech, name: str) -> str:
    """The circles county by county, each county on land of its own.

    The circles leave their stroke to whoever uses them: drawn with a broad one, they are an area
    around the county. Every area comes before every circle, so none is covered.
    """
    land, circles = [], []
    for number, (_, members) in enumerate(at.groupby("county", sort=True)):
        id_ = f"{name}-{number}"
        use = f'<use xlink:href="#{id_}" stroke='
        land.append(f'{use}"{style.PAPER}" stroke-width="{_LAND + 1.6}"/>')
        land.append(f'{use}"{style.LAND}" stroke-width="{_LAND}"/>')
        drawn = "".join(_circle(row, say) for row in members.itertuples())
        circles.append(f'<g id="{id_}">{drawn}</g>')
    return f'<g pointer-events="none">{"".join(land)}</g>{"".join(circles)}'


def _circle(row: Any, say: Speech) -> str:
    answer = decision_names(say)[row.decision].lower()
    title = f"{row.name}, {row.county}: {say.kr(row.fee)}, {answer}"
    place = f'cx="{row.x:.1f}" cy="{row.y:.1f}" r="{row.radius:.2f}"'
    fill = _FILL[row.decision]
    return f'<circle {place} fill="{fill}"><title>{escape(title)}</title></circle>'


def _marks(at: pd.DataFrame) -> str:
    """What tells the answers apart without colour: a bar for no, a hollow for silence."""
    marks = "".join(_mark(r.decision, r.x, r.y, r.radius) for r in at.itertuples())  # type: ignore[arg-type]
    return f'<g pointer-events="none">{marks}</g>'


def _mark(decision: str, x: float, y: float, radius: float) -> str:
    if decision == NO:
        bar = f'd="M{x - 0.62 * radius:.1f} {y:.1f}h{1.24 * radius:.1f}"'
        return f'<path {bar} stroke="{style.PAPER}" stroke-width="{0.34 * radius:.1f}"/>'
    if decision in (UNANSWERED, CONDITIONAL):
        inner = max(radius - 1, radius * 0.6)
        hollow = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{inner:.2f}" fill="{style.PAPER}"/>'
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{0.4 * radius:.2f}" fill="{style.FUNDED}"/>'
        return hollow + (dot if decision == CONDITIONAL else "")
    return ""


def _names(at: pd.DataFrame, size: float, *, slim: bool) -> str:
    """The names of the largest members on their circles: ten, or three where it is slim."""
    largest = at.sort_values(["radius", "code"], ascending=[False, True]).head(3 if slim else 10)
    written = "".join(_name(row, size) for row in largest.itertuples())
    return f'<g text-anchor="middle" font-weight="600" pointer-events="none">{written}</g>'


def _name(row: Any, size: float) -> str:
    """A name in its circle, below the bar of a no; with an edge of paper where it does not fit."""
    y = row.y + size * 0.34 + (0.5 * row.radius if row.decision == NO else 0)
    if _fits(row, size) and row.decision in (YES, NO):
        return _text(row.name, row.x, y, size, style.PAPER)
    edge = f'stroke="{style.PAPER}" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke"'
    return f"<g {edge}>{_text(row.name, row.x, y, size, style.INK)}</g>"


def _fits(row: Any, size: float) -> bool:
    return bool(text_width(row.name, size) < 2 * row.radius - 2)


def _text(text: str, x: float, y: float, size: float, ink: str) -> str:
    return Markup('<text x="{:.1f}" y="{:.1f}" font-size="{:g}" fill="{}">{}</text>').format(
        x, y, size, ink, text
    )


def text_width(text: str, size: float) -> float:
    """About how wide a text is in our typeface; half an em a letter."""
    return 0.53 * size * len(text)


def _key(at: pd.DataFrame, total: int, say: Speech, scale: float, *, slim: bool) -> str:
    """What the marks mean and how large a fee is, in the empty corner by Norway."""
    names = decision_names(say)
    size, x, y = 10.0, 10.0, 14.0
    rows = []
    for decision in [d for d in (YES, CONDITIONAL, NO, UNANSWERED) if (at["decision"] == d).any()]:
        circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{_FILL[decision]}"/>'
        rows.append(circle + _mark(decision, x, y, 6))
        rows.append(_text(names[decision], x + 12, y + 3.5, size, style.INK))
        y += 17
    for amount in (100_000,) if slim else (100_000, 10_000):
        radius = float(np.sqrt(amount * _SQUARE_RADII / total)) * scale
        y += radius
        line = f'fill="none" stroke="{style.MUTED}"'
        rows.append(f'<circle cx="{x + 10:.1f}" cy="{y:.1f}" r="{radius:.1f}" {line}/>')
        rows.append(_text(say.kr(amount), x + 34, y + 3.5, size, style.INK))
        y += radius + 6
    return "".join(rows)
