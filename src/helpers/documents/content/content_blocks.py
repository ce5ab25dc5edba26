"""Orders mixed content: running text into paragraphs, blocks into a row of blocks."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.documents.content.content_tree import Element, Grid, Node, is_block, walk

_TRANSPARENT = ("div",)  # a container that looks like its content


def as_blocks(nodes: Sequence[Node], name: str = "p") -> list[Node]:
    """Return blocks only: each run of text between blocks becomes a paragraph."""
    blocks: list[Node] = []
    run: list[Node] = []
    for node in map(_settled, nodes):
        if not is_block(node):
            run.append(node)
            continue
        blocks += _closed(run, name)
        run = []
        if isinstance(node, Element) and node.name in _TRANSPARENT:
            blocks += as_blocks(node.children)
        else:
            blocks.append(node)
    return blocks + _closed(run, name)


def as_flow(nodes: Sequence[Node]) -> list[Node]:
    """Return the content of a list item or a cell: text as it is, or text and blocks."""
    settled = list(map(_settled, nodes))
    if not any(map(is_block, settled)):
        return trimmed(settled)
    return as_blocks(settled, name="line")


def trimmed(run: Sequence[Node]) -> list[Node]:
    """Return running text without blanks and breaks at its ends."""
    kept = list(run)
    while kept and _is_blank(kept[0]):
        kept.pop(0)
    while kept and _is_blank(kept[-1]):
        kept.pop()
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip()
    for at, node in enumerate(kept[1:], start=1):  # a line begins with its text
        before = kept[at - 1]
        if isinstance(node, str) and isinstance(before, Element) and before.name == "br":
            kept[at] = node.lstrip(" \t\r\n\f")
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip()
    return kept


def _closed(run: Sequence[Node], name: str) -> list[Node]:
    kept = trimmed(run)
    return [Element(name, kept)] if kept else []


def _is_blank(node: Node) -> bool:
    if isinstance(node, str):
        return not node.strip(" \t\r\n\f")
    return isinstance(node, Element) and node.name == "br"


def _settled(node: Node) -> Node:
    """Return a node in which no running text contains blocks.

    A mark or a link around blocks becomes running text with line breaks; around a table, which
    cannot, it is dropped.
    """
    if not isinstance(node, Element) or (is_block(node) and node.name not in _INLINE_BLOCKS):
        return node
    if not any(map(is_block, walk(node.children))):
        return node
    if any(isinstance(inner, Grid) for inner in walk(node.children)):
        return Element("div", node.children)
    blocks = as_blocks(node.children)
    joined: list[Node] = []
    for block in blocks:
        if joined:
            joined.append(Element("br"))
        inner = block.children if isinstance(block, Element) else [block]
        joined += inner or [block]
    return Element(node.name, joined, node.attributes)


_INLINE_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6")  # blocks that contain running text only
