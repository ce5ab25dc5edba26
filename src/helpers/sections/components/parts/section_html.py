"""The parts of a section as HTML, for a page and for JupyterLab; all their texts are escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup, escape

from helpers.i18n.money_units import NBSP
from helpers.sections.components import palette
from helpers.sections.components.parts.section_parts import (
    BulletsPart,
    CalloutPart,
    ChartPart,
    Column,
    HeadingPart,
    HeadlinePart,
    LetterheadPart,
    MarkedText,
    NamesPart,
    ParagraphPart,
    PicturePart,
    PreformattedPart,
    QuotationPart,
    RunningText,
    SectionPart,
    SignaturePart,
    TablePart,
)
from helpers.sections.components.parts.table_width import LONG_TEXT, LONG_WORD, fit_class

WIDE_TABLE_COLUMNS = 8  # columns, from which a table may be broader than the text
MAX_UNIT_LENGTH = 12  # letters of a heading's unit that stay on one line
_CHUNKS = re.compile(r"(?s).{1,8}")
_YEAR_RANGE, _WHOLE = re.compile(r"\b\d{4}–\d{4}\b"), r'<span class="whole">\g<0></span>'
_MARK_TEMPLATES = {
    "strong": Markup("<strong>{}</strong>"),
    "emphasis": Markup("<em>{}</em>"),
    "code": Markup("<code>{}</code>"),
    "sv": Markup('<span lang="sv">{}</span>'),
    "en": Markup('<span lang="en">{}</span>'),
}


def part_as_html(part: SectionPart) -> str:
    """One part as HTML."""
    return _HTML_RENDERERS[type(part)](part)


def keep_unit_together(heading: str) -> str:
    """Return a heading in which the unit, after the last comma, is not broken over lines."""
    text, comma, unit = heading.rpartition(", ")
    if not comma or len(unit) > MAX_UNIT_LENGTH:
        return heading
    return f"{text}, {unit.replace(' ', NBSP)}"


def _text_html(text: str) -> Markup:
    """A text, in which a range of years is not broken over lines."""
    return Markup(_YEAR_RANGE.sub(_WHOLE, str(escape(text))))  # noqa: S704 escaped


def _running_text_html(text: RunningText) -> Markup:
    if isinstance(text, str):
        return _text_html(text)
    return Markup("").join(map(_piece_html, text))


def _piece_html(piece: str | MarkedText) -> Markup:
    if isinstance(piece, str):
        return _text_html(piece)
    return _MARK_TEMPLATES[piece.mark].format(piece.text)


def _language_html(language: str | None) -> Markup:
    return Markup(' lang="{}"').format(language) if language else Markup()


def _headline_html(part: HeadlinePart) -> str:
    heading = Markup("<h1>{}</h1>").format(_text_html(part.text))
    return heading + (Markup('\n<p class="lead">{}</p>').format(part.lead) if part.lead else "")


def _heading_html(part: HeadingPart) -> str:
    return Markup("<h{}>{}</h{}>").format(part.level, _text_html(part.text), part.level)


def _paragraph_html(part: ParagraphPart) -> str:
    template = Markup('<p class="lead">{}</p>') if part.role else Markup("<p>{}</p>")
    return template.format(_running_text_html(part.text))


def _bullets_html(part: BulletsPart) -> str:
    items = (Markup("<li>{}</li>").format(_running_text_html(item)) for item in part.items)
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


def _quotation_html(part: QuotationPart) -> str:
    source = Markup("<figcaption>{}</figcaption>").format(part.source) if part.source else ""
    return Markup('<figure class="quote"><blockquote{}><p>{}</p></blockquote>{}</figure>').format(
        _language_html(part.language), part.text, source
    )


def _callout_html(part: CalloutPart) -> str:
    return Markup('<p class="callout" role="note">{}</p>').format(_running_text_html(part.text))


def _preformatted_html(part: PreformattedPart) -> str:
    return Markup("<pre>{}</pre>").format(part.text)


def _table_html(part: TablePart) -> str:
    columns = part.columns
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format(c.align, keep_unit_together(c.heading))
        for c in columns
    )
    last = len(part.rows) - 1
    body = Markup("").join(
        _table_row_html(columns, row, "total" if part.total and at == last else "")
        for at, row in enumerate(part.rows)
    )
    many = len(columns) >= WIDE_TABLE_COLUMNS
    return Markup(
        '<div class="{}" role="region" aria-label="{}" tabindex="0"><table>'
        "<caption><span>{}</span></caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        " ".join(filter(None, ["wide", "many" if many else "", fit_class(part, many)])),
        part.caption,
        _text_html(part.caption),
        head,
        body,
    )


def _table_row_html(columns: Sequence[Column], cells: Sequence[str], kind: str) -> Markup:
    # Not Markup.format, which takes five times as long: the texts are escaped by breakable_words.
    (first, name), *rest = zip(columns, cells, strict=True)
    others = "".join(
        f'<td class="{_cell_class(column, cell)}"{_language_html(column.language)}>'
        f"{breakable_words(cell)}</td>"
        for column, cell in rest
    )
    header = f'<th scope="row" class="{first.align}"{_language_html(first.language)}>'
    row = f'<tr class="{kind}">{header}{breakable_words(name)}</th>{others}</tr>'
    return Markup(row)  # noqa: S704 escaped


def _cell_class(column: Column, cell: str) -> str:
    """The style sheet keeps `words`, running text, from being squeezed on a phone."""
    return (
        f"{column.align} words"
        if column.align == "left" and len(cell) > LONG_TEXT
        else column.align
    )


def breakable_words(text: str) -> Markup:
    """A text whose words a line may break where they are too long for a column.

    report.typ does the same in the PDF.
    """
    if len(text) < LONG_WORD:
        return escape(text)
    words = [
        Markup("<wbr>").join(_CHUNKS.findall(word)) if len(word) >= LONG_WORD else escape(word)
        for word in text.split(" ")
    ]
    return Markup(" ").join(words)


def _names_html(part: NamesPart) -> str:
    entries = Markup("").join(
        Markup("<li><span{}>{}</span> <span>{}</span></li>").format(
            _language_html(part.language), breakable_words(name), number
        )
        for name, number in part.items
    )
    return Markup(
        '<figure class="list"><figcaption>{}</figcaption><ul class="names">{}</ul></figure>'
    ).format(part.label, entries)


def _chart_html(part: ChartPart) -> str:
    """The page's style sheet chooses the drawing; without one the broad one is shown."""
    if part.slim is None:
        drawings = Markup(part.broad)  # noqa: S704 drawn by us, or checked
    else:
        drawings = _drawing_html(part.broad, 'class="broad"') + _drawing_html(
            part.slim, 'class="slim" style="display:none"'
        )
    note = Markup('<p class="note">{}</p>').format(part.note) if part.note else ""
    chart = Markup('<figure class="chart"><figcaption>{}</figcaption>{}{}</figure>').format(
        _text_html(part.finding), drawings, note
    )
    if part.skip is None:
        return chart
    return Markup(
        '<a class="skip-figure" href="#after-{name}">{skip}</a>\n{chart}\n'
        '<div id="after-{name}" tabindex="-1"></div>'
    ).format(name=part.skip.name, skip=part.skip.text, chart=chart)


