"""The typefaces that a text can be set in, first to last, and which of them has a character.

First the typeface of the documents, then those of the project's folder fonts/, then DejaVu Sans,
which matplotlib brings along: Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and many signs.
Page, PDF and charts ask this one chain, so that they agree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path

from helpers.system.typefaces.font_tables import (
    FontFace,
    characters_of,
    cut_face,
    known_face,
    read_faces,
)
from helpers.system.typefaces.project_fonts import project_font_files
from helpers.system.typefaces.report_typeface import FONT_FAMILY, FONT_FOLDER, UNUSUAL_RUN, WEIGHTS
from helpers.system.typefaces.text_clusters import (
    forms,
    has_no_picture,
    is_blank,
    split_clusters,
    visible_characters,
)

_REGULAR, _SEMIBOLD, _BOLD = WEIGHTS
_LEAST_BOLD_WEIGHT = 600
# By the list of its files: importing matplotlib would take half of the time that `check` takes.
_DEJAVU_FOLDER = Path(str(distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf")))
_FALLBACK_FILES = {
    400: _DEJAVU_FOLDER / "DejaVuSans.ttf",
    700: _DEJAVU_FOLDER / "DejaVuSans-Bold.ttf",
}
CODE_FONT_FILES = [
    _DEJAVU_FOLDER / "DejaVuSansMono.ttf",
    _DEJAVU_FOLDER / "DejaVuSansMono-Bold.ttf",
]

# Spaces, the circle under a mark that stands alone, and the parts of Thai and Lao vowels.
_ADDED_BY_SHAPING = frozenset(map(ord, " \u00a0\u202f\u205f\u3000\u25cc\u0e32\u0e4d\u0eb2\u0ecd"))
_ADDED_BY_SHAPING |= frozenset(range(0x2000, 0x200B))


@dataclass(frozen=True)
class Typeface:
    """A family with a face for each weight of the documents; one face may serve several."""

    family: str
    faces: dict[int, FontFace]

    def __hash__(self) -> int:
        return hash((self.family, *self.faces.values()))

    @property
    def regular(self) -> FontFace:
        """The face for running text."""
        return self.faces[_REGULAR]

    def has(self, cluster: str) -> bool:
        """Whether the family can set a cluster: all of it, in one of its forms."""
        characters = characters_of(self.regular)
        needed = visible_characters(cluster)
        return any(characters.issuperset(map(ord, form)) for form in forms(needed))

    def cut(self, code_points: frozenset[int], family: str) -> dict[int, bytes]:
        """Fonts of some characters by weight, as far as the typeface has them.

        With them what shaping may add. A bold face that lacks one of them is not used.
        """
        wanted = (code_points | _ADDED_BY_SHAPING) & characters_of(self.regular)
        return {
            weight: cut_face(
                face if wanted <= characters_of(face) else self.regular, wanted, family
            )
            for weight, face in self.faces.items()
        }


def typeface_for(cluster: str) -> Typeface | None:
    """The first typeface of the chain that can set a cluster; None if there is none."""
    if any(map(has_no_picture, cluster)):
        return None
    return next((typeface for typeface in typeface_chain() if typeface.has(cluster)), None)


def can_set(cluster: str) -> bool:
    """Whether a typeface has the cluster, or there is nothing to be seen of it."""
    return (
        not UNUSUAL_RUN.search(cluster)
        or (is_blank(cluster) and not any(map(has_no_picture, cluster)))
        or typeface_for(cluster) is not None
    )


def can_draw(cluster: str) -> bool:
    """Whether a drawing in a PDF can have a cluster: as one character that needs no shaping.

    PDF/A-2a wants a character for each glyph, and Typst knows the first of several in a drawing.
    """
    if not UNUSUAL_RUN.search(cluster):
        return True
    letters, parts = visible_characters(cluster), unicodedata.normalize("NFD", cluster)
    own = characters_of(typeface_chain()[0].regular)
    decomposed = len(parts) > 1 and ord(letters[0]) not in own and own.issuperset(map(ord, parts))
    return can_set(cluster) and len(letters) <= 1 and not decomposed


def is_own(cluster: str) -> bool:
    """Whether the typeface of the documents alone has each character of a cluster as it is."""
    own = characters_of(typeface_chain()[0].regular)
    return is_blank(cluster) or (len(cluster) == 1 and own.issuperset(map(ord, cluster)))


def characters_by_typeface(text: str) -> dict[Typeface, frozenset[int]]:
    """The code points that each typeface sets of a text, apart from those of every page."""
    needed: dict[Typeface, set[int]] = {}
    clusters = {one for run in UNUSUAL_RUN.findall(text) for one in split_clusters(run)}
    for cluster in sorted(clusters):
        if not UNUSUAL_RUN.search(cluster) or is_blank(cluster):
            continue
        if typeface := typeface_for(cluster):
            points = {ord(letter) for form in forms(cluster) for letter in form}
            needed.setdefault(typeface, set()).update(points)
    order = typeface_chain()
    return {one: frozenset(needed[one]) for one in order if one in needed}


def typefaces_for(text: str) -> list[Typeface]:
    """The typefaces other than the documents' own that a text needs, in the order of the chain."""
    return [one for one in characters_by_typeface(text) if one.family != FONT_FAMILY]


