"""An output of another program, which has several forms: the best that a document can show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from helpers.documents.content.cell_pictures import PICTURE_KINDS, decoded
from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Element, Node, preformatted, text_of, walk
from helpers.documents.outputs.output_limit import limited_text
from helpers.documents.outputs.output_lines import (
    joined_forms,
    joined_lines,
    read_failure,
    read_printed,
)
from helpers.documents.outputs.output_pictures import alternative_text, output_picture
from helpers.documents.outputs.script_outputs import (
    ScriptForm,
    form_by_markup,
    form_by_type,
    is_lost_beside_text,
    script_stand_in,
    shows_only_a_notice,
    static_picture,
)
from helpers.documents.outputs.widget_state import widget_content
from helpers.documents.reading.formula_source import formula
from helpers.documents.reading.html_cleaner import read_content
from helpers.documents.reading.markdown_content import read_markdown
from helpers.documents.reading.terminal_text import shown_text
from helpers.sections.components.block import HTML_MIME, PLAIN_MIME

_MARKDOWN, _LATEX = "text/markdown", "text/latex"
_WIDGET = "application/vnd.jupyter.widget-view+json"
_REPR_ONLY = ("<IPython.core.display.", "<Figure size ")  # says what it is, not what it shows

Forms = Mapping[str, Any]


def read_forms(data: Forms, metadata: Mapping[str, Any], source: CellSource) -> list[Node]:
    """Return what an output shows, or the sentence that says what it would show."""
    if _WIDGET in data:
        stored = widget_content(
            data[_WIDGET], source.widgets, lambda output: _stored_output(output, source)
        )
        if stored:
            return stored
    elif HTML_MIME in data:
        shown = _read_html(data, metadata, source)
        if shown:
            return shown
    picture = _read_picture(data, metadata, source)
    if picture:
        return picture
    form = form_by_type(data)
    if form is not None:
        words = alternative_text(metadata, "")
        return static_picture(data, words, source) or [script_stand_in(form, source)]
    return _read_text(data, source)


def _read_html(data: Forms, metadata: Mapping[str, Any], source: CellSource) -> list[Node]:
    """What the HTML shows, and a picture or a sentence for what only a script would draw."""
    html = str(data[HTML_MIME])
    drawn = form_by_markup(html)
    form = drawn or form_by_type(data)
    if form is None:
        return read_content(html, source)
    quiet = read_content(html, source.silent())
    kept = any(isinstance(node, Element) and node.name == "img" for node in walk(quiet))
    without = [n for n in quiet if not (isinstance(n, Element) and _is_stand_in(n))]
    if not kept and shows_only_a_notice(text_of(without)):
        return _read_drawn(form, data, metadata, source)
    content = read_content(html, source)
    if drawn is not None and is_lost_beside_text(drawn, without):
        return [*content, *_read_drawn(drawn, data, metadata, source)]
    return content


def _read_drawn(
    form: ScriptForm, data: Forms, metadata: Mapping[str, Any], source: CellSource
) -> list[Node]:
    """A picture of what only a script would draw, or the sentence in its place."""
    picture = _read_picture(data, metadata, source) or static_picture(
        data, alternative_text(metadata, ""), source
    )
    return picture or [script_stand_in(form, source)]


def _is_stand_in(element: Element) -> bool:
    return element.attributes.get("class") == "callout"


def _read_picture(data: Forms, metadata: Mapping[str, Any], source: CellSource) -> list[Node]:
    if _LATEX in data and PLAIN_MIME in data and not _is_tabular(str(data[_LATEX])):
        return []  # a formula, which the picture only repeats
    for kind in PICTURE_KINDS:
        if kind in data:
            content = decoded(kind, str(data[kind]))
            return output_picture(kind, content, alternative_text(metadata, kind), source)
    return []


def _read_text(data: Forms, source: CellSource) -> list[Node]:
    if _MARKDOWN in data:
        return read_markdown(str(data[_MARKDOWN]), source)
    if _LATEX in data:
        return _read_latex(str(data[_LATEX]), source)
    structured = next((kind for kind in data if kind.endswith("json")), None)
    plain = shown_text(str(data.get(PLAIN_MIME, "")))
    if structured and (not plain or plain.startswith(_REPR_ONLY)):
        text = json.dumps(data[structured], ensure_ascii=False, indent=2)
        return [preformatted(limited_text(text, source))]
    if plain.strip():
        return [preformatted(limited_text(plain, source))]
    others = [kind for kind in data if kind not in (PLAIN_MIME, HTML_MIME)]
    return [_unknown(others[0], source)] if others else []


def _read_latex(latex: str, source: CellSource) -> list[Node]:
    """A formula, or LaTeX that is more than one, as text with formulas in it."""
    text = latex.strip()
    bare = text.strip("$").strip()
    if text.startswith("$") and text.endswith("$") and "$" not in bare:
        return [formula(bare, source, is_block=True)]
    if _is_tabular(text):
        source.warn("LaTeX that is not a formula is shown as its text", "Show the table itself.")
        return [preformatted(text)]
    return read_markdown(text, source)


def _is_tabular(latex: str) -> bool:
    return r"\begin{tabular" in latex or r"\begin{table" in latex


def _unknown(kind: str, source: CellSource) -> Node:
    source.warn(
        f"an output of the kind {kind} is not in the document, which has a sentence in its place",
        "Show a picture, a table or a text.",
    )
    sentence = source.loc(
        "[Här stod något av typen {kind}, som dokumentet inte kan visa.]", kind=kind
    )
    return Element("p", [sentence], {"class": "callout"})


def _stored_output(output: Any, source: CellSource) -> list[Node]:
    """An output that a widget contains."""
    kind = output.get("output_type") if isinstance(output, Mapping) else None
    if kind == "stream":
        return read_printed(str(joined_lines(output.get("text", ""))), source)
    if kind == "error":
        return read_failure(output, source)
    data = joined_forms(output.get("data", {})) if kind else {}
    return read_forms(data, {}, source) if data else []
