"""The chart of the funded share from report to report: a step on the day of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from markupsafe import Markup

from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.palette import FUNDED_COLOUR, INK_COLOUR, MUTED_COLOUR, RULE_COLOUR
from helpers.system.typefaces.report_typeface import FONT_FAMILY

DatedShare = tuple[date, float]
_DRAWING_HEIGHT = 200  # of the drawing; its letters are 15 high, so it is as wide as its column
_TOP_MARGIN, _FOOT_MARGIN, _LEFT_MARGIN, _RIGHT_MARGIN = 16, 30, 48, 16


def share_over_time(
    points: Sequence[DatedShare], loc: Localizer, *, inhabitants: bool = False
) -> Block:
    """Draw the share on each day that has a report; at least two days, in order.

    It is of the requested amount, or with `inhabitants` of all inhabitants. It is not drawn by
    matplotlib, because the index is written after every run and importing matplotlib takes time.
    """
    (first, before), (last, now) = points[0], points[-1]
    values = {
        "before": _format_share(before, loc),
        "first": loc.date(first),
        "now": _format_share(now, loc),
        "last": loc.date(last),
    }
    finding = (
        loc(
            "Andelen av invånarna som bor i kommuner som är med har gått från {before} den "
            "{first} till {now} den {last}",
            **values,
        )
        if inhabitants
        else loc(
            "Den säkrade andelen av det önskade beloppet har gått från {before} den {first} "
            "till {now} den {last}",
            **values,
        )
    )
    alternative = loc(
        "{finding}. Trappa med en punkt för varje rapport. Andelarna står i listan nedanför.",
        finding=finding,
    )
    return chart_block(partial(_draw_share_line, points, loc, alternative), finding, alternative)


def _format_share(share: float, loc: Localizer) -> str:
    return loc.percent(Fraction(str(share)))


def _draw_share_line(
    points: Sequence[DatedShare], loc: Localizer, alternative: str, slim: bool
) -> str:
    drawing_width = 340 if slim else 640
    x, y = _scales(points, drawing_width)
    parts = [_grid_line(share, loc, drawing_width, y(share)) for share in (0.0, 0.5, 1.0)]
    # A share holds until the next report: what happened between them is not known.
    steps = "".join(f"H{x(day)}V{y(share)}" for day, share in points[1:])
    start = f"M{x(points[0][0])} {y(points[0][1])}"
    parts.append(
        Markup('<path d="{}" fill="none" stroke="{}" stroke-width="2"/>').format(
            start + steps, FUNDED_COLOUR
        )
    )
    dot_markup = Markup('<circle cx="{}" cy="{}" r="4" fill="{}"/>')
    parts += [dot_markup.format(x(day), y(share), FUNDED_COLOUR) for day, share in points]
    first, last = (loc.short_date(day) for day, _ in (points[0], points[-1]))
    foot = _DRAWING_HEIGHT - 8
    parts.append(_axis_text(_LEFT_MARGIN, foot, first, INK_COLOUR, "start"))
    parts.append(_axis_text(drawing_width - _RIGHT_MARGIN, foot, last, INK_COLOUR, "end"))
    opening = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}">'
    ).format(drawing_width, _DRAWING_HEIGHT, alternative)
    return str(opening + Markup("").join(parts) + Markup("</svg>"))


def _scales(
    points: Sequence[DatedShare], drawing_width: int
) -> tuple[Callable[[date], float], Callable[[float], float]]:
    """Return the functions from a day and from a share to the drawing's coordinates."""
    highest = max(1.0, *(share for _, share in points))
    first_day, days = points[0][0], max(1, (points[-1][0] - points[0][0]).days)
    width = drawing_width - _LEFT_MARGIN - _RIGHT_MARGIN
    height = _DRAWING_HEIGHT - _TOP_MARGIN - _FOOT_MARGIN

    def x(day: date) -> float:
        return round(_LEFT_MARGIN + width * (day - first_day).days / days, 1)

    def y(share: float) -> float:
        return round(_DRAWING_HEIGHT - _FOOT_MARGIN - height * share / highest, 1)

    return x, y


def _grid_line(share: float, loc: Localizer, drawing_width: int, height: float) -> Markup:
    """Return a horizontal line with its percentage."""
    line = Markup('<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>').format(
        _LEFT_MARGIN,
        drawing_width - _RIGHT_MARGIN,
        height,
        height,
        MUTED_COLOUR if share == 0 else RULE_COLOUR,
    )
    return line + _axis_text(
        _LEFT_MARGIN - 6, height + 5, _format_share(share, loc), INK_COLOUR, "end"
    )


def _axis_text(across: float, down: float, text: str, colour: str, anchor: str) -> Markup:
    return Markup(
        '<text x="{}" y="{}" fill="{}" text-anchor="{}" font-size="15" '
        'font-family="{}, sans-serif">{}</text>'
    ).format(across, down, colour, anchor, FONT_FAMILY, text)
