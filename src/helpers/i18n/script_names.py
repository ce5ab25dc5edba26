"""How a script and a language are called in a language: Han, Devanagari, Thai; svenska."""

from __future__ import annotations

from babel import Locale

from helpers.i18n.catalogues.message_catalogs import babel_locale
from helpers.model.localized_text import Language


def script_name(script: str, language: Language) -> str:
    """The name of a script by its code in ISO 15924; the code where the language has no name."""
    return str(Locale.parse(babel_locale(language)).scripts.get(script, script))


def language_name(named: Language, language: Language) -> str:
    """How a language is called in a language: svenska, Swedish; in English if that has no word."""
    names = Locale.parse(babel_locale(language)).languages
    return str(names.get(named) or Locale.parse("en").languages.get(named, named))
