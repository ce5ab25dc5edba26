"""The typefaces that a text can be set in, first to last, and which of them has a character.

First the typeface of the documents, then those of the project's folder fonts/, then DejaVu Sans,
which matplotlib brings along: Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and many signs.
Page, PDF and charts ask this one chain, so that they agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from matplotlib import get_data_path

from helpers.system.typefaces.font_tables import (
    FontFace,
    characters_of,
    cut_face,
    read_faces,
)
from helpers.system.typefaces.project_fonts import project_font_files
from helpers.system.typefaces.report_typeface import (
    FONT_FOLDER,
    UNUSUAL_RUN,
    WEIGHTS,
)
from helpers.system.typefaces.text_clusters import (
    forms,
    has_no_picture,
    is_blank,
    split_clusters,
    visible_characters,
)

_REGULAR, _SEMIBOLD, _BOLD = WEIGHTS
_LEAST_BOLD_WEIGHT = 600
_DEJAVU_FOLDER = Path(get_data_path()) / "fonts" / "ttf"
_FALLBACK_FILES = [_DEJAVU_FOLDER / "DejaVuSans.ttf", _DEJAVU_FOLDER / "DejaVuSans-Bold.ttf"]
CODE_FONT_FILES = [
    _DEJAVU_FOLDER / "DejaVuSansMono.ttf",
    _DEJAVU_FOLDER / "DejaVuSansMono-Bold.ttf",
]


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
        """Fonts of some characters by weight; a bold face that lacks one is not used."""
        wanted = code_points & characters_of(self.regular)
        cuts = {}
        for weight, face in self.faces.items():
            complete = wanted <= characters_of(face)
            cuts[weight] = cut_face(face if complete else self.regular, wanted, family)
        return cuts


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


def typeface_chain() -> tuple[Typeface, ...]:
    """The typefaces, first to last; files that cannot be read are left out (`check` names them)."""
    files = project_font_files()
    return _chain_of(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


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
    own = [FONT_FOLDER / f"SourceSansPro-{name}.ttf" for name in WEIGHTS.values()]
    broken = unreadable_fonts()
    return (
        *_by_family(own)[:1],
        *_by_family(path for path, *_ in files if path.name not in broken),
        *_by_family(_FALLBACK_FILES),
    )


def _by_family(files: Iterable[Path]) -> list[Typeface]:
    families: dict[str, list[FontFace]] = {}
    for path in files:
        for face in read_faces(path):
            families.setdefault(face.family, []).append(face)
    return [Typeface(family, _by_weight(faces)) for family, faces in families.items()]


def _by_weight(faces: list[FontFace]) -> dict[int, FontFace]:
    def nearest(weight: int) -> FontFace:
        return min(faces, key=lambda face: (abs(face.weight - weight), face.number))

    regular, bold = nearest(_REGULAR), nearest(_BOLD)
    bold = bold if bold.weight >= _LEAST_BOLD_WEIGHT else regular
    semibold = nearest(_SEMIBOLD) if nearest(_SEMIBOLD).weight >= _LEAST_BOLD_WEIGHT else bold
    return {_REGULAR: regular, _SEMIBOLD: semibold, _BOLD: bold}
