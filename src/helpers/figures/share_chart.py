"""The funded share from report to report, as a line with a point for each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from markupsafe import Markup

from helpers.figures.block import Block
from helpers.figures.picture import picture
from helpers.figures.style import FUNDED, INK, MUTED, RULE
from helpers.formats import Speech

Point = tuple[date, float]
_TALL = 200  # of the drawing; its letters are 15 high, so it is as wide as its place
_TOP, _FOOT, _LEFT, _RIGHT = 16, 30, 48, 16


def share_chart(points: Sequence[Point], say: Speech, *, inhabitants: bool = False) -> Block:
    """The share, from 0 up, on each day that has a report; two days at least, in order.

    It is of the requested amount, or with `inhabitants` of all inhabitants. Drawn here and not by
    matplotlib: an index is written after every run, and this takes no time.
    """
    (first, before), (last, now) = points[0], points[-1]
    values = {
        "before": _percent(before, say), "first": say.date(first),
        "now": _percent(now, say), "last": say.date(last),
    }  # fmt: skip
    finding = (
        say("Invånare i kommuner som är med: {before} den {first}, {now} den {last}", **values)
        if inhabitants
        else say("Säkrat av det önskade beloppet: {before} den {first}, {now} den {last}", **values)
    )
    listed = "; ".join(f"{say.date(day)} {_percent(share, say)}" for day, share in points)
    alternative = say("{finding}. Linje med en punkt för varje rapport. {listed}.",
                      finding=finding, listed=listed)  # fmt: skip
    return picture(partial(_draw, points, say, alternative), finding, alternative)


def _percent(share: float, say: Speech) -> str:
    return say.percent(Fraction(str(share)))


def _draw(points: Sequence[Point], say: Speech, alternative: str, slim: bool) -> str:
    wide = 340 if slim else 640
    highest = max(1.0, *(share for _, share in points))
    begins, days = points[0][0], max(1, (points[-1][0] - points[0][0]).days)

    def x(day: date) -> float:
        return round(_LEFT + (wide - _LEFT - _RIGHT) * (day - begins).days / days, 1)

    def y(share: float) -> float:
        return round(_TALL - _FOOT - (_TALL - _TOP - _FOOT) * share / highest, 1)

    parts = [_line(0.0, say, wide, y(0.0)), _line(0.5, say, wide, y(0.5)),
             _line(1.0, say, wide, y(1.0))]  # fmt: skip
    places = " ".join(f"{x(day)},{y(share)}" for day, share in points)
    parts.append(Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>').format(
        places, FUNDED))  # fmt: skip
    dot = Markup('<circle cx="{}" cy="{}" r="4" fill="{}"/>')
    parts += [dot.format(x(day), y(share), FUNDED) for day, share in points]
    parts.append(_text(_LEFT, _TALL - 8, say.short_date(begins), INK, "start"))
    parts.append(_text(wide - _RIGHT, _TALL - 8, say.short_date(points[-1][0]), INK, "end"))
    opening = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" '
                     'aria-label="{}">').format(wide, _TALL, alternative)  # fmt: skip
    return str(opening + Markup("").join(parts) + Markup("</svg>"))


def _line(share: float, say: Speech, wide: int, height: float) -> Markup:
    """A line across with its percentage before it."""
    line = Markup('<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>').format(
        _LEFT, wide - _RIGHT, height, height, MUTED if share == 0 else RULE)  # fmt: skip
    return line + _text(_LEFT - 6, height + 5, _percent(share, say), INK, "end")


def _text(across: float, down: float, text: str, colour: str, anchor: str) -> Markup:
    return Markup(
        '<text x="{}" y="{}" fill="{}" text-anchor="{}" font-size="15" '
        'font-family="Source Sans Pro, sans-serif">{}</text>'
    ).format(across, down, colour, anchor, text)
