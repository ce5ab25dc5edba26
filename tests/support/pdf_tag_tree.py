"""Reads a PDF's tag tree in reading order, with the text that each element holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

Marked = dict[tuple[int, int], str]  # the text of each marked content, by page object and MCID
_HEX = r"<([0-9a-fA-F]+)>\s*"
_RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
_CHARS = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)


@dataclass(frozen=True)
class Tag:
    """A structure element: its kind without the slash, its own attributes, what it contains."""

    kind: str
    alternative: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    content: tuple[Tag | str, ...] = ()
    language: str = ""

    @property
    def kids(self) -> list[Tag]:
        """The elements directly inside."""
        return [one for one in self.content if isinstance(one, Tag)]

    @property
    def text(self) -> str:
        """All that is read aloud in it, but for text alternatives; every blank a plain one."""
        pieces = [one.text if isinstance(one, Tag) else one for one in self.content]
        gap = "" if self.kind in _INLINE else " "
        text = gap.join(pieces).replace("\u00a0", " ")
        return " ".join(text.split()) if gap else text

    def walk(self) -> Iterator[Tag]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *kinds: str) -> list[Tag]:
        """Every element of these kinds, in reading order."""
        return [tag for tag in self.walk() if tag.kind in kinds]


_INLINE = frozenset(
    {"P", "H1", "H2", "H3", "Span", "Strong", "Em", "Link", "Caption", "Lbl", "TH", "TD", "LBody"}
)


def read_tags(pdf: bytes) -> Tag:
    """The whole tree of a PDF that has one."""
    with pikepdf.open(BytesIO(pdf)) as document:
        marked: Marked = {}
        for page in document.pages:
            texts = _marked_texts(page.obj)
            marked |= {(page.obj.objgen[0], number): text for number, text in texts.items()}
        return _element(document.Root.StructTreeRoot, None, marked)


def _element(node: Any, page: Any, marked: Marked) -> Tag:
    page = node.get("/Pg", page)
    kids = node.get("/K", [])
    inside = (_kid(kid, page, marked) for kid in (kids if _many(kids) else [kids]))
    return Tag(
        str(node.get("/S", "/Root"))[1:],
        str(node.get("/Alt", "")),
        _attributes(node.get("/A")),
        tuple(one for one in inside if one is not None),
        str(node.get("/Lang", "")),
    )


def _kid(kid: Any, page: Any, marked: Marked) -> Tag | str | None:
    if isinstance(kid, int):
        return marked.get((page.objgen[0], kid), "")
    if kid.get("/Type") == "/OBJR":
        return None
    if "/MCID" in kid:
        return marked.get((kid.get("/Pg", page).objgen[0], int(kid.MCID)), "")
    return _element(kid, page, marked)


def _many(value: Any) -> bool:
    return isinstance(value, list | pikepdf.Array)


def _attributes(value: Any) -> dict[str, Any]:
    """All attribute dictionaries of an element as one."""
    if value is None:
        return {}
    found: dict[str, Any] = {}
    for one in value if _many(value) else [value]:
        if isinstance(one, pikepdf.Dictionary):
            found |= {str(name): str(value) for name, value in one.items()}
    return found


def _marked_texts(page: Any) -> dict[int, str]:
    """The text of each marked content of a page, by its MCID; artefacts and drawings left out."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    open_marks: list[int | None] = []
    letters: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page):
        operands, name = step.operands, str(step.operator)
        if name in ("BDC", "BMC"):
            open_marks.append(_number(operands))
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            number = next((mark for mark in reversed(open_marks) if mark is not None), None)
            if number is not None:
                texts[number] = texts.get(number, "") + _shown(operands[0], letters)
    return texts


def _number(operands: Any) -> int | None:
    given = operands[1] if len(operands) > 1 else None
    return int(given.MCID) if isinstance(given, pikepdf.Dictionary) and "/MCID" in given else None


def _shown(shown: Any, letters: dict[int, str]) -> str:
    """The letters of a text operator, whose codes are two bytes each."""
    codes = b"".join(
        bytes(s) for s in (shown if _many(shown) else [shown]) if isinstance(s, pikepdf.String)
    )
    pairs = (int.from_bytes(codes[i : i + 2]) for i in range(0, len(codes), 2))
    return "".join(letters[code] for code in pairs)


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font means, by its ToUnicode."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    letters: dict[int, str] = {}
    for block in _CHARS.findall(table):
        for code, text in re.findall(_HEX * 2, block):
            letters[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in _RANGES.findall(table):
        for first, last, text in re.findall(_HEX * 3, block):
            start = int(first, 16)
            for code in range(start, int(last, 16) + 1):
                letters[code] = chr(int(text, 16) + code - start)
    return letters
