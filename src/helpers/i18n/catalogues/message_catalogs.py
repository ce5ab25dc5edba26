"""The catalogs of translated texts, each read once."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from helpers.i18n.catalogues.catalogue_state import usable_catalogue
from helpers.model.languages import CATALOGUE_FOLDER
from helpers.model.localized_text import Language

_BABEL_LOCALES = {"sv": "sv_SE", "en": "en_GB"}


def babel_locale(language: Language) -> str:
    """The locale by which Babel writes numbers, dates and lists in a language."""
    return _BABEL_LOCALES.get(language, language)


@lru_cache
def load_catalog(language: Language) -> NullTranslations:
    """The translations from Swedish; an empty catalog for Swedish."""
    if language == "sv":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, usable_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def read_message_catalog() -> Catalog:
    """The messages of the program, English to Swedish (see swedish_messages)."""
    with (CATALOGUE_FOLDER / "messages.sv.po").open("rb") as file:
        return read_po(file, locale="sv", abort_invalid=True)
