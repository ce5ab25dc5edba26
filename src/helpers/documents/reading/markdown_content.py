"""Reads markdown as notebooks have it, into the tree of a notebook's content.

CommonMark with tables, strikethrough, footnotes, task lists and bare addresses by mistune's
plugins; LaTeX and callouts as Jupyter, GitHub, MyST and Quarto write them. Known HTML elements in
it are kept; other tags are shown as the text that they may be (`<kommun>`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import mistune

from helpers.documents.content.cell_pictures import picture_at
from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Element, Grid, Node
from helpers.documents.reading.callout_syntax import mark_callouts, quotes_as_callouts
from helpers.documents.reading.html_cleaner import KNOWN_TAGS, read_content
from helpers.documents.reading.latex_syntax import FORMULA_FENCES, latex_plugin
from helpers.documents.reading.long_addresses import drawings_as_pictures

_PLUGINS: list[Any] = [
    "table",
    "strikethrough",
    "footnotes",
    "task_lists",
    "url",
    latex_plugin,
]
_TAG = r"</?([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>|<style\b.*?</style>"
_MARKDOWN_TAG = re.compile(_TAG, re.S)
_TAG_OR_COMMENT = re.compile(rf"<!--.*?-->|{_TAG}", re.S)
# Spaces in its address. The bound is against `![` without an end, a hundred thousand times.
_UNREAD_PICTURE = re.compile(r"!\[([^\]]{0,1000})\]\(([^()\n]*\s[^()\n]*?)\)")
# mistune takes the square of their number in time. A text shows one space for all of them, and a
# line of code has no room for as many.
_MANY_SPACES = re.compile(r" {500,}")
_PICTURE_TITLE = re.compile(r"\s+[\"'].*[\"']$")


class _NotebookHtml(mistune.HTMLRenderer):
    """mistune's HTML renderer; known tags in the text stay, and addresses are checked later."""

    def __init__(self) -> None:
        super().__init__(escape=True, allow_harmful_protocols=True)

    def text(self, text: str) -> str:
        """Text in which an entity is the character that it names."""
        return _text_between(text)

    def inline_html(self, html: str) -> str:
        return _known_tags_only(html)

    def block_html(self, html: str) -> str:
        return _known_tags_only(html)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """The picture; a title is read after it, as a browser shows it on pointing only."""
        shown = super().image(text, url)
        return f"{shown} <em>{html.escape(title)}</em>" if title else shown

    def block_code(self, code: str, info: str | None = None) -> str:
        language = (info or "").strip().strip("{}").lower()
        if language in FORMULA_FENCES:
            return f'<x-formula display="block">{html.escape(code)}</x-formula>\n'
        shown = f"<pre>{html.escape(code)}</pre>\n"
        return f"<x-mermaid></x-mermaid>{shown}" if language == "mermaid" else shown


def read_markdown(text: str, source: CellSource) -> list[Node]:
    """Return a markdown text as blocks of known elements."""
    markdown = mistune.create_markdown(renderer=_NotebookHtml(), plugins=_PLUGINS)
    text = _MANY_SPACES.sub(" " * 500, text)
    made = str(markdown(mark_callouts(drawings_as_pictures(text))))
    blocks = read_content(made, source, is_markdown=True)
    return quotes_as_callouts(_with_spaced_pictures(blocks, source), source.loc)


def _known_tags_only(markup: str) -> str:
    """The markup, in which what is not a known tag is text."""
    pieces, at = [], 0
    for tag in _tags_and_comments(markup):
        pieces.append(_text_between(markup[at : tag.start()]))
        known = tag[1] is None or tag[1].lower() in KNOWN_TAGS
        pieces.append(tag[0] if known else html.escape(tag[0]))
        at = tag.end()
    return "".join([*pieces, _text_between(markup[at:])])


def _tags_and_comments(markup: str) -> Iterator[re.Match[str]]:
    """Tags, and comments up to the last end of one: it is sought from each beginning."""
    end = markup.rfind("-->") + len("-->") if "-->" in markup else 0
    yield from _TAG_OR_COMMENT.finditer(markup, 0, end)
    yield from _MARKDOWN_TAG.finditer(markup, end)


def _text_between(text: str) -> str:
    """Text in which an entity is the character that it names, as in HTML."""
    return html.escape(html.unescape(text))


def _with_spaced_pictures(nodes: list[Node], source: CellSource) -> list[Node]:
    """Pictures whose address has spaces, which CommonMark takes for text."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            found += _pictures_in(node, source)
            continue
        if isinstance(node, Element) and node.name not in ("pre", "code"):
            node.children = _with_spaced_pictures(node.children, source)
        elif isinstance(node, Grid):
            node.rows = [[_with_spaced_pictures(c, source) for c in row] for row in node.rows]
        found.append(node)
    return found


def _pictures_in(text: str, source: CellSource) -> list[Node]:
    pieces: list[Any] = []
    at = 0
    for match in _UNREAD_PICTURE.finditer(text):
        pieces.append(text[at : match.start()])
        pieces.append(picture_at(_PICTURE_TITLE.sub("", match[2]), match[1].strip(), source))
        at = match.end()
    return [piece for piece in [*pieces, text[at:]] if piece != ""]
