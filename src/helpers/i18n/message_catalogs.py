"""The catalogs of translated texts, each read once."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from helpers.model.localized_text import Language

_LOCALE_FOLDER = Path(__file__).parent / "locale"


BABEL_LOCALES: dict[Language, str] = {"sv": "sv_SE", "en": "en_GB"}


@lru_cache
def load_catalog(language: Language) -> NullTranslations:
    """The translations from Swedish; an empty catalog for Swedish."""
    path = _LOCALE_FOLDER / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def read_message_catalog() -> Catalog:
    """The messages of the program, English to Swedish (see swedish_messages)."""
    with (_LOCALE_FOLDER / "messages.sv.po").open("rb") as file:
        return read_po(file, locale="sv", abort_invalid=True)
