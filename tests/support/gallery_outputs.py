"""The gallery's code cells: each with what both documents must show of it, written by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from support.gallery_pictures import base64_of, labelled_svg, png, svg
from support.gallery_texts import DATA_URL, Exhibit

WIDGETS = {
    "box": {"state": {"children": ["IPY_MODEL_left", "IPY_MODEL_bar", "IPY_MODEL_right"]}},
    "left": {"state": {"value": "Läser: 100%"}},
    "bar": {"state": {"bar_style": "success", "max": 10.0, "value": 10.0}},
    "right": {"state": {"value": " 10/10 [00:01&lt;00:00]"}},
}
_WITHOUT_WORDS = "a picture has no text alternative"
_NO_WORDS = "Bild utan textalternativ"


def showing(
    data: dict[str, Any], source: str = "visa()", about: dict[str, Any] | None = None
) -> NotebookNode:
    """A code cell that showed one output."""
    output = new_output("display_data", data=data, metadata=about or {})
    cell: NotebookNode = new_code_cell(source, execution_count=1, outputs=[output])
    return cell


def html(markup: str, **about: Any) -> Exhibit:
    """An output in HTML, whose text form no document shows."""
    return Exhibit(showing({"text/html": markup, "text/plain": "<objekt>"}), **about)


def scripted(data: dict[str, Any], what: str, source: str) -> Exhibit:
    """An output that needs JavaScript, after a line that its author wrote."""
    return Exhibit(
        showing({"text/plain": "<repr>", **data}, source),
        (f"[Här stod {what}, som dokumentet inte kan visa.]",),
        hidden=("<repr>",),
        warnings=("needs JavaScript",),
    )


def printed(
    *pieces: tuple[str, str], shown: tuple[str, ...], hidden: tuple[str, ...] = ()
) -> Exhibit:
    """A cell that printed pieces to streams."""
    outputs = [new_output("stream", name=name, text=text) for name, text in pieces]
    return Exhibit(
        new_code_cell("skriv()", execution_count=1, outputs=outputs), shown, hidden=hidden
    )


def picture(kind: str, data: str, alternative: str) -> Exhibit:
    """A picture with its words."""
    cell = showing(
        {kind: data, "text/plain": "<Figure size 1x1>"}, about={kind: {"alt": alternative}}
    )
    return Exhibit(cell, pictures=(alternative,), hidden=("<Figure",))


def _many_rows() -> str:
    index = pd.MultiIndex.from_product([["grupp"], range(1, 121)], names=["g", "n"])
    frame = pd.DataFrame({"x": range(1001, 1121)}, index=index)
    return str(frame.to_html(notebook=True, max_rows=200))


_GREAT_TABLE = """<div id="t"><style>#t table {color: red}</style>
<table class="gt_table" data-quarto-disable-processing="false"><thead>
<tr class="gt_heading"><td colspan="3" class="gt_heading gt_title">Tabellens titel</td></tr>
<tr class="gt_heading"><td colspan="3" class="gt_heading gt_subtitle">Undertiteln</td></tr>
<tr class="gt_col_headings gt_spanner_row"><th rowspan="2" scope="col">Namn</th>
<th colspan="2" scope="colgroup"><span class="gt_column_spanner">Spannet</span></th></tr>
<tr class="gt_col_headings"><th scope="col">Vänster</th><th scope="col">Höger</th></tr></thead>
<tbody><tr><th colspan="3">En grupp</th></tr><tr><td>a</td><td>1</td><td>2</td></tr></tbody>
<tfoot><tr><td class="gt_sourcenote" colspan="3">Källan</td></tr>
<tr><td class="gt_footnote" colspan="3"><sup>1</sup> Fotnoten</td></tr></tfoot></table></div>"""

TABLES = [
    html(_many_rows(), shown=("g", "n", "x", "grupp", "1", "1001", "grupp", "120", "1120")),
    html(
        "<p>Före tabellen</p><table><tr><th>a<th>b<tr><td><p>5</p><p>6</p><td>10<sup>2</sup>"
        "<tr><td><ul><li>ett<li>två</ul><td><table><tr><td>i<td>ii</table></table>Efter",
        shown=("Före tabellen", "a", "b", "5", "6", "10", "ett", "två", "i | ii", "Efter"),
    ),
    html(_GREAT_TABLE, shown=("Tabellens titel – Undertiteln", "Namn", "Spannet Vänster",
         "Spannet Höger", "En grupp", "a", "1", "2", "Källan", "Fotnoten"), hidden=("color: red",)),
    html(
        "<style>.x{}</style><table><thead><tr><th class='blank'>&nbsp;</th><th>belopp</th></tr>"
        "</thead><tbody><tr><th>rad ett</th><td><a href='https://example.org'>länk</a> "
        "<b>fet</b></td></tr></tbody></table>",
        shown=("Rad", "belopp", "rad ett", "länk", "fet"), hidden=(".x{}",),
    ),
]  # fmt: skip

MARKUP = [
    html(
        "<h2>En rubrik i en output</h2><p>Stycke</p><dl><dt>term<dd>betydelse</dl>"
        "<ol start='3'><li>trean<li>fyran</ol><pre>rad 1\n  rad 2</pre><blockquote>citatet"
        "</blockquote><div>div ett</div><div>div två</div><!-- dold --><p hidden>gömd</p>"
        "<p style='display: none'>osynlig</p>",
        shown=("En rubrik i en output", "Stycke", "term", "betydelse", "trean", "fyran", "rad 1",
               "rad 2", "citatet", "div ett", "div två"),
        hidden=("dold", "gömd", "osynlig"),
    ),
    html("<title>t</title><meta charset=utf-8><p>utan slut på head", shown=("utan slut på head",)),
    html(
        "<a href='https://example.org'>webben</a> <a href='mailto:a@example.org'>posten</a> "
        "<a href='fil.csv'>en fil</a> <a href='javascript:ond()'>ond länk</a>",
        shown=("webben", "posten", "en fil (fil.csv)", "ond länk"), hidden=("ond()",),
    ),
    html(
        f"<p>Bild: <img alt='Inbäddad' src='{DATA_URL}'></p>{svg('Ritad i HTML')}",
        shown=("Bild:",), pictures=("Inbäddad", "Ritad i HTML"),
    ),
    html("<img src='https://example.org/y.png' alt='Webbild'>", shown=("Webbild",),
         warnings=("https://example.org/y.png is not",)),
    html("<video src='https://example.org/film.mp4'></video>",
         shown=("[Här stod en film.]", "https://example.org/film.mp4"), warnings=("<video>",)),
    html("<audio src='data:audio/wav;base64,AAAA'></audio>", shown=("[Här stod ett ljud.]",),
         warnings=("<audio>",)),
    html("<img src='https://example.org/utan.png'>",
         shown=("[Här stod en bild: https://example.org/utan.png]",),
         warnings=("utan.png is not",)),
    html("<iframe width='4' src='https://example.org/inne'></iframe>",
         shown=("[Här stod en annan webbsida.]", "https://example.org/inne"),
         warnings=("<iframe>",)),
    html("", shown=("<objekt>",)),
]  # fmt: skip

PICTURES = [
    Exhibit(showing({"image/png": png(), "text/plain": "<Figure>"}), (_NO_WORDS,), (_NO_WORDS,),
            warnings=(_WITHOUT_WORDS,)),
    picture("image/svg+xml", svg(), "En ritning"),
    picture("image/svg+xml", labelled_svg(), "Ett flöde"),
    picture("image/gif", base64_of("gif"), "En GIF"),
    picture("image/webp", base64_of("webp"), "En WebP"),
    picture("image/jpeg", base64_of("jpeg"), "En JPEG"),
    Exhibit(showing({"image/png": "QUFB"}), ("[Här stod en bild som inte kan läsas.]",),
            warnings=("cannot be read",)),
]  # fmt: skip

FORMS = [
    Exhibit(showing({"text/latex": r"$\displaystyle e^{i\pi}$", "text/plain": "<Math object>"}),
            formulas=(r"\displaystyle e^{i\pi}",), hidden=("<Math",)),
    Exhibit(showing({"text/latex": r"\begin{equation}q = 1\end{equation}", "text/plain": "x"}),
            formulas=(r"\begin{equation}q = 1\end{equation}",)),
    Exhibit(showing({"application/json": {"nyckel": ["värde", 1]},
                     "text/plain": "<IPython.core.display.JSON object>"}),
            ('"nyckel"', '"värde"'), hidden=("IPython.core",)),
    Exhibit(showing({"text/markdown": "Ett *utskrivet* stycke", "text/plain": "<Markdown>"}),
            ("Ett utskrivet stycke",), hidden=("<Markdown>",)),
    Exhibit(showing({"application/pdf": "JVBERi0=", "text/plain": ""}),
            ("[Här stod något av typen application/pdf, som dokumentet inte kan visa.]",),
            warnings=("application/pdf is not",)),
    printed(("stdout", "utskrift\n"), ("stderr", "en varning\n"), shown=("utskrift", "en varning")),
    printed(("stderr", "\r  0%|   | 0/9"), ("stderr", "\r100%|███| 9/9\n"),
            shown=("100%|███| 9/9",), hidden=("0%|   |",)),
    printed(("stdout", "\x1b[31mröd\x1b[0m text\n\x1b]8;;http://a.org\x07länken\x1b]8;;\x07"),
            shown=("röd text", "länken"), hidden=("[31m",)),
]  # fmt: skip

SCRIPTED = [
    scripted({"application/vnd.plotly.v1+json": {"data": []},
              "text/html": "<div></div><script>Plotly.newPlot()</script>"},
             "ett Plotly-diagram", "figur.show()"),
    scripted({"application/vnd.vegalite.v5+json": {}}, "ett Vega-diagram", "alt.Chart(df)"),
    scripted({"application/vnd.jupyter.widget-view+json": {"model_id": "borta"}},
             "ett reglage (widget)", "IntSlider()"),
    scripted({"text/html": "<table><tbody><tr><td>Loading ITables v2 ...</td></tr></tbody></table>"
              "<script>new DataTable()</script>"}, "en tabell av itables", "show(df)"),
    scripted({"text/html": "<iframe srcdoc='&lt;script src=leaflet.js&gt;'></iframe>"},
             "en karta", "folium.Map()"),
    scripted({"application/vnd.bokehjs_exec.v0+json": "", "text/html": "<script>Bokeh</script>"},
             "ett Bokeh-diagram", "show(p)"),
    scripted({"application/javascript": "alert(1)"}, "något interaktivt",
             "Javascript('alert(1)')"),
    Exhibit(showing({"application/vnd.jupyter.widget-view+json": {"model_id": "box"},
                     "text/plain": "  0%|          | 0/10"}),
            ("Läser: 100% 10/10 [00:01<00:00]",), hidden=("0%|    ",)),
    Exhibit(showing({"application/vnd.plotly.v1+json": {}, "image/png": png(),
                     "text/html": "<div></div><script>Plotly.newPlot()</script>"},
                    about={"image/png": {"alt": "Plotly som bild"}}),
            pictures=("Plotly som bild",)),
]  # fmt: skip


def _hidden(word: str, source: str = "dold()", **metadata: Any) -> Exhibit:
    cell = showing({"text/plain": word}, source)
    cell.metadata.update(metadata)
    return Exhibit(cell, hidden=(word,))


HIDDEN = [
    _hidden("dold ett", tags=["remove_output"]),
    _hidden("dold två", tags=["hide-output"]),
    _hidden("dold tre", tags=["hide-cell"]),
    _hidden("dold fyra", tags=["remove-cell"]),
    _hidden("dold fem", "#| output: false\nx"),
    _hidden("dold sex", "#| echo: false\n#| include: false\nx"),
    _hidden("dold sju", jupyter={"outputs_hidden": True}),
    _hidden("dold åtta", collapsed=True),
]

FAILED = [
    Exhibit(
        new_code_cell(
            "1 / 0", execution_count=1,
            outputs=[new_output("error", ename="ZeroDivisionError", evalue="delat med noll",
                                traceback=["spår"])],
        ),
        ("Cellen stannade på ett fel. ZeroDivisionError: delat med noll",),
        warnings=("stopped at an error",),
    )
]  # fmt: skip

OUTPUTS = [*TABLES, *MARKUP, *PICTURES, *FORMS, *SCRIPTED, *HIDDEN, *FAILED]
