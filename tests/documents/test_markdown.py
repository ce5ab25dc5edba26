import re

import typst as typst_compiler

from helpers.documents.markdown import Heading, heading_anchor, markdown_to_html, markdown_to_typst

TEXT = """## Räcker *det*?

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


def text_of(typst: str) -> str:
    """What Typst makes of a markup, as its own HTML-free query of the text."""
    compiler = typst_compiler.Compiler(input=f"#metadata([{typst}]) <m>".encode())
    return compiler.query("<m>", field="value")


def test_headings_get_an_anchor_and_are_listed() -> None:
    html, headings = markdown_to_html(TEXT)
    assert headings == [Heading(2, "Räcker det?", "racker-det")]
    assert '<h2 id="racker-det">Räcker <em>det</em>?</h2>' in html


def test_anchors_are_plain() -> None:
    assert heading_anchor("När kom svaren?") == "nar-kom-svaren"
    assert heading_anchor("!!") == "-"


def test_raw_html_is_shown_as_text() -> None:
    html, _ = markdown_to_html(HOSTILE)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_script_address_is_not_a_link() -> None:
    html, _ = markdown_to_html("[x](javascript:alert(1))")
    assert "javascript:" not in html


def test_all_of_markdown_compiles_to_typst() -> None:
    typst = markdown_to_typst(TEXT)
    assert typst_compiler.compile(typst.encode()).startswith(b"%PDF")
    for function in (
        "heading(level: 2)",
        "strong",
        "link",
        "list",
        "enum",
        "quote",
        "table",
        "raw",
    ):
        assert f"#{function}" in typst


def test_every_word_is_a_string_literal_in_typst() -> None:
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", markdown_to_typst(HOSTILE))
    assert "read" not in outside
    assert "$" not in outside
    assert "@" not in outside
    assert "#read(" in text_of(markdown_to_typst(HOSTILE)).replace('\\"', '"')
