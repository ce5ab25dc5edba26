"""A chart whose figure an analyst may change, so that every document carries the change."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from markupsafe import escape

from helpers.sections.components.parts.section_parts import ChartPart
from helpers.system.typefaces.drawing_typeface import drawing_typeface, drawn_in

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PHONE_SUFFIX = "-slim"
# matplotlib computes ids from coordinates, whose last digits differ from drawing to drawing.
_ID = re.compile(r'(url\(#|href="#| id=")[^)"]+')


class DrawnChart(Protocol):
    """A matplotlib figure in the style of the documents (see charts.style.ChartDrawing)."""

    @property
    def figure(self) -> Figure:
        """The figure, which may be changed."""

    def add_foot(self, text: str) -> None:
        """Write a line below everything else in the figure."""

    def svg(self, alternative: str = "", suffix: str = "") -> str:
        """The figure as it is now; `suffix` keeps the ids of a second drawing apart."""

    def phone_svg(self, alternative: str, suffix: str) -> str | None:
        """The figure as it is now, in the width of a phone; None where its texts do not fit."""


class LiveChart:
    """A chart as it is stored, and the figure behind it, which is drawn when it is asked for."""

    def __init__(self, part: ChartPart, draw: Callable[[], DrawnChart]) -> None:
        self.part = part
        self.draw = draw
        self._typeface = drawing_typeface()
        self._alternative = ""
        self._warned_of: dict[str, str] = {}

    @property
    def figure(self) -> Figure:
        """The matplotlib figure of the drawing for screens and paper."""
        return self._drawn[0].figure

    @cached_property
    def _drawn(self) -> tuple[DrawnChart, str]:
        """The drawing, and how it looks before anything is changed."""
        with drawn_in(self._typeface):
            drawing = self.draw()
            return drawing, _without_ids(drawing.svg())

    def describe(self, alternative: str) -> None:
        """Set the text alternative of a figure that has been changed."""
        self._alternative = alternative

    def current_part(self) -> ChartPart:
        """The chart as it is now, with a changed figure laid out for phones where it fits them."""
        if "_drawn" not in vars(self):
            return self._described_part()
        with drawn_in(self._typeface):
            return self._drawn_part()

    def _drawn_part(self) -> ChartPart:
        drawing, unchanged = self._drawn
        look = _without_ids(drawing.svg())
        if look == unchanged:
            return self._described_part()
        if not self._alternative:
            self._warn_of_alternative(look)
        alternative = self._alternative or self.part.alternative
        broad, slim = drawing.svg(alternative), drawing.phone_svg(alternative, _PHONE_SUFFIX)
        if slim is None:
            self._warn_of_phones(look)
            slim = drawing.svg(alternative, _PHONE_SUFFIX)
        return self._described_part().model_copy(update={"broad": broad, "slim": slim})

    def _described_part(self) -> ChartPart:
        return with_alternative(self.part, self._alternative) if self._alternative else self.part

    def _warn_of_alternative(self, look: str) -> None:
        if self._is_new(look, "alternative"):
            warnings.warn(
                "The figure has been changed. Its text alternative has not: "
                f"“{self.part.alternative}” If that no longer fits, give the section another "
                'one: section.describe_figure("…").',
                stacklevel=2,
            )

    def _warn_of_phones(self, look: str) -> None:
        if self._is_new(look, "phones"):
            warnings.warn(
                "The changed figure has no room for its texts in the width of a phone. Phones show "
                "it as it is on paper, with small letters. Shorter texts, or fewer, may fit.",
                stacklevel=2,
            )

    def _is_new(self, look: str, warning: str) -> bool:
        """Whether a figure that looks like this has not been warned of yet."""
        is_new = self._warned_of.get(warning) != look
        self._warned_of[warning] = look
        return is_new


def with_alternative(part: ChartPart, alternative: str) -> ChartPart:
    """The chart with another text alternative, which its drawings have too."""
    before, after = (f'aria-label="{escape(text)}"' for text in (part.alternative, alternative))
    drawings = {"broad": part.broad.replace(before, after, 1)}
    if part.slim is not None:
        drawings["slim"] = part.slim.replace(before, after, 1)
    return part.model_copy(update={"alternative": alternative, **drawings})


def _without_ids(svg: str) -> str:
    return _ID.sub(r"\1", svg)
