"""Reads and cuts font files: the faces of a file, their characters, and a font of a few of them.

fontTools is imported on demand: it takes a while, and a page of Latin letters does without.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it logs each table that it drops

_COLLECTION_SUFFIXES = (".ttc", ".otc")
_COLOUR_TABLES = frozenset({"COLR", "CBDT", "sbix", "SVG "})
_OUTLINE_TABLES = frozenset({"glyf", "CFF "})
# Tables that the cut font does without: variations, mathematics, and what tools leave behind.
_DROPPED_TABLES = ["fvar", "avar", "gvar", "cvar", "HVAR", "VVAR", "MVAR", "STAT", "MATH", "FFTM"]
_KEPT_NAME_RECORDS = (0, 13, 14)  # the notice, the licence and its address
_FAMILY_NAMES, _FACE_NAMES = (1, 16), (4, 6)
_NORMAL_WIDTH = 5


@dataclass(frozen=True)
class FontFace:
    """A face of a font file; `number` counts from 0 in a collection, `weight` 400 is regular."""

    path: Path
    number: int
    family: str
    weight: int
    stamp: tuple[int, int]  # size and time of the file: what has been read is read again if changed


def known_face(path: Path, family: str, weight: int) -> FontFace:
    """The upright face of a file that comes with this package, as read_faces would read it.

    fontTools takes longer to read a name than all else of a font.
    """
    status = path.stat()
    return FontFace(path, 0, family, weight, (status.st_size, status.st_mtime_ns))


def read_faces(path: Path) -> list[FontFace]:
    """The upright faces of normal width in a font file that are outlines.

    Raises ValueError where the file is not a font, or has colours, which Typst and charts do not
    draw alike.
    """
    status = path.stat()
    return list(_faces_as_read(path, (status.st_size, status.st_mtime_ns)))


@lru_cache(maxsize=64)
def _faces_as_read(path: Path, stamp: tuple[int, int]) -> tuple[FontFace, ...]:
    try:
        return tuple(_read_upright_faces(path, stamp))
    except Exception as error:  # fontTools raises what its readers of tables happen to raise
        raise ValueError(str(error) or type(error).__name__) from None


def _read_upright_faces(path: Path, stamp: tuple[int, int]) -> Iterator[FontFace]:
    from fontTools.ttLib import TTCollection  # noqa: PLC0415 see above

    number_of_faces = 1
    if path.suffix.lower() in _COLLECTION_SUFFIXES:
        with path.open("rb") as file:
            number_of_faces = len(TTCollection(file, lazy=True))
    for number in range(number_of_faces):
        with _open_face(path, number) as font:
            if _COLOUR_TABLES & set(font.keys()) or not _OUTLINE_TABLES & set(font.keys()):
                raise ValueError("has colours or no outlines")
            width, italic = font["OS/2"].usWidthClass, font["OS/2"].fsSelection & 1
            family = font["name"].getDebugName(16) or font["name"].getDebugName(1)
            if family and width == _NORMAL_WIDTH and not italic:
                yield FontFace(path, number, family, font["OS/2"].usWeightClass, stamp)


@contextmanager
def _open_face(path: Path, number: int) -> Iterator[Any]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 see above

    chosen = {"fontNumber": number} if path.suffix.lower() in _COLLECTION_SUFFIXES else {}
    with path.open("rb") as file:  # which fontTools leaves open where it is not a font
        yield TTFont(file, lazy=True, recalcTimestamp=False, **chosen)


@lru_cache(maxsize=64)
def characters_of(face: FontFace) -> frozenset[int]:
    """The code points that a face has a glyph for."""
    with _open_face(face.path, face.number) as font:
        glyphs = font.getBestCmap() or {}
        missing = font.getGlyphOrder()[0]
        return frozenset(code for code, glyph in glyphs.items() if glyph != missing)


@lru_cache(maxsize=64)
def advances_of(face: FontFace) -> dict[int, float]:
    """The width of each character of a face, in its size."""
    with _open_face(face.path, face.number) as font:
        widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
        glyphs = font.getBestCmap() or {}
        return {code: widths[glyph][0] / units for code, glyph in glyphs.items()}


@lru_cache(maxsize=64)
def cut_face(face: FontFace, code_points: frozenset[int], family: str) -> bytes:
    """A font of some characters of a face, under another name: a licence may reserve its own.

    The notice and the licence stay in it. The same characters give the same bytes.
    """
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 see above

    with _open_face(face.path, face.number) as font:
        options = Options(layout_features=["*"], hinting=False, notdef_outline=True)
        options.drop_tables += _DROPPED_TABLES
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=sorted(code_points))
        subsetter.subset(font)
        _rename(font, family, f"{family}-{face.weight}")
        cut = BytesIO()
        font.save(cut, reorderTables=True)
        return cut.getvalue()


def _rename(font: Any, family: str, name: str) -> None:
    names = font["name"]
    names.names = [one for one in names.names if one.nameID in _KEPT_NAME_RECORDS]
    for number in _FAMILY_NAMES:
        names.setName(family, number, 3, 1, 0x409)
    for number in _FACE_NAMES:
        names.setName(name, number, 3, 1, 0x409)
    if "CFF " in font:
        font["CFF "].cff.fontNames = [name]
