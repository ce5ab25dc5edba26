"""Takes drawings and long data URLs out of HTML before it is parsed, and gives them back.

A parser of HTML writes SVG's names in lower case, and libxml2 drops an attribute of ten million
characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote

# Only of an `<img>`: an address in a text or a link is not a picture's, and stays where it is.
_PICTURE_DATA_URL = re.compile(
    r"(<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\ssrc\s*=\s*[\"']?\s*)(data:image/[^\s\"'<>()]{200,})",
    re.IGNORECASE,
)
_DRAWING_TAG = re.compile(r"<(/?)svg\b[^>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TITLE_ELEMENT = re.compile(r"<title[^>]*>([^<]*)</title>", re.IGNORECASE)
_LABEL = re.compile(r"aria-label=[\"']([^\"']*)", re.IGNORECASE)


# Fenced code and code spans, in which a drawing is text, or a drawing.
_CODE_OR_DRAWING = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)|<svg\b.*?</svg>",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)


def drawings_as_pictures(markdown: str) -> str:
    """Return a markdown text in which each `<svg>` is an `<img>`, but for those in code."""
    return _CODE_OR_DRAWING.sub(
        lambda match: _picture_tag(match[0]) if match[0][:4].lower() == "<svg" else match[0],
        markdown,
    )


def _picture_tag(svg: str) -> str:
    return f'<img src="data:image/svg+xml,{quote(svg)}" alt="{_title_of(svg)}">'


def _title_of(svg: str) -> str:
    found = _TITLE_ELEMENT.search(svg) or _LABEL.search(svg.split(">", 1)[0])
    return found[1].replace('"', "&quot;") if found else ""


@dataclass
class LongAddresses:
    """Addresses by the short ones that replace them in the HTML."""

    _found: dict[str, str] = field(default_factory=dict)

    @classmethod
    def taken_from(cls, html: str) -> tuple[str, LongAddresses]:
        """Return the HTML with short addresses, and what they replace."""
        addresses = cls()
        html = _COMMENT.sub("", html)
        html = addresses._without_drawings(html)  # first: a picture in a drawing is the drawing's
        shortened = _PICTURE_DATA_URL.sub(
            lambda match: match[1] + addresses.short_for(match[2]), html
        )
        return shortened, addresses

    def short_for(self, address: str) -> str:
        """Keep an address and return the short address that replaces it."""
        short = f"kept:{len(self._found)}"
        self._found[short] = address
        return short

    def original(self, address: str) -> str:
        """Return the address that a short one replaces, or the address itself."""
        return self._found.get(address, address)

    def _without_drawings(self, html: str) -> str:
        """Each `<svg>` as an `<img>`: as a picture, no script in it can run."""
        pieces, at, depth, begun = [], 0, 0, 0
        for tag in _DRAWING_TAG.finditer(html):
            if tag[0].endswith("/>"):
                continue
            if not tag[1]:
                begun = begun if depth else tag.start()
                depth += 1
            elif depth:
                depth -= 1
                if not depth:
                    pieces += [html[at:begun], self._as_picture(html[begun : tag.end()])]
                    at = tag.end()
        return "".join([*pieces, html[at:]])

    def _as_picture(self, svg: str) -> str:
        short = self.short_for(f"data:image/svg+xml,{quote(svg)}")
        return f'<img src="{short}" alt="{_title_of(svg)}">'
