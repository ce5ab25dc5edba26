"""What Typst sets by itself, such as the marks of a list, has the brand's typeface too."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pikepdf

from helpers.documents.typst.pdf_compiler import compile_pdf
from helpers.system.typefaces.typeface_chain import typeface_named

SOURCE = """
#set document(title: "t")
#set text(font: (..brand-fonts, "Source Sans Pro"))
- Outer
  - Inner
#context counter(page).display()
#sym.dot.c
"""


def test_marks_of_lists_and_page_numbers_have_the_brands_typeface() -> None:
    brand = typeface_named("DejaVu Sans")
    assert brand is not None
    content = compile_pdf(SOURCE, datetime(2026, 1, 2, tzinfo=UTC), brand)
    with pikepdf.open(BytesIO(content)) as pdf:
        dictionaries = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        fonts = [str(one["/BaseFont"]) for one in dictionaries if "/BaseFont" in one]
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"Brand"}
