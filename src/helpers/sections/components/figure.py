"""A chart as a block: its finding, its drawings, and a description in words."""

from __future__ import annotations

from collections.abc import Callable

from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block
from helpers.sections.components.section_parts import ChartPart, SkipLink

DrawChart = Callable[[bool], str]


def chart_block(
    draw: DrawChart,
    finding: str,
    alternative: str,
    note: str = "",
    skip: SkipLink | None = None,
) -> Block:
    """A chart under the sentence that it shows, with an optional note below.

    `draw(slim)` gives the `<svg>`: the broad one for paper and screens, the slim one for phones.
    """
    part = ChartPart(
        finding=finding,
        alternative=alternative,
        note=note,
        broad=draw(False),
        slim=draw(True),
        skip=skip,
    )
    return Block((part,))


def skip_link(name: str, loc: Localizer) -> SkipLink:
    """A link past a large picture, for readers who use a keyboard."""
    return SkipLink(name=name, text=loc("Hoppa över bilden"))
