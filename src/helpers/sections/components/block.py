"""What a notebook call returns: a section as data, which shows itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.errors import ReportError
from helpers.model.brand.brand_look import BrandLook
from helpers.sections.components.parts.jupyterlab_html import as_jupyterlab_html
from helpers.sections.components.parts.live_chart import LiveChart
from helpers.sections.components.parts.section_html import part_as_html
from helpers.sections.components.parts.section_parts import (
    SECTION_MIME,
    SECTION_VERSION,
    ChartPart,
    NamesPart,
    PicturePart,
    SectionPart,
    TablePart,
)
from helpers.sections.components.parts.section_plain import part_as_plain
from helpers.sections.components.tables.section_choice import SectionChoice
from helpers.sections.components.tables.section_table import SectionTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Describe = Callable[[pd.DataFrame], pd.DataFrame]
Redraw = Callable[[SectionChoice], "Block"]
_PARTS_WITHOUT_TEXT = (TablePart, NamesPart, ChartPart, PicturePart)
HTML_MIME, PLAIN_MIME = "text/html", "text/plain"


@dataclass(frozen=True)
class Block:
    """A section or a piece of one: its parts in order.

    Without parts it does not apply, for the `reason` that JupyterLab shows. `look` is that of the
    round's brand, which JupyterLab's drawings have too.

    A notebook stores it as JSON, which the exporters read, next to its text and to the HTML that
    JupyterLab shows. See docs/explanation/sections.md.
    """

    parts: tuple[SectionPart, ...]
    charts: tuple[LiveChart, ...] = field(default=(), compare=False)
    sources: tuple[SectionTable, ...] = field(default=(), compare=False)
    drawn: pd.DataFrame | None = field(default=None, compare=False)
    describe: Describe | None = field(default=None, compare=False)
    redraw: Redraw | None = field(default=None, compare=False)
    reason: str = field(default="", compare=False)
    look: BrandLook | None = field(default=None, compare=False)

    @property
    def html(self) -> str:
        """The parts as HTML, in which all data is escaped."""
        return "\n".join(map(part_as_html, self._current_parts()))

    @property
    def plain(self) -> str:
        """The parts as plain text."""
        return "\n\n".join(map(part_as_plain, self._current_parts()))

    @property
    def text(self) -> str:
        """What the section says in words, without its tables, lists of names and drawings."""
        shown = (part for part in self.parts if not isinstance(part, _PARTS_WITHOUT_TEXT))
        return "\n\n".join(map(part_as_plain, shown))

    @property
    def data(self) -> pd.DataFrame:
        """What the section draws and tabulates, as a DataFrame; `attrs["units"]` has the units.

        Of several tables it is the first; `tables` has them all. A section of words alone gives
        its paragraphs.
        """
        return self.tables[0]

    @property
    def tables(self) -> tuple[pd.DataFrame, ...]:
        """What the section draws, if it is not a table, and each table, as DataFrames."""
        drawn = [] if self.drawn is None else [self.drawn.copy()]
        found = [*drawn, *(self._described(source.frame) for source in self.sources)]
        return tuple(found) or (self._described(self._paragraphs()),)

    def _described(self, frame: pd.DataFrame) -> pd.DataFrame:
        return self.describe(frame) if self.describe else frame

    def _paragraphs(self) -> pd.DataFrame:
        """The words of the section, one part a row."""
        rows = [{"part": part.kind, "text": part_as_plain(part)} for part in self.parts]
        frame = pd.DataFrame(rows, columns=["part", "text"])
        frame.attrs["units"] = {"part": "text", "text": "text"}
        return frame

    def with_drawn(self, frame: pd.DataFrame) -> Block:
        """The section with the DataFrame that its chart draws."""
        return replace(self, drawn=frame)

    @property
    def figure(self) -> Figure:
        """The matplotlib figure that the section shows.

        Change it, and page, phone and PDF carry the change. Raises ReportError where the section
        shows no such figure.
        """
        return self._chart().figure

    def describe_figure(self, alternative: str) -> Block:
        """The section, whose figure has another text alternative, for a figure that was changed."""
        self._chart().describe(alternative)
        return self

    def _chart(self) -> LiveChart:
        if not self.charts:
            raise ReportError(
                "This section shows no matplotlib figure. Its words are in .text; "
                "report.tables and report.scenarios have the numbers."
            )
        return self.charts[0]

    def _current_parts(self) -> Iterator[SectionPart]:
        """The parts, with each chart as its figure is now."""
        charts = {id(chart.part): chart for chart in self.charts}
        for part in self.parts:
            yield charts[id(part)].current_part() if id(part) in charts else part

    def as_json(self) -> dict[str, Any]:
        """The section as it is stored (see section_parts.StoredSection)."""
        return {
            "version": SECTION_VERSION,
            "applies": bool(self.parts),
            "parts": [
                part.model_dump(mode="json", exclude_none=True) for part in self._current_parts()
            ],
        }

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        now = Block(tuple(self._current_parts()))  # each figure is drawn once for the three forms
        shown = as_jupyterlab_html(now.html, self.reason, self.look)
        return {SECTION_MIME: now.as_json(), HTML_MIME: shown, PLAIN_MIME: now.plain}

    def __repr__(self) -> str:
        return self.plain


# A section that does not apply: it is left out of the documents, together with its heading.
EMPTY_BLOCK = Block(())


def does_not_apply(reason: str) -> Block:
    """A section that does not apply to the round or to the report, and why."""
    return Block((), reason=reason)


def stack(*blocks: Block) -> Block:
    """Put blocks below each other."""
    return Block(
        tuple(part for block in blocks for part in block.parts),
        tuple(chart for block in blocks for chart in block.charts),
        tuple(source for block in blocks for source in block.sources),
    )
