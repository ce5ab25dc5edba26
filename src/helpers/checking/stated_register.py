"""The table [register] of round.toml as TOML, with a comment where somebody must decide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.i18n.localized_problems import localize_text
from helpers.model.localized_text import Language

_HEADER = "How the register looks: paste this into round.toml, in place of its [register] if any."


@dataclass
class StatedRegister:
    """What the table states: settings by key, with the choices where somebody must decide."""

    settings: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    decide: dict[str, str] = field(default_factory=dict)

    def lines(self, language: Language) -> Iterator[str]:
        """Yield the lines; the comments are in the language."""
        yield f"# {localize_text(_HEADER, language)}"
        yield "[register]"
        yield from self._entries(self.settings, language)
        tables = {"columns": self.columns, "answers": self.answers}
        for name, entries in tables.items():
            if entries:
                yield ""
                yield f"[register.{name}]"
                yield from self._entries(entries, language)

    def _entries(self, entries: Mapping[str, Any], language: Language) -> Iterator[str]:
        for key, value in entries.items():
            if value is not None:
                written = key if entries is self.settings else _toml_value(key)
                yield f"{written} = {_toml_value(value)}{self._comment(key, language)}"

    def _comment(self, key: str, language: Language) -> str:
        if key not in self.decide:
            return ""
        return f"  # {localize_text(f'decide: {self.decide[key]}', language)}"


def _toml_value(value: Any) -> str:
    """Return a number, text or list of texts; TOML escapes a text as JSON does, and DEL as well."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