def _drawing_html(svg: str, attributes: str) -> Markup:
    marked = palette.use_page_colours(svg).replace("<svg ", f"<svg {attributes} ", 1)
    return Markup(marked)  # noqa: S704 drawn by us or checked, its texts escaped


def _picture_html(part: PicturePart) -> str:
    """An SVG goes into the page as a picture too, so that no script in it can run."""
    caption = Markup('<figcaption class="callout">{}</figcaption>').format(part.warning)
    return Markup('<figure class="own"><img src="data:{};base64,{}" alt="{}">{}</figure>').format(
        part.media_type, part.content, part.alternative, caption if part.warning else ""
    )


def _letterhead_html(part: LetterheadPart) -> str:
    return Markup(
        '<div class="letterhead"><p class="sender">{}</p><p class="date">{}</p>'
        '<p class="recipient">{}</p></div>\n<h1>{}</h1>'
    ).format(part.sender, part.dated, Markup("<br>").join(part.recipient), part.subject)


def _signature_html(part: SignaturePart) -> str:
    return Markup('<p class="signature">{}<br><strong>{}</strong></p>').format(
        part.greeting, part.sender
    )


_HTML_RENDERERS: dict[type, Callable[[Any], str]] = {
    HeadlinePart: _headline_html,
    HeadingPart: _heading_html,
    ParagraphPart: _paragraph_html,
    BulletsPart: _bullets_html,
    QuotationPart: _quotation_html,
    CalloutPart: _callout_html,
    PreformattedPart: _preformatted_html,
    TablePart: _table_html,
    NamesPart: _names_html,
    ChartPart: _chart_html,
    PicturePart: _picture_html,
    LetterheadPart: _letterhead_html,
    SignaturePart: _signature_html,
}
