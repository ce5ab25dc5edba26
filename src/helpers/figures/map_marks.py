"""The map's marks in SVG: what a circle looks like for each answer, texts, and the key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from markupsafe import escape

from helpers.figures import style
from helpers.figures.map_labels import CAP, width_of
from helpers.funding.amounts import CONDITIONAL, NO, UNANSWERED, YES

FILL = {
    YES: style.FUNDED,
    CONDITIONAL: style.FUNDED,
    NO: style.DECLINED,
    UNANSWERED: style.PAPER,
}
_SIZE, _STEP, _DOT = 9.5, 15.0, 5.2  # of the key: its texts, its lines, its circles


@dataclass(frozen=True)
class Mark:
    """An answer's circle, and the size of the name within it: a bar is made to hold that."""

    answer: str
    x: float
    y: float
    radius: float
    width: float = 0.0
    size: float = 0.0


@dataclass(frozen=True)
class Key:
    """The key, which stands in the upper left corner, and how much of it that takes."""

    svg: str
    width: float
    height: float


def number(value: float, digits: int = 1) -> str:
    """A length as short as it can be written."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def xml(text: str) -> str:
    """A text as XML: escaped, and without the letters that XML has no way to write."""
    return str(escape(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)))


def circle(x: float, y: float, radius: float, more: str = "", within: str = "") -> str:
    """A circle with attributes and content of one's choice."""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius, 2)}"{more}'
    return f"<circle {place}>{within}</circle>" if within else f"<circle {place}/>"


def words(x: float, y: float, text: str, more: str = "", size: float = _SIZE) -> str:
    """A text whose capitals have their middle at y, whatever a renderer makes of baselines."""
    return f'<text x="{number(x)}" y="{number(y + size * CAP / 2)}"{more}>{xml(text)}</text>'


def hatching(name: str) -> str:
    """The lines in the circles of those who have not answered."""
    return (
        f'<defs><pattern id="{name}-hatch" width="3" height="3" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M1 0v3" stroke="{style.POSSIBLE}"/>'
        "</pattern></defs>"
    )


def marks(found: Iterable[Mark], name: str) -> str:
    """What tells the answers apart without colour, drawn over the filled circles.

    A bar for no, as on the sign for no entry; hatching for silence; for a yes with a condition,
    only the lower half stays filled.
    """
    listed = list(found)
    hatched = "".join(circle(m.x, m.y, m.radius - 0.45) for m in listed if m.answer == UNANSWERED)
    if hatched:
        look = f'fill="url(#{name}-hatch)" stroke="{style.POSSIBLE}" stroke-width=".9"'
        hatched = f"<g {look}>{hatched}</g>"
    halves = "".join(_half(m) for m in listed if m.answer == CONDITIONAL)
    bars = "".join(_bar(m) for m in listed if m.answer == NO)
    return (
        f'<g pointer-events="none">{hatched}<g fill="{style.PAPER}">{halves}{bars}</g></g>'
        if hatched or halves or bars
        else ""
    )


def _half(m: Mark) -> str:
    hollow = m.radius - min(1.0, m.radius * 0.4)
    arc = number(hollow)
    start = f"M{number(m.x - hollow)} {number(m.y)}"
    return f'<path d="{start}a{arc} {arc} 0 0 1 {number(2 * hollow)} 0z"/>'


def _bar(m: Mark) -> str:
    high = max(m.radius * 0.38, m.size)
    most = sqrt(max(m.radius * m.radius - high * high / 4, 0)) - m.radius * 0.04
    half = min(max(m.radius * 0.68, m.width / 2 + 3 if m.width else 0), most)
    wide, tall = number(2 * half), number(high)
    start = f"M{number(m.x - half)} {number(m.y - high / 2)}"
    return f'<path d="{start}h{wide}v{tall}h-{wide}z"/>'


def key(
    answers: dict[str, str], fees: dict[int, str], scale: float, titles: Sequence[str], name: str
) -> Key:
    """What each answer's circle looks like, and how large a circle is for a fee.

    `answers` and `fees` (the larger first) say in words what is shown; `titles` head the two.
    """
    left, y = 4.0, 9.0
    heads, texts, dots, shown, rings = [(y, titles[0])], [], [], [], []
    for answer, label in answers.items():
        y += _STEP
        dots.append(circle(left + _DOT, y, _DOT, f' fill="{FILL[answer]}"'))
        shown.append(Mark(answer, left + _DOT, y, _DOT))
        texts.append((left + 2 * _DOT + 5, y, label))
    y += _STEP + 4
    heads.append((y, titles[1]))
    radii = [sqrt(fee * scale) for fee in fees]
    largest, low = radii[0], y + 11 + 2 * radii[0]
    # Each amount as high as the middle of its circle, but never so near that two touch.
    at = low + 11
    for radius, label in reversed(list(zip(radii, fees.values(), strict=True))):
        rings.append(circle(left + largest, low - radius, radius))
        at = min(low - radius, at - 11)
        texts.append((left + 2 * largest + 5, at, label))
    across = max(x + width_of(text, _SIZE) for x, _, text in texts)
    svg = (
        f'<g font-size="{_SIZE}" fill="{style.INK}"><g font-weight="600">'
        f"{''.join(words(left, y, text) for y, text in heads)}</g>"
        f"{''.join(words(*text) for text in texts)}{''.join(dots)}{marks(shown, name)}"
        f'<g fill="none" stroke="{style.MUTED}">{"".join(rings)}</g></g>'
    )
    return Key(svg, across + 6, low + 8)