def typeface_chain() -> tuple[Typeface, ...]:
    """The typefaces, first to last; files that cannot be read are left out (`check` names them)."""
    files = project_font_files()
    return _chain_of(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


def typeface_named(family: str | None) -> Typeface | None:
    """The typeface of a name; None where this machine has none of it, and without a name."""
    if not family:
        return None
    return next((one for one in typeface_chain() if one.family == family), None)


def unreadable_fonts() -> dict[str, str]:
    """The font files of the project that cannot be used, each with the reason."""
    found = {}
    for path in project_font_files():
        try:
            if not read_faces(path):
                found[path.name] = "has no upright face of normal width"
        except ValueError as error:
            found[path.name] = str(error)
    return found


@lru_cache(maxsize=4)
def _chain_of(files: tuple[tuple[Path, int, int], ...]) -> tuple[Typeface, ...]:
    own, fallback = own_faces()
    broken = unreadable_fonts()
    readable = (path for path, *_ in files if path.name not in broken)
    of_project = chain.from_iterable(map(read_faces, readable))
    return (*_by_family(own), *_by_family(of_project), *_by_family(fallback))


def own_faces() -> tuple[list[FontFace], list[FontFace]]:
    """The faces of the typeface of the documents, and of DejaVu Sans."""
    named = {weight: FONT_FOLDER / f"SourceSansPro-{name}.ttf" for weight, name in WEIGHTS.items()}
    return (
        [known_face(path, FONT_FAMILY, weight) for weight, path in named.items()],
        [known_face(path, "DejaVu Sans", weight) for weight, path in _FALLBACK_FILES.items()],
    )


def _by_family(found: Iterable[FontFace]) -> list[Typeface]:
    families: dict[str, list[FontFace]] = {}
    for face in found:
        families.setdefault(face.family, []).append(face)
    return [Typeface(family, _by_weight(faces)) for family, faces in families.items()]


def _by_weight(faces: list[FontFace]) -> dict[int, FontFace]:
    def nearest(weight: int) -> FontFace:
        return min(faces, key=lambda face: (abs(face.weight - weight), face.number))

    regular, bold = nearest(_REGULAR), nearest(_BOLD)
    bold = bold if bold.weight >= _LEAST_BOLD_WEIGHT else regular
    semibold = nearest(_SEMIBOLD) if nearest(_SEMIBOLD).weight >= _LEAST_BOLD_WEIGHT else bold
    return {_REGULAR: regular, _SEMIBOLD: semibold, _BOLD: bold}
