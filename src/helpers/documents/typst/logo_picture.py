"""A logo as a PNG, for mail programs, which show no SVG."""

from __future__ import annotations

from helpers.documents.brand_style import logo_as_typst
from helpers.documents.typst.compiler_process import TypesettingError, draw_png
from helpers.errors import ReportError
from helpers.model.brand.brand_look import BrandLook

_PIXELS_PER_INCH = 288.0  # the logo of a mail is 36 points high: 144 pixels for sharp screens


def logo_as_png(look: BrandLook) -> bytes:
    """Return the logo, on white, as a PNG; the same logo gives the same bytes."""
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n#{logo_as_typst(look, '36pt')}"
    try:
        return draw_png(source, _PIXELS_PER_INCH)
    except TypesettingError as error:
        raise ReportError(f"The logo cannot be drawn: {error}. Export it again.") from None
