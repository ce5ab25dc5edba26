"""Start the catalogue of a further language, or add to it what has become new since."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from helpers.errors import ReportError
from helpers.i18n.catalogues.catalogue_state import (
    REFERENCE_LANGUAGE,
    first_form,
    read_catalogue,
)
from helpers.i18n.year_phrases import CATALOGUE_PHRASES
from helpers.model.languages import SHIPPED_LANGUAGES, catalogue_path, is_further_language
from helpers.system.files import atomic_write

_LINE_LENGTH = 76


def start_catalogue(language: str) -> Path:
    """Write `<language>.po` with every Swedish text, and the English one as a comment above it.

    Translations that the file has are kept, with their translators' comments and flags; texts that
    the code no longer has are left out. Raises ReportError for a shipped language, for a code that
    Babel does not know, and for a language that is written from right to left, which pages are not
    laid out for.
    """
    _check_language(language)
    path = catalogue_path(language)
    new = Catalog(locale=language, header_comment="")
    before = read_catalogue(language) if path.exists() else new
    started = Catalog(locale=language)
    for message in read_catalogue(REFERENCE_LANGUAGE):
        if message.id:
            _add_text(started, message, before)
    for phrase in CATALOGUE_PHRASES:
        if started.get(phrase) is None:
            _add_text(started, Message(phrase), before)
    body = BytesIO()
    write_po(body, started, width=_LINE_LENGTH, omit_header=True)
    atomic_write(path, _header(language, started, before.header_comment).encode() + body.getvalue())
    return path


def _check_language(language: str) -> None:
    if not is_further_language(language):
        raise ReportError(
            f"{language} is shipped, as {' and '.join(SHIPPED_LANGUAGES)} are. "
            "Name another language, for instance nb."
        )
    try:
        locale = Locale.parse(language) if re.fullmatch("[a-z]{2,3}", language) else None
    except (UnknownLocaleError, ValueError):
        locale = None
    if locale is None:
        raise ReportError(
            f"{language!r} is not the code of a language that numbers and dates are known for. "
            "Write a code of ISO 639 in small letters, for instance nb for Norwegian Bokmål."
        )
    if locale.text_direction != "ltr":
        raise ReportError(
            f"{locale.english_name} is written from right to left, and pages are laid out from "
            "left to right. Choose another language."
        )


def _add_text(started: Catalog, message: Message, before: Catalog) -> None:
    """Add a text with how it reads in English, and with what a translator has written on it.

    That is the translation, its comments and its flags: without the flag fuzzy, a translation that
    its translator doubts would be used.
    """
    earlier = before.get(first_form(message)) or Message(message.id)
    forms = _forms_for(message, earlier, started.num_plurals)
    english = [message.string] if isinstance(message.string, str) else message.string or ()
    started.add(
        message.id,
        forms,
        flags=(message.flags - {"fuzzy"}) | earlier.flags,
        auto_comments=[f"English: {text}" for text in english if text],
        user_comments=earlier.user_comments,
    )


def _forms_for(message: Message, earlier: Message, plurals: int) -> str | tuple[str, ...]:
    """The earlier translation, also where the text has got a plural form since, or lost it."""
    found = [earlier.string] if isinstance(earlier.string, str) else list(earlier.string or ())
    if not message.pluralizable:
        return found[0] if found else ""
    return tuple((found + [""] * plurals)[:plurals])


def _header(language: str, started: Catalog, comment: str) -> str:
    """What programs for translators read: the language, its plural forms and the encoding.

    `comment` has the lines that the file begins with, as they are.
    """
    lines = [
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {started.plural_forms}",
    ]
    beginning = f"{comment}\n" if comment else ""
    return f'{beginning}msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"
