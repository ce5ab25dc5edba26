"""The map's marks in SVG: circles by answer, texts, and the legend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from markupsafe import escape

from helpers.funding.answers.answer_states import CONDITIONAL, NO, UNANSWERED, YES
from helpers.sections.components import palette
from helpers.sections.map.labels import CAPITAL_HEIGHT
from helpers.system.typefaces.letter_widths import text_width

ANSWER_FILLS = {
    YES: palette.FUNDED_COLOUR,
    CONDITIONAL: palette.FUNDED_COLOUR,
    NO: palette.DECLINED_COLOUR,
    UNANSWERED: palette.PAPER_COLOUR,
}
_LEGEND_TEXT_SIZE, _LEGEND_LINE_HEIGHT, _LEGEND_DOT_RADIUS = (
    9.5,
    15.0,
    5.2,
)  # of the key: its texts, its lines, its circles


def answer_look(answer: str, yes_opacity: float) -> str:
    """Return the attributes of an answer's circles; the colour of a yes may be muted."""
    muted = answer == YES and yes_opacity < 1
    opacity = f' fill-opacity="{str(yes_opacity).lstrip("0")}"' if muted else ""
    return f'fill="{ANSWER_FILLS[answer]}"{opacity}'


@dataclass(frozen=True)
class AnswerMark:
    """The circle of an answer, and the size of the name within it, which sets a bar's height."""

    answer: str
    x: float
    y: float
    radius: float
    width: float = 0.0
    size: float = 0.0


@dataclass(frozen=True)
class MapLegend:
    """The legend in the upper left corner, and its size."""

    svg: str
    width: float
    height: float


def format_length(value: float, digits: int = 1) -> str:
    """Format a length as short as possible."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def escape_xml(text: str) -> str:
    """Escape a text for XML, and remove characters that XML does not allow."""
    return str(escape(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)))


def circle_svg(x: float, y: float, radius: float, more: str = "", within: str = "") -> str:
    """Return a circle with additional attributes and content."""
    place = f'cx="{format_length(x)}" cy="{format_length(y)}" r="{format_length(radius, 2)}"{more}'
    return f"<circle {place}>{within}</circle>" if within else f"<circle {place}/>"


def text_svg(x: float, y: float, text: str, more: str = "", size: float = _LEGEND_TEXT_SIZE) -> str:
    """Return a text with its capitals centred at y, independent of a renderer's baselines."""
    baseline = format_length(y + size * CAPITAL_HEIGHT / 2)
    return f'<text x="{format_length(x)}" y="{baseline}"{more}>{escape_xml(text)}</text>'


def hatching_svg(name: str) -> str:
    """Return the hatching of circles of members that have not answered."""
    return (
        f'<defs><pattern id="{name}-hatch" width="3" height="3" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M1 0v3" stroke="{palette.POSSIBLE_COLOUR}"/>'
        "</pattern></defs>"
    )


def marks_svg(found: Iterable[AnswerMark], name: str) -> str:
    """Return the marks that distinguish answers without colour, drawn over the circles.

    A no has a bar, as on a no-entry sign; no answer has hatching; of a conditional yes only the
    lower half is filled.
    """
    listed = list(found)
    hatched = "".join(
        circle_svg(m.x, m.y, m.radius - 0.45) for m in listed if m.answer == UNANSWERED
    )
    if hatched:
        look = f'fill="url(#{name}-hatch)" stroke="{palette.POSSIBLE_COLOUR}" stroke-width=".9"'
        hatched = f"<g {look}>{hatched}</g>"
    halves = "".join(_half_circle_svg(m) for m in listed if m.answer == CONDITIONAL)
    bars = "".join(_no_entry_bar_svg(m) for m in listed if m.answer == NO)
    return (
        f'<g pointer-events="none">{hatched}<g fill="{palette.PAPER_COLOUR}">{halves}{bars}</g></g>'
        if hatched or halves or bars
        else ""
    )


def _half_circle_svg(m: AnswerMark) -> str:
    hollow = m.radius - min(1.0, m.radius * 0.4)
    arc = format_length(hollow)
    start = f"M{format_length(m.x - hollow)} {format_length(m.y)}"
    return f'<path d="{start}a{arc} {arc} 0 0 1 {format_length(2 * hollow)} 0z"/>'


def _no_entry_bar_svg(m: AnswerMark) -> str:
    high = max(m.radius * 0.38, m.size)
    most = sqrt(max(m.radius * m.radius - high * high / 4, 0)) - m.radius * 0.04
    half = min(max(m.radius * 0.68, m.width / 2 + 3 if m.width else 0), most)
    wide, tall = format_length(2 * half), format_length(high)
    start = f"M{format_length(m.x - half)} {format_length(m.y - high / 2)}"
    return f'<path d="{start}h{wide}v{tall}h-{wide}z"/>'


def draw_map_legend(
    answers: dict[str, str],
    fees: dict[int, str],
    scale: float,
    titles: Sequence[str],
    name: str,
    *,
    yes_opacity: float,
) -> MapLegend:
    """Return the legend: the circle of each answer, and the size of a circle by fee.

    `answers` and `fees` (the larger first) have the texts; `titles` are the two headings.
    """
    left, y = 4.0, 9.0
    heads, texts, dots, shown, rings = [(y, titles[0])], [], [], [], []
    for answer, label in answers.items():
        y += _LEGEND_LINE_HEIGHT
        dot = (left + _LEGEND_DOT_RADIUS, y, _LEGEND_DOT_RADIUS)
        dots.append(circle_svg(*dot, f" {answer_look(answer, yes_opacity)}"))
        shown.append(AnswerMark(answer, *dot))
        texts.append((left + 2 * _LEGEND_DOT_RADIUS + 5, y, label))
    y += _LEGEND_LINE_HEIGHT + 4
    heads.append((y, titles[1]))
    radii = [sqrt(fee * scale) for fee in fees]
    largest, low = radii[0], y + 11 + 2 * radii[0]
    # Each amount is level with its circle's centre, but at least a line from the other.
    at = low + 11
    for radius, label in reversed(list(zip(radii, fees.values(), strict=True))):
        rings.append(circle_svg(left + largest, low - radius, radius))
        at = min(low - radius, at - 11)
        texts.append((left + 2 * largest + 5, at, label))
    across = max(x + text_width(text, _LEGEND_TEXT_SIZE) for x, _, text in texts)
    svg = (
        f'<g font-size="{_LEGEND_TEXT_SIZE}" fill="{palette.INK_COLOUR}"><g font-weight="600">'
        f"{''.join(text_svg(left, y, text) for y, text in heads)}</g>"
        f"{''.join(text_svg(*text) for text in texts)}{''.join(dots)}{marks_svg(shown, name)}"
        f'<g fill="none" stroke="{palette.MUTED_COLOUR}">{"".join(rings)}</g></g>'
    )
    return MapLegend(svg, across + 6, low + 8)
