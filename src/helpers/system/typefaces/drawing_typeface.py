"""The typeface in which charts and the map are drawn: that of a brand, or the documents' own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from helpers.system.typefaces.typeface_chain import Typeface

_BRAND: ContextVar[Typeface | None] = ContextVar("drawing_typeface", default=None)


@contextmanager
def drawn_in(typeface: Typeface | None) -> Iterator[None]:
    """Measure texts in a brand's typeface; without one, in that of the documents.

    A drawing is stored with the name of the documents' typeface, as it is with their colours; each
    document puts the brand's in its place.
    """
    before = _BRAND.set(typeface)
    try:
        yield
    finally:
        _BRAND.reset(before)


def drawing_typeface() -> Typeface | None:
    """The brand's typeface that is drawn in; None for the documents' own."""
    return _BRAND.get()
