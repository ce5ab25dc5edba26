"""How complete the catalogue of a language is, and which of its translations cannot be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from helpers.errors import ReportError
from helpers.i18n.year_phrases import CATALOGUE_PHRASES
from helpers.model.languages import catalogue_path, is_further_language

_CATALOGUE_LINE = re.compile(r'\s*(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+)?".*")?\s*')
REFERENCE_LANGUAGE = "en"  # its catalogue has every text of the code and of the notebooks


@dataclass(frozen=True)
class CatalogueState:
    """How complete a catalogue is.

    `unusable` are the Swedish texts whose translation has other values in braces, or fewer plural
    forms, than they need: a document has them in Swedish, like those not translated.
    """

    texts: int
    translated: int
    unusable: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """The texts that a document has in Swedish."""
        return self.texts - self.translated


@lru_cache
def catalogue_state(language: str) -> CatalogueState:
    """Count the texts of a further language; a shipped one is complete, as tests check."""
    if not is_further_language(language):
        return CatalogueState(0, 0)
    catalogue = read_catalogue(language)
    found = [catalogue.get(text) for text in wanted_texts()]
    usable = [one for one in found if one and _is_usable(one, catalogue.num_plurals)]
    unusable = [one for one in found if one and _is_filled(one) and one not in usable]
    return CatalogueState(len(found), len(usable), tuple(map(first_form, unusable)))


def wanted_texts() -> list[str]:
    """The Swedish texts that a catalogue translates; of a plural its singular."""
    reference = [first_form(message) for message in read_catalogue(REFERENCE_LANGUAGE)]
    return list(dict.fromkeys(filter(None, (*reference, *CATALOGUE_PHRASES))))


def usable_catalogue(language: str) -> Catalog:
    """The catalogue of a language without translations that would fail where they are used."""
    catalogue = read_catalogue(language)
    if is_further_language(language):
        for message in list(catalogue):
            if message.id and not _is_usable(message, catalogue.num_plurals):
                message.string = ""
    return catalogue


def read_catalogue(language: str) -> Catalog:
    """Read `<language>.po`; raises ReportError, with the line, for a file that is not one."""
    path = catalogue_path(language)
    content = path.read_bytes()
    try:
        # Babel would take a line without quotation marks, less its first and last character.
        for number, line in enumerate(content.decode().splitlines(), start=1):
            if not _CATALOGUE_LINE.fullmatch(line):
                raise ReportError(
                    f"{path.name}, line {number}: {line!r} is not a line of a catalogue. Write the "
                    "text between quotation marks."
                )
        return read_po(BytesIO(content), locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise ReportError(f"{path.name} is not a catalogue: {error}. Correct it.") from None


def first_form(message: Message) -> str:
    """The Swedish text of a message; of a plural its singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_filled(message: Message) -> bool:
    return any(_forms(message.string))


def _is_usable(message: Message, plurals: int) -> bool:
    """Whether every form is translated, with no other values in braces than the text has."""
    translated = _forms(message.string)
    wanted = plurals if message.pluralizable else 1
    if len(translated) != wanted or not all(translated) or message.fuzzy:
        return False
    known = set.union(*(places(text) or set() for text in _forms(message.id)), {"n"})
    found = [places(text) for text in translated]
    return all(one is not None and one <= known for one in found)


def _forms(texts: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts or ())


def places(text: str) -> set[str] | None:
    """The values in braces that a text takes; None for a text with a brace too many or too few."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
