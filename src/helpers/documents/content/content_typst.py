"""Writes the tree of a notebook's content as Typst, in which every text is a string literal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from helpers.documents.content.cell_pictures import PICTURE_KINDS, parse_data_url
from helpers.documents.content.content_tree import Element, Grid, Node, is_block
from helpers.documents.content.formulas import formula_typst
from helpers.documents.content.labelled_drawing import with_text_labels
from helpers.documents.content.paper_tables import tables_for_paper
from helpers.documents.typst.typst_source import (
    TypstCode,
    TypstContent,
    typst_call,
    typst_literal,
)
from helpers.i18n.localizer import Localizer
from helpers.sections.components.parts.section_html import keep_unit_together

_RUN_OF_BLANKS = re.compile(r"[ \t\r\n\f]+")


def content_as_typst(nodes: Sequence[Node], loc: Localizer) -> str:
    """Return the nodes as Typst markup, blocks divided by blank lines."""
    pieces = []
    for node in nodes:
        written = _node_as_typst(node, loc)
        pieces.append(f"\n\n{written}\n\n" if is_block(node) else written)
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip("\n")


def _node_as_typst(node: Node, loc: Localizer) -> str:
    if isinstance(node, str):
        text = _RUN_OF_BLANKS.sub(" ", node)
        return f"#{typst_literal(text)};" if text else ""
    if isinstance(node, Grid):
        return "\n\n".join(_grid_as_typst(grid, loc) for grid in tables_for_paper(node, loc))
    return _RENDERERS.get(node.name, _children)(node, loc)


def _children(element: Element, loc: Localizer) -> str:
    return content_as_typst(element.children, loc)


_Renderer = Callable[[Element, Localizer], str]


def _call(function: str) -> _Renderer:
    return lambda element, loc: f"#{function}[{_children(element, loc)}];"


def _paragraph(element: Element, loc: Localizer) -> str:
    if all(isinstance(child, Element) and child.name == "img" for child in element.children):
        return "\n".join(_picture(child, loc) for child in _items(element))
    if element.attributes.get("class") == "callout":
        return typst_call("callout", text=TypstContent(_children(element, loc))) + ";"
    return f"#par[{_children(element, loc)}];"


def _heading(element: Element, loc: Localizer) -> str:
    listed = ", ..unlisted" if "unlisted" in element.attributes else ""
    return f"#heading(level: {element.attributes['level']}{listed})[{_children(element, loc)}];"


def _link(element: Element, loc: Localizer) -> str:
    address, inner = element.attributes.get("href", "#"), _children(element, loc)
    if address.startswith("#"):
        return "" if element.attributes.get("class") == "footnote" else inner
    return f"#link({typst_literal(address)})[{inner}];"


def _list(element: Element, loc: Localizer) -> str:
    items = ", ".join(f"[{_children(item, loc)}]" for item in _items(element))
    return f"#list({items});" if items else ""


def _numbered(element: Element, loc: Localizer) -> str:
    items = ", ".join(f"[{_children(item, loc)}]" for item in _items(element))
    start = int(element.attributes.get("start", "1"))
    if start < 0:  # Typst counts from 0
        return _list(element, loc)
    return f"#enum({f'start: {start}, ' if start != 1 else ''}{items});" if items else ""


def _items(element: Element) -> list[Element]:
    return [item for item in element.children if isinstance(item, Element)]


def _definitions(element: Element, loc: Localizer) -> str:
    """Each term with what follows it; a definition without a term has a blank one."""
    entries: list[tuple[str, list[str]]] = []
    for item in _items(element):
        if item.name == "dt":
            entries.append((_children(item, loc), []))
        else:
            entries = entries or [("", [])]
            entries[-1][1].append(_children(item, loc))
    items = (
        f"terms.item([{term}], [{' #linebreak();'.join(meanings)}])" for term, meanings in entries
    )
    return f"#terms({', '.join(items)});"


def _code(element: Element, loc: Localizer) -> str:
    text = "".join(map(_raw_text, element.children))
    if "".join(_marks_in(element)):
        return _children(element, loc)
    return f"#raw({typst_literal(text)}, block: {typst_literal(element.name == 'pre')});"


def _marks_in(element: Element) -> list[str]:
    """Names of what is in code and more than text: a picture, a formula."""
    return [
        child.name
        for child in element.children
        if isinstance(child, Element) and child.name in ("img", "formula", "a")
    ]


def _raw_text(node: Node) -> str:
    if isinstance(node, str):
        return node
    if isinstance(node, Element):
        return "\n" if node.name == "br" else "".join(map(_raw_text, node.children))
    return ""


def _figure(element: Element, loc: Localizer) -> str:
    """A picture, above it what it lacks."""
    warnings = [child for child in _items(element) if child.name == "figcaption"]
    above = "\n".join(typst_call("callout", text=TypstContent(_children(w, loc))) for w in warnings)
    below = "\n".join(_picture(child, loc) for child in _items(element) if child.name == "img")
    return f"{above}\n{below}"


def _picture(element: Element, _: Localizer) -> str:
    found = parse_data_url(element.attributes["src"])
    if found is None:
        return ""
    kind, content = found
    words = element.attributes.get("alt") or "–"
    data = TypstCode.bytes_of(content)
    if kind == "image/svg+xml":  # as a text, so that characters without a typeface are put in words
        data = TypstCode(f"bytes({typst_literal(with_text_labels(content.decode()))})")
    picture = typst_call("own-picture", alternative=words, kind=PICTURE_KINDS[kind], data=data)
    return f"{picture};"


def _formula(element: Element, _: Localizer) -> str:
    return formula_typst(element.attributes["latex"], is_block=is_block(element))


def _grid_as_typst(grid: Grid, loc: Localizer) -> str:
    table = typst_call(
        "data-table",
        caption=grid.caption,
        headings=[keep_unit_together(column.heading) for column in grid.columns],
        aligns=[column.align for column in grid.columns],
        widths=[column.width for column in grid.columns],
        rows=[_row(row, len(grid.columns), loc) for row in grid.rows],
        total=False,
    )
    notes = [f"#par[{content_as_typst(note, loc)}];" for note in grid.notes]
    return "\n\n".join([table, *notes])


def _row(row: Sequence[Sequence[Node]], width: int, loc: Localizer) -> list[str | TypstContent]:
    if len(row) < width:
        inner = content_as_typst(row[0], loc)
        return [TypstContent(f"#table.cell(colspan: {width}, strong[{inner}])")]
    return [_cell(cell, loc) for cell in row]


def _cell(cell: Sequence[Node], loc: Localizer) -> str | TypstContent:
    if all(isinstance(node, str) for node in cell):
        return " ".join("".join(str(node) for node in cell).split())
    return TypstContent(content_as_typst(cell, loc))


_RENDERERS: dict[str, _Renderer] = {
    "p": _paragraph,
    "strong": _call("strong"),
    "em": _call("emph"),
    "del": _call("strike"),
    "u": _call("underline"),
    "mark": _call("highlight"),
    "sub": _call("sub"),
    "sup": _call("super"),
    "aside": _call("note-box"),
    "blockquote": _call("quote(block: true)"),
    "a": _link,
    "ul": _list,
    "ol": _numbered,
    "dl": _definitions,
    "code": _code,
    "pre": _code,
    "figure": _figure,
    "img": lambda element, loc: f"#box[{_picture(element, loc)}];",  # within a line of text
    "formula": _formula,
    "br": lambda *_: "#linebreak();",
    "hr": lambda *_: "#line(length: 100%);",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
}
