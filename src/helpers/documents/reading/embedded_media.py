"""What replaces elements that need a player, a network or a script."""

from __future__ import annotations

import re

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Element, Node, stand_in
from helpers.documents.reading.beautiful_soup import Tag

_ADDRESS_IN_TEXT = re.compile(r"https?://\S+", re.IGNORECASE)


def media_stand_in(node: Tag, source: CellSource) -> Node:
    """Return a sentence on the media that are not shown, with their address if they have one."""
    loc = source.loc
    sentences = {
        "audio": loc("[Här stod ett ljud.]"),
        "video": loc("[Här stod en film.]"),
        "iframe": loc("[Här stod en annan webbsida.]"),
    }
    sentence = sentences.get(node.name, loc("[Här stod något som bara visas med JavaScript.]"))
    source.warn(
        f"<{node.name}> is not in the document, which has a sentence in its place",
        "Show a picture or a text, for instance with IPython.display.Image.",
    )
    shown: list[Node] = [sentence]
    address = str(node.get("src") or node.get("data") or "")
    if _ADDRESS_IN_TEXT.fullmatch(address):
        shown += [" ", Element("a", [address], {"href": address})]
    return Element("p", shown, dict(stand_in(sentence).attributes))
