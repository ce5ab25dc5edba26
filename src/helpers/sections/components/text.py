"""Blocks of text: the headline, paragraphs, quotations and remarks."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from helpers.sections.components.block import Block, typst_call


def headline_block(text: str, lead: str) -> Block:
    """Return the answer, and the sentence below it."""
    html = Markup('<h1>{}</h1>\n<p class="lead">{}</p>').format(text, lead)
    return Block(html, typst_call("headline", text=text, lead=lead), f"{text}\n{lead}")


def capitalize_first(text: str) -> str:
    """Return a text that begins with an inserted value, capitalised if that is a word."""
    return text[:1].upper() + text[1:]


def paragraphs(*texts: str) -> Block:
    """Return running text."""
    html = Markup("\n").join(Markup("<p>{}</p>").format(text) for text in texts)
    typst = "\n".join(typst_call("prose", text=text) for text in texts)
    return Block(html, typst, "\n\n".join(texts))


def bullets(items: Sequence[str]) -> Block:
    """Return a list of remarks."""
    entries = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    html = Markup("<ul>{}</ul>").format(entries)
    return Block(html, typst_call("bullets", items=list(items)), "\n".join(f"- {i}" for i in items))


def quotation(text: str, source: str) -> Block:
    """Return a quotation, already in quotation marks, and its source."""
    html = Markup(
        '<figure class="quote"><blockquote><p>{}</p></blockquote>'
        "<figcaption>{}</figcaption></figure>"
    ).format(text, source)
    return Block(html, typst_call("quotation", text=text, source=source), f"{text} ({source})")


def callout(text: str) -> Block:
    """Return a remark that must not be missed."""
    html = Markup('<p class="callout">{}</p>').format(text)
    return Block(html, typst_call("callout", text=text), f"! {text}")
