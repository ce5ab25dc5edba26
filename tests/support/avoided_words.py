"""Finds the words that docs/explanation/style.md avoids in Markdown pages and Python files.

The page's table under "English" is the only list. Python files are searched in their comments and
string literals (docstrings, messages, help), Markdown outside code.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STYLE_PAGE = ROOT / "docs" / "explanation" / "style.md"
_CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"`[^`\n]*`")
_SOURCE_LINE = re.compile(r"(?m)^# ?")


@dataclass(frozen=True, order=True)
class AvoidedWord:
    """A phrase to avoid, what to write, and longer phrases in which it is allowed."""

    phrase: str
    instead: str
    allowed: tuple[str, ...] = ()

    def offsets(self, text: str) -> list[int]:
        """Where the phrase is in a text, also across a line break, except in allowed phrases."""
        excused = [span for phrase in self.allowed for span in _spans(phrase, text)]
        return [
            start
            for start, end in _spans(self.phrase, text)
            if not any(first <= start and end <= last for first, last in excused)
        ]


def _spans(phrase: str, text: str) -> list[tuple[int, int]]:
    """Where a phrase is, as it is or with a capital at its beginning: "is None" is Python."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    either = f"[{words[0].lower()}{words[0].upper()}]{words[1:]}"
    return [found.span() for found in re.finditer(rf"\b{either}\b", text)]


def read_avoided_words(page: str) -> list[AvoidedWord]:
    """The words of the table with the heading "avoid" on a page."""
    table = page.partition("| avoid | write | allowed |\n")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:4]] for line in table.splitlines()[1:]]
    return [
        AvoidedWord(phrase, instead, tuple(filter(None, allowed.split(", "))))
        for phrases, instead, allowed in rows
        for phrase in phrases.split(", ")
    ]


def find_in_markdown(name: str, text: str, words: list[AvoidedWord]) -> list[str]:
    """A message for each avoided word outside code, with its line and what to write."""
    prose = _CODE_BLOCK.sub(lambda block: "\n" * block[0].count("\n"), text)
    return _messages(name, [(1, _CODE_SPAN.sub("`", prose))], words)


def find_in_python(name: str, source: str, words: list[AvoidedWord]) -> list[str]:
    """A message for each avoided word in a comment or string literal."""
    return _messages(name, [*_comments(source), *_strings(source)], words)


def _messages(name: str, texts: list[tuple[int, str]], words: list[AvoidedWord]) -> list[str]:
    found = sorted(
        (line + text.count("\n", 0, offset), word)
        for line, text in texts
        for word in words
        for offset in word.offsets(text)
    )
    return [
        f'{name}:{line}: "{word.phrase}". Write: {word.instead} (docs/explanation/style.md).'
        for line, word in found
    ]


def _comments(source: str) -> Iterator[tuple[int, str]]:
    """Each block of comments on consecutive lines, with its first line."""
    first, block = 0, list[str]()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        if block and token.start[0] != first + len(block):
            yield first, "\n".join(block)
            block = []
        first = first if block else token.start[0]
        block.append(_SOURCE_LINE.sub("", token.string))
    if block:
        yield first, "\n".join(block)


def _strings(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
