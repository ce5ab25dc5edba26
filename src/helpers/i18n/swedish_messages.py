"""Translates messages of the program, which are written in English, into Swedish.

The code writes a message as an f-string, and this module recognises the finished text by the
catalogue `locale/messages.sv.po`. A field of an English template matches any text. Three spellings
narrow it: `{value!r}` is a value in quotation marks, and `{key}` and `{number}` are single words.

A Swedish template repeats the fields. A kind after the name translates the field, too:

- `{what:text}` is a message of the catalogue.
- `{found:list}` is a list, "a, b and c" or "'a' or 'b'", whose parts may be messages; with
  `{found:messages}`, all of them are.
- `{why:foreign}` is the text of a library, which stays as it is where the catalogue lacks it.
- `{column:column}` is a column of the register.

A message that the catalogue lacks stays in English: nothing is lost.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from helpers.i18n.catalogues.message_catalogs import read_message_catalog

_FIELD = re.compile(r"\{(?P<name>\w+)(?P<quoted>!r)?(?::(?P<kind>\w+))?\}")
_QUOTED_VALUE = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_PATTERN_OF_NAME = {"key": r"\S+", "number": r"\S+"}
_LIST_PART = re.compile(rf"(?P<quoted>{_QUOTED_VALUE})|(?P<joint>, | and | or )|(?P<other>.)")
_JOINTS = {" and ": " och ", " or ": " eller "}
_END_OF_SENTENCE = re.compile(r"(?<=[.!?]) ")
SWEDISH_COLUMN_NAMES = {
    "code": "kommunkod",
    "name": "kommun",
    "decision": "svar",
    "decided_on": "beslutsdatum",
    "received_on": "inkom",
    "registered_on": "registrerad",
    "years": "avser år",
    "condition": "villkor",
    "case_number": "diarienummer",
    "note": "anmärkning",
}


@dataclass(frozen=True)
class MessageTemplate:
    """An English template and its Swedish one.

    `comment` is "foreign" for a text of a library, "composed" for a text that the code puts
    together from several pieces, and blank for the others.
    """

    english: str
    swedish: str
    comment: str = ""
    literals: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "literals", _FIELD.sub("\0", self.english).split("\0"))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What the finished English messages look like."""
        pattern, end = "", 0
        for found in _FIELD.finditer(self.english):
            pattern += re.escape(self.english[end : found.start()])
            pattern += f"(?P<{found['name']}>{_field_pattern(found)})"
            end = found.end()
        return re.compile(pattern + re.escape(self.english[end:]), re.DOTALL)

    @property
    def weight(self) -> int:
        """How much of the message the template states: of two that match, the heavier is right."""
        return sum(map(len, self.literals))

    def translate(self, message: str, *, strict: bool) -> str | None:
        """The message in Swedish; None where it is another message, or a part is unknown.

        With `strict`, the text of a library must be in the catalogue, too.
        """
        if not all(literal in message for literal in self.literals):
            return None
        match = self.pattern.fullmatch(message)
        if match is None:
            return None
        quoted = {found["name"] for found in _FIELD.finditer(self.english) if found["quoted"]}
        values = {
            name: _without_quotes(value) if name in quoted else value
            for name, value in match.groupdict().items()
        }
        return _fill_in(self.swedish, values, strict=strict)


def find_swedish(message: str) -> str | None:
    """A message in Swedish; None where the catalogue lacks it."""
    return _find(message, strict=True) or _find(message, strict=False)


def in_swedish(message: str) -> str:
    """A message, of one or more lines, in Swedish; lines that the catalogue lacks in English."""
    return find_swedish(message) or "\n".join(
        find_swedish(line) or line for line in message.split("\n")
    )


@lru_cache
def message_templates() -> list[MessageTemplate]:
    """The catalogue, the most specific templates first."""
    templates = [
        MessageTemplate(str(entry.id), str(entry.string), " ".join(entry.auto_comments))
        for entry in read_message_catalog()
        if entry.id and entry.string
    ]
    return sorted(templates, key=lambda template: -template.weight)


@lru_cache(maxsize=4096)
def _find(message: str, *, strict: bool) -> str | None:
    for template in message_templates():
        translated = template.translate(message, strict=strict)
        if translated is not None:
            return translated
    for end in _END_OF_SENTENCE.finditer(message):
        first = _find(message[: end.start()], strict=strict)
        rest = _find(message[end.end() :], strict=strict) if first else None
        if rest:
            return f"{first} {rest}"
    return None


def _fill_in(swedish: str, values: dict[str, str], *, strict: bool) -> str | None:
    """The Swedish template with its values; None where a message in it is unknown."""
    filled, end = "", 0
    for found in _FIELD.finditer(swedish):
        value = _translate_value(values[found["name"]], found["kind"], strict=strict)
        if value is None:
            return None
        filled += swedish[end : found.start()] + value
        end = found.end()
    return filled + swedish[end:]


def _translate_value(value: str, kind: str | None, *, strict: bool) -> str | None:
    if kind is None or not value.strip():
        return value
    if kind == "column":
        return SWEDISH_COLUMN_NAMES.get(value, value)
    if kind == "messages":
        parts = [_find(part, strict=strict) for part in value.split(", ")]
        return None if None in parts else ", ".join(filter(None, parts))
    if kind == "list":
        return "".join(_translate_list(value))
    translated = _find(value, strict=strict)
    return value if translated is None and kind == "foreign" and not strict else translated


def _translate_list(text: str) -> Iterator[str]:
    """The parts of a list, with Swedish quotation marks and conjunctions."""
    other = ""
    for part in _LIST_PART.finditer(text):
        if part["other"]:
            other += part["other"]
            continue
        yield find_swedish(other) or other if other else ""
        other = ""
        yield (
            f"”{_without_quotes(part['quoted'])}”"
            if part["quoted"]
            else _JOINTS.get(part["joint"], part["joint"])
        )
    yield find_swedish(other) or other if other else ""


def _field_pattern(found: re.Match[str]) -> str:
    if found["quoted"]:
        return _QUOTED_VALUE
    return _PATTERN_OF_NAME.get(found["name"], ".*?")


def _without_quotes(literal: str) -> str:
    """The value of a text as Python quotes it."""
    try:
        return str(literal_eval(literal))
    except (SyntaxError, ValueError):
        return literal[1:-1]
