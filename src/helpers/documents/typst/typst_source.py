"""Typst source in which every text is a string literal, so that no text is read as markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class TypstContent:
    """Typst source of ours, for an argument that takes content instead of a text."""

    source: str

    def __str__(self) -> str:
        return f"[{self.source}]"


@dataclass(frozen=True)
class TypstCode:
    """Typst code of ours, for an argument that no Python value stands for: a length, bytes."""

    source: str

    def __str__(self) -> str:
        return self.source

    @classmethod
    def bytes_of(cls, content: bytes) -> Self:
        """The bytes of a picture."""
        return cls(f"bytes(({', '.join(map(str, content))},))")


def typst_call(function: str, **arguments: Any) -> str:
    """Return a call of a function of report.typ in markup; see typst_expression."""
    return f"#{typst_expression(function, **arguments)}"


def typst_expression(function: str, **arguments: Any) -> str:
    """Return a call of a function as Typst code, in which every text is a string literal.

    Text from a register can therefore never be interpreted as Typst markup or code.
    """
    named = ", ".join(
        f"{name.replace('_', '-')}: {typst_literal(v)}" for name, v in arguments.items()
    )
    return f"{function}({named})"


def typst_literal(value: Any) -> str:
    """A value as a Typst literal: text, content, code, numbers, truth, None, lists, mappings."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | TypstContent | TypstCode):
        return str(value)
    if isinstance(value, str):
        return _typst_string(value)
    if isinstance(value, Mapping):
        items = ", ".join(f"{_typst_string(str(k))}: {typst_literal(v)}" for k, v in value.items())
        return f"({items or ':'})"
    if isinstance(value, Sequence):
        return "(" + "".join(f"{typst_literal(item)}, " for item in value) + ")"
    raise TypeError(f"no Typst literal for {type(value).__name__}")


def _typst_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\r", "\\r").replace("\n", "\\n") + '"'
