"""Blocks of text: the headline, paragraphs, quotations and remarks."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import number_in_words, percent_in_words
from helpers.model.localized_text import Language
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import (
    BulletsPart,
    CalloutPart,
    HeadlinePart,
    ParagraphPart,
    QuotationPart,
    RunningText,
)

MOST_IN_TEXT = 40  # names or conditions in a sentence


def headline_block(text: str) -> Block:
    """Return the answer."""
    return Block((HeadlinePart(text=text),))


def lead_block(text: str) -> Block:
    """Return the sentences that carry the answer, in larger type."""
    return Block((ParagraphPart(text=percent_in_words(text), role="lead"),))


def capitalize_first(text: str) -> str:
    """Return a text that begins with an inserted value, capitalised if that is a word."""
    return text[:1].upper() + text[1:]


def join_first(
    loc: Localizer, items: Sequence[str], most: int = MOST_IN_TEXT, separator: str = ""
) -> str:
    """A list of items in running text; of many the first, and how many more there are.

    Without a separator the last two are joined by a word: a, b och c.
    """
    more = len(items) - most
    listed = (
        [*items[:most], loc("{n} till", n=number_in_words(more, loc))] if more > 0 else [*items]
    )
    return separator.join(listed) if separator else loc.join_list(listed)


def paragraphs(*texts: RunningText) -> Block:
    """Return running text."""
    return Block(tuple(ParagraphPart(text=_running(text)) for text in texts))


def bullets(items: Sequence[RunningText]) -> Block:
    """Return a list of remarks."""
    return Block((BulletsPart(items=tuple(_running(item) for item in items)),))


def quotation(text: str, source: str, language: Language | None = None) -> Block:
    """Return a quotation, already in quotation marks, its source, and its language if another."""
    return Block((QuotationPart(text=text, source=source, language=language),))


def callout(text: RunningText) -> Block:
    """Return a remark that must not be missed."""
    return Block((CalloutPart(text=_running(text)),))


def _running(text: RunningText) -> RunningText:
    return percent_in_words(text) if isinstance(text, str) else text
