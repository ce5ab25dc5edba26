"""The result of a notebook call in three forms: for the page, the PDF and the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HTML_MIME, TYPST_MIME, PLAIN_MIME = "text/html", "text/x-typst", "text/plain"


@dataclass(frozen=True)
class Block:
    """A display object; in `html` and `typst` all data is already escaped."""

    html: str
    typst: str
    plain: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {HTML_MIME: self.html, TYPST_MIME: self.typst, PLAIN_MIME: self.plain}

    def __repr__(self) -> str:
        return self.plain


# A section of nothing else is left out, together with its heading.
EMPTY_BLOCK = Block("", "", "")


def stack(*blocks: Block) -> Block:
    """Put blocks below each other."""
    blocks = tuple(block for block in blocks if block != EMPTY_BLOCK)
    return Block(
        "\n".join(block.html for block in blocks),
        "\n".join(block.typst for block in blocks),
        "\n\n".join(block.plain for block in blocks),
    )


def typst_call(function: str, **arguments: Any) -> str:
    """Return a call of a function of report.typ, in which every text is a string literal.

    Text from a register can therefore never be interpreted as Typst markup or code.
    """
    named = ", ".join(
        f"{name.replace('_', '-')}: {typst_literal(v)}" for name, v in arguments.items()
    )
    return f"#{function}({named})"


def typst_literal(value: Any) -> str:
    """Return a Python value as a Typst literal.

    Accepts str, numbers, bool, None, lists and dictionaries.
    """
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
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
