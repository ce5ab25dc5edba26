import re

import typst as typst_compiler

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_page import content_as_html
from helpers.documents.content.content_tree import Node
from helpers.documents.content.content_typst import content_as_typst
from helpers.documents.content.heading_levels import heading_anchor
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.documents.part_order import Heading, contents_of, settle_headings
from helpers.documents.reading.markdown_content import read_markdown
from helpers.i18n.localizer import Localizer

LOC = Localizer("sv")

TEXT = """# Rapport

## Räcker *det*?

Ett **stycke** med [länk](https://example.org) och `kod`.
Ny rad.

- en
- två

1. först

> citat

| a | b |
|---|---|
| 1 | 2 |

```
block
```

---
"""
HOSTILE = '<script>alert(1)</script> #read("/etc/passwd") $x$ @ref \\ " `'


def settled(text: str) -> list[DocumentPart]:
    return settle_headings([DocumentPart(read_markdown(text, CellSource(1, "", LOC)))])


def tree(text: str) -> list[Node]:
    return settled(text)[0].content


def markdown_to_html(text: str) -> str:
    return content_as_html(tree(text))


def markdown_to_typst(text: str) -> str:
    return content_as_typst(tree(text), LOC)


def text_of(typst: str) -> str:
    """What Typst makes of a markup, as its own HTML-free query of the text."""
    compiler = typst_compiler.Compiler(input=f"#metadata([{typst}]) <m>".encode())
    return compiler.query("<m>", field="value")


def test_headings_get_an_anchor_and_are_listed() -> None:
    html, headings = markdown_to_html(TEXT), contents_of(settled(TEXT))
    assert headings == [Heading(2, "Räcker det?", "racker-det")]
    assert '<h2 id="racker-det">Räcker <em>det</em>?</h2>' in html


def test_anchors_are_plain() -> None:
    assert heading_anchor("När kom svaren?") == "nar-kom-svaren"
    assert heading_anchor("!!") == "-"


def test_raw_html_is_shown_as_text() -> None:
    html = markdown_to_html(HOSTILE)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_script_address_is_not_a_link() -> None:
    html = markdown_to_html("[x](javascript:alert(1))")
    assert "javascript:" not in html


def test_all_of_markdown_compiles_to_typst() -> None:
    typst = markdown_to_typst(TEXT)
    stub = '#let data-table(..rest) = [#rest.named().at("rows").flatten().join(" ")]'
    assert typst_compiler.compile(f"{stub}\n{typst}".encode()).startswith(b"%PDF")
    for function in (
        "heading(level: 2)",
        "strong",
        "link",
        "list",
        "enum",
        "quote",
        "data-table",
        "raw",
    ):
        assert f"#{function}" in typst


def test_every_word_is_a_string_literal_in_typst() -> None:
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", markdown_to_typst(HOSTILE))
    assert "read" not in outside
    assert "$" not in outside
    assert "@" not in outside
    assert "#read(" in text_of(markdown_to_typst(HOSTILE)).replace('\\"', '"')
