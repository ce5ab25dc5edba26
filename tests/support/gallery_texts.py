"""The gallery's text cells: each with what both documents must show of it, written by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_raw_cell

from support.gallery_pictures import png, svg


@dataclass(frozen=True)
class Exhibit:
    """A cell of the gallery, and what an author expects to see of it, in the order of reading.

    `shown` are texts, `pictures` text alternatives; a formula is named by its LaTeX. `hidden`
    stands in neither document. `warnings` are words of the warnings about the cell, one for each.
    """

    cell: NotebookNode
    shown: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def text(source: str, **about: tuple[str, ...]) -> Exhibit:
    """A text cell."""
    return Exhibit(new_markdown_cell(source), **about)


def _with_attachment() -> Exhibit:
    cell = new_markdown_cell(
        "Före ![Bifogad](<attachment:en bild.png>) och ![Igen](attachment:en%20bild.png) efter"
    )
    cell["attachments"] = {"en bild.png": {"image/png": png()}}
    return Exhibit(cell, ("Före", "och", "efter"), ("Bifogad", "Igen"))


DATA_URL = f"data:image/png;base64,{png()}"

TEXTS = [
    text("## Galleriet\n\nInledning", shown=("Galleriet", "Inledning")),
    text("##### Hoppar över nivåer", shown=("Hoppar över nivåer",)),
    text(
        "Rad ett<br>rad två, **fet**, *kursiv*, ~~struken~~, `kod`, 10<sup>2</sup>, "
        "H<sub>2</sub>O, 1 < 2 &amp; 3, <kommun>, $5 och $10, 3 &gt; 2 <!-- dold kommentar -->",
        shown=("Rad ett", "rad två", "fet", "kursiv", "struken", "kod", "1 < 2 & 3", "<kommun>",
               "$5 och $10", "3 > 2"),
        hidden=("dold kommentar",),
    ),
    text(
        "Formeln $a^2 + b^2$ i en rad.\n\n$$\\frac{x_1}{2}$$\n\n"
        "\\begin{align}\nu &= v \\\\\nw &= z\n\\end{align}\n\nEfter formeln",
        shown=("Formeln", "i en rad.", "Efter formeln"),
        formulas=("a^2 + b^2", r"\frac{x_1}{2}", "u &= v"),
    ),
    text(
        "Kemi $\\ce{H2O}$ slut", shown=("Kemi", "slut"), warnings=("the formula",),
        formulas=(r"\ce{H2O}",),
    ),
    text(
        "En not[^a] och en till[^b].\n\n[^a]: Första noten.\n[^b]: Andra *noten*.",
        shown=("En not", "och en till", "Första noten.", "Andra noten."),
    ),
    text("- [x] gjort\n- [ ] kvar\n", shown=("☑ gjort", "☐ kvar")),
    text("3. tredje\n4. fjärde\n   - inre punkt\n\n7) sjunde", shown=(
        "tredje", "fjärde", "inre punkt", "sjunde")),
    text("> [!WARNING]\n> Akta dig\n\n> Ett citat", shown=("Varning:", "Akta dig", "Ett citat")),
    text(
        ":::{note} En rubrik\nInnehåll i *MyST*\n:::\n\n::: {.callout-tip title=\"Quartos\"}\n"
        "Innehåll i Quarto\n:::\n\n<div class=\"alert alert-info\">En <b>ruta</b></div>",
        shown=("Obs:", "En rubrik", "Innehåll i MyST", "Tips:", "Quartos", "Innehåll i Quarto",
               "En ruta"),
    ),
    text(
        "```mermaid\ngraph TD; Start-->Slut\n```",
        shown=("Diagrammet visas som text (Mermaid):", "graph TD; Start-->Slut"),
        warnings=("a Mermaid diagram",),
    ),
    text(
        "| Vara | Pris |\n|---|--:|\n| **äpple** | [5](https://example.org/pris) |",
        shown=("Vara", "Pris", "äpple", "5"),
    ),
    text(
        "Länkar: [webben](https://example.org), <post@example.org>, https://example.com/sida, "
        "[en fil](data.csv), [hit](#galleriet), [ond](javascript:alert(1))",
        shown=("webben", "post@example.org", "https://example.com/sida", "en fil (data.csv)",
               "hit", "ond"),
        hidden=("javascript:",),
    ),
    _with_attachment(),
    text(
        '![Med titel](nära.png "Titeln")\n\n![Med [hakar]](nära.png)\n\n![Med referens][bild]\n\n'
        "![Med blanksteg](en bild.png)\n\n<img src='en%20bild.png' alt='Ett element'>\n\n"
        "[bild]: nära.png",
        pictures=("Med titel", "Med [hakar]", "Med referens", "Med blanksteg", "Ett element"),
        shown=("Titeln",),
    ),
    text(f"Som kod: `![a]({DATA_URL[:60]})`", shown=("Som kod:", f"![a]({DATA_URL[:60]})")),
    text(
        "![På webben](https://example.org/x.png) och ![Utanför](../hemlig.png)",
        shown=("På webben", "och", "Utanför"),
        warnings=("https://example.org/x.png is not", "../hemlig.png is not"),
    ),
    text("## Обзор\n\n## Σύνοψη\n\n## Обзор\n\n## !!", shown=("Обзор", "Σύνοψη", "Обзор", "!!")),
    text("En glad 😀 och en 🧿 hieroglyf \U00013000", shown=("En glad",)),
    text("Rad med \\$ och \\* tecken\n\n---\n\nSist", shown=("Rad med $ och * tecken", "Sist")),
    text(
        "Term\n\n<details><summary>Mer</summary>\n\nDet som *fälls ut*\n\n</details>",
        shown=("Term", "Mer", "Det som fälls ut"),
    ),
    text(f"Ritad {svg('I texten')} i text", shown=("Ritad", "i text"), pictures=("I texten",)),
    text("Som kod `<svg>a</svg>` kvar", shown=("Som kod", "<svg>a</svg>", "kvar")),
    Exhibit(new_raw_cell("rått <b>här</b>"), ("rått <b>här</b>",)),
    Exhibit(
        new_raw_cell("rå *markdown*", metadata={"raw_mimetype": "text/markdown"}), ("rå markdown",)
    ),
    Exhibit(
        new_markdown_cell("Bara för analytikern", metadata={"tags": ["remove_cell"]}),
        hidden=("Bara för analytikern",),
    ),
]  # fmt: skip
