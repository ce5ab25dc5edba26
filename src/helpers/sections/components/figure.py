"""A chart as a block: its finding, its drawings, and a text alternative."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

from helpers.i18n.localizer import Localizer
from helpers.sections.components import palette
from helpers.sections.components.block import Block, typst_call

_MAX_HEIGHT_RATIO = 1.22  # times the width of the text: what is left of an A4 page below a heading
DrawChart = Callable[[bool], str]


def chart_block(draw: DrawChart, finding: str, alternative: str, note: str = "") -> Block:
    """Return a chart below the sentence that it shows, with an optional note.

    `draw(slim)` returns the `<svg>`: wide for paper and screens, or narrow for phones. The page's
    style sheet chooses; without one, as in JupyterLab, the wide drawing is shown.
    """
    broad_svg = draw(False)
    drawings = _svg_markup(broad_svg, 'class="broad"') + _svg_markup(
        draw(True), 'class="slim" style="display:none"'
    )
    note_html = Markup('<p class="note">{}</p>').format(note) if note else ""
    html = Markup('<figure class="chart"><figcaption>{}</figcaption>{}{}</figure>').format(
        finding, drawings, note_html
    )
    texts = {"finding": finding, "alternative": alternative, "note": note}
    typst = typst_call("chart", svg=broad_svg, **texts, width=_page_width_percent(broad_svg))
    return Block(html, typst, f"{finding}\n{alternative}")


def with_skip_link(block: Block, name: str, loc: Localizer) -> Block:
    """Add a link that skips a large picture, for readers who use a keyboard."""
    html = Markup(
        '<a class="skip-figure" href="#after-{name}">{skip}</a>\n{block}\n'
        '<div id="after-{name}" tabindex="-1"></div>'
    ).format(name=name, skip=loc("Hoppa över bilden"), block=Markup(block.html))  # noqa: S704 ours
    return Block(html, block.typst, block.plain)


def _page_width_percent(svg: str) -> float:
    """Return the share of a page's width for a drawing, so that heading and note fit on the page.

    In percent: a drawing whose height exceeds _MAX_HEIGHT_RATIO times its width is narrowed.
    """
    _, _, width, height = map(float, re.findall(r'viewBox="([^"]*)"', svg)[0].split())
    return round(min(100, 100 * _MAX_HEIGHT_RATIO * width / height), 1)


def _svg_markup(svg: str, attributes: str) -> Markup:
    marked = palette.use_page_colours(svg).replace("<svg ", f"<svg {attributes} ", 1)
    return Markup(marked)  # noqa: S704 drawn by us, its texts escaped
