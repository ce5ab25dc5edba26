"""Outputs that only JavaScript draws: their static form where there is one, else a sentence."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Grid, Node, stand_in, walk
from helpers.documents.outputs.output_pictures import output_picture
from helpers.i18n.localizer import Localizer


class ScriptForm(NamedTuple):
    """A kind of output that needs JavaScript: how it is recognised, named and avoided."""

    mime_type: re.Pattern[str]
    markup: re.Pattern[str]
    name: Callable[[Localizer], str]
    english: str
    remedy: str


def _form(mime_type: str, markup: str, name: Any, english: str, remedy: str) -> ScriptForm:
    return ScriptForm(re.compile(mime_type), re.compile(markup, re.I), name, english, remedy)


_NEVER = r"(?!)"
_TABLE_FORM = _form(
    _NEVER, r"itables|dt_for_itables|datatables", lambda loc: loc("en tabell av itables"),
    "a table of itables", "Show the DataFrame itself.",
)  # fmt: skip
_FORMS = [
    _form(r"application/vnd\.plotly\.", r"plotly", lambda loc: loc("ett Plotly-diagram"),
          "a Plotly chart", "Install kaleido, or show the chart with figure.show('png')."),
    _form(r"application/vnd\.vega(lite)?\.", r"vega-?(?:lite|embed)",
          lambda loc: loc("ett Vega-diagram"), "a Vega chart",
          "Install vl-convert-python, or run alt.renderers.enable('png') first."),
    _form(r"application/vnd\.jupyter\.widget-view", _NEVER,
          lambda loc: loc("ett reglage (widget)"), "a widget",
          "Show its value as text, and a chart of it as a picture."),
    _TABLE_FORM,
    _form(_NEVER, r"leaflet|folium", lambda loc: loc("en karta"), "a map",
          "Insert a picture of the map, or draw it with matplotlib."),
    _form(r"application/vnd\.(?:bokehjs|holoviews)", r"bokeh|holoviews",
          lambda loc: loc("ett Bokeh-diagram"), "a Bokeh chart",
          "Save the chart as PNG with bokeh.io.export_png, and show the file."),
    _form(r"application/vnd\.dataresource|application/vnd\.databricks", _NEVER,
          lambda loc: loc("en visning av data"), "a data viewer", "Show the DataFrame itself."),
    _form(r"application/javascript", r"<script|<iframe",
          lambda loc: loc("något interaktivt"), "an interactive output",
          "Show a picture, a table or a text."),
]  # fmt: skip
_SCRIPT_ELEMENT = re.compile(
    r"<script\b(?![^>]*type=[\"']?(?:math/tex|text/template))|<iframe\b(?![^>]*\ssrc=[\"']?https?:)",
    re.I,
)
_LOADING = re.compile(r"Loading ITables|Make this Notebook Trusted|Loading BokehJS", re.I)


def form_by_type(data: Mapping[str, Any]) -> ScriptForm | None:
    """The kind of an output, by its MIME types."""
    return next((form for form in _FORMS for kind in data if form.mime_type.match(kind)), None)


def form_by_markup(html: str) -> ScriptForm | None:
    """The kind of an output in HTML that a script draws; None for any other HTML."""
    if not _SCRIPT_ELEMENT.search(html):
        return None
    return next((form for form in _FORMS if form.markup.search(html)), _FORMS[-1])


def is_lost_beside_text(form: ScriptForm, shown: Sequence[Node]) -> bool:
    """Whether a script draws more than what an output shows without it.

    A script of no known kind may only add buttons, and that of a table may only sort it.
    """
    has_rows = any(isinstance(node, Grid) and node.rows for node in walk(shown))
    return form is not _FORMS[-1] and not (form is _TABLE_FORM and has_rows)


def shows_only_a_notice(text: str) -> bool:
    """Whether what is in an output without its script is a notice to wait for it."""
    return not text or bool(_LOADING.search(text))


def script_stand_in(form: ScriptForm, source: CellSource) -> Node:
    """Return a sentence on the output that is not shown, and warn."""
    source.warn(
        f"{form.english} needs JavaScript, so the document has a sentence in its place", form.remedy
    )
    what = form.name(source.loc)
    return stand_in(source.loc("[Här stod {what}, som dokumentet inte kan visa.]", what=what))


def static_picture(data: Mapping[str, Any], alternative: str, source: CellSource) -> list[Node]:
    """A chart as a picture by the library that its makers offer for it, if that is installed."""
    for kind, content in data.items():
        drawn = _drawn(kind, content if isinstance(content, dict) else _as_json(content))
        if drawn:
            return output_picture("image/png", drawn, alternative, source)
    return []


def _as_json(content: Any) -> Any:
    try:
        return json.loads(content) if isinstance(content, str) else None
    except ValueError:
        return None


def _drawn(kind: str, specification: Any) -> bytes | None:
    """The chart as PNG; None where the library is absent or cannot draw it."""
    if not isinstance(specification, dict):
        return None
    try:
        if kind.startswith("application/vnd.vegalite."):
            converter = importlib.import_module("vl_convert")
            return bytes(converter.vegalite_to_png(specification, scale=2))
        if kind.startswith("application/vnd.vega."):
            converter = importlib.import_module("vl_convert")
            return bytes(converter.vega_to_png(specification, scale=2))
        if kind.startswith("application/vnd.plotly."):
            importlib.import_module("kaleido")
            plotly = importlib.import_module("plotly.io")
            chart = {key: specification[key] for key in ("data", "layout") if key in specification}
            return bytes(plotly.to_image(chart, format="png", scale=2, validate=False))
    except Exception:
        return None
    return None
