"""The map: a circle for each member, its area the fee, its colour and mark the answer."""

from __future__ import annotations

from math import pi

import pandas as pd

from helpers.figures import style
from helpers.figures.map_labels import Label
from helpers.figures.map_layout import BROAD, SLIM, Disc, Scene, Sheet, lay_out
from helpers.figures.map_marks import (
    FILL,
    Key,
    Mark,
    circle,
    hatching,
    key,
    marks,
    number,
    words,
    xml,
)
from helpers.figures.members import decision_names
from helpers.formats import Speech
from helpers.funding.amounts import NO, UNANSWERED, YES

_MARGIN = 3.0
_HALO = f'stroke="{style.PAPER}" stroke-width="2.6" paint-order="stroke"'


def cartogram(
    answers: pd.DataFrame, say: Speech, name: str, alternative: str, slim: bool = False
) -> str:
    """The map as one `<svg>` element, or no text at all where no member has a place.

    `answers` has one row a member: code, name, county, fee, decision, and east_km, north_km, its
    place in kilometres. A member without a place is left out (see `unplaced`). The slim drawing is
    for phones. `name` keeps the drawing's ids apart from those of others on the same page.
    """
    members = answers[_placed(answers)].reset_index(drop=True)
    if members.empty:
        return ""
    sheet = SLIM if slim else BROAD
    scene = lay_out(members, sheet)
    legend = _key(scene, name, say)
    left, top, width, height = _frame(scene, sheet, legend)
    hatched = any(disc.decision == UNANSWERED for disc in scene.discs)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {number(width)} {number(height)}" role="img" '
        f'aria-label="{xml(alternative)}">{hatching(name) if hatched else ""}'
        f'<g font-family="{style.FONT}, sans-serif">'
        f'<g transform="translate({number(left)} {number(top)})">'
        f"{_land(scene, name)}{_circles(scene, name, say)}{_marks(scene, name)}{_names(scene)}</g>"
        f"{legend.svg}</g></svg>"
    )


def unplaced(answers: pd.DataFrame) -> list[str]:
    """The names of the members that have no place and are therefore not on the map."""
    return [str(name) for name in answers.loc[~_placed(answers), "name"]]


def _placed(answers: pd.DataFrame) -> pd.Series[bool]:
    """Whether each member has a place: two finite numbers."""
    places = answers.reindex(columns=["east_km", "north_km"]).apply(pd.to_numeric, errors="coerce")
    placed: pd.Series[bool] = places.abs().lt(float("inf")).all(axis=1)
    return placed


def _frame(scene: Scene, sheet: Sheet, legend: Key) -> tuple[float, float, float, float]:
    """How far the map is moved to the right and down, and how wide and tall the drawing is.

    The key has the upper left corner, where Norway would be: the map is moved down only if it
    would reach into it.
    """
    boxes = list(scene.boxes())
    first, last = min(box[0] for box in boxes), max(box[1] for box in boxes)
    top = _MARGIN - min(box[2] for box in boxes)
    width = max(sheet.width, last - first + 2 * _MARGIN)
    for _ in range(2):  # a drawing that is too tall is made wider, which may free the corner
        left = (width - first - last) / 2
        under = [legend.height - box[2] for box in boxes if box[0] + left < legend.width]
        height = max(box[3] for box in boxes) + max([top, *under]) + _MARGIN
        width = max(width, height / sheet.tallest)
    return (width - first - last) / 2, max([top, *under]), width, height


def _key(scene: Scene, name: str, say: Speech) -> Key:
    """The answers that there are, and two round amounts within the range of the fees."""
    given = {disc.decision for disc in scene.discs}
    labels = {one: label for one, label in decision_names(say).items() if one in given}
    most = max(disc.fee for disc in scene.discs)
    large = 10 ** (len(str(most // 2)) - 1)
    amounts = {amount: say.kr(amount) for amount in (large, large // 10) if amount}
    return key(labels, amounts, scene.scale / pi, (say("Svar"), say("Avgift per år")), name)


def _land(scene: Scene, name: str) -> str:
    """A tint around each county's circles and name, like the land that they lie on."""
    plates = "".join(
        f'<rect x="{number(left)}" y="{number(top)}" width="{number(right - left)}" '
        f'height="{number(bottom - top)}" rx="3"/>'
        for left, right, top, bottom in scene.texts()
    )
    bridges = "".join(
        f'<path d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"/>'
        for x1, x2, y1, y2 in scene.bridges
    )
    return (
        f'<g fill="{style.RULE}" stroke="{style.RULE}" stroke-width="{number(scene.halo)}" '
        f'opacity=".5">{bridges}<use xlink:href="#{name}-all"/>{plates}</g>'
    )


def _circles(scene: Scene, name: str, say: Speech) -> str:
    """All circles by answer, without a stroke of their own: the tint below gives them one."""
    answers = {answer: label.lower() for answer, label in decision_names(say).items()}
    parts = []
    for answer, colour in FILL.items():
        drawn = [
            circle(d.x, d.y, d.radius, within=f"<title>{xml(_title(d, answers, say))}</title>")
            for d in scene.discs
            if d.decision == answer
        ]
        parts += [f'<g fill="{colour}">', *drawn, "</g>"] if drawn else []
    return f'<g id="{name}-all">{"".join(parts)}</g>'


def _title(disc: Disc, answers: dict[str, str], say: Speech) -> str:
    who = f"{disc.name}, {disc.county}" if disc.county else disc.name
    return f"{who}: {say.kr(disc.fee)}, {answers[disc.decision]}"


def _marks(scene: Scene, name: str) -> str:
    found = []
    for disc in scene.discs:
        within = disc.label if disc.label and not disc.label.below else None
        room = (within.width, within.size) if within else ()
        found.append(Mark(disc.decision, disc.x, disc.y, disc.radius, *room))
    return marks(found, name)


def _names(scene: Scene) -> str:
    """Members' names on their circles in the paper's colour, all others in ink; counties' grey."""
    plain: list[str] = []
    on_paper: list[str] = []
    on_hatching: list[str] = []
    for disc in scene.discs:
        if disc.label:
            outside = disc.label.below or disc.decision == NO
            kind = plain if outside else on_paper if disc.decision == YES else on_hatching
            kind.append(_name(disc.x, disc.y, disc.label))
    signs = [_name(sign.x, sign.y, sign.label) for sign in scene.signs]
    return (
        '<g text-anchor="middle" pointer-events="none">'
        f'<g fill="{style.PAPER}">{"".join(on_paper)}</g>'
        f'<g fill="{style.INK}" {_HALO}>{"".join(on_hatching)}</g>'
        f'<g fill="{style.INK}">{"".join(plain)}</g>'
        f'<g fill="{style.MUTED}" font-weight="600">{"".join(signs)}</g></g>'
    )


def _name(x: float, y: float, label: Label) -> str:
    size = f' font-size="{number(label.size)}"'
    return words(x, y + label.below, label.text, size, label.size)
