"""A logo as a PNG, for mail programs, which show no SVG; and whether it can be drawn at all."""

from __future__ import annotations

from helpers.documents.brand_style import logo_as_typst
from helpers.documents.typst.compiler_process import HeavySourceError, TypesettingError, draw_png
from helpers.model.brand.brand_look import BrandLook
from helpers.model.brand.logo_check import LogoRefusedError

_PIXELS_PER_INCH = 288.0  # the logo of a mail is 36 points high: 144 pixels for sharp screens


def logo_as_png(look: BrandLook) -> bytes:
    """Return the logo, on white, as a PNG; the same logo gives the same bytes.

    Raises LogoRefusedError for a logo that cannot be drawn, or that takes too much to draw.
    """
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n#{logo_as_typst(look, '36pt')}"
    try:
        return draw_png(source, _PIXELS_PER_INCH)
    except (TypesettingError, HeavySourceError) as error:
        raise LogoRefusedError(f"it cannot be drawn: {error}") from None
