"""Typst, with the typefaces that a document needs and no others."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from helpers.documents.typst.compiler_process import MAIN_FILE, HeavySourceError, typeset_pdf
from helpers.documents.typst.source_limits import check_source
from helpers.documents.typst.typst_source import typst_literal
from helpers.errors import NotebookError
from helpers.system.control.signals import uninterrupted
from helpers.system.typefaces.font_tables import characters_of
from helpers.system.typefaces.report_typeface import FONT_FOLDER
from helpers.system.typefaces.typeface_chain import CODE_FONT_FILES, Typeface, typefaces_for

# Typst keeps what it has computed with a file for as long as the file is the same.
_STYLE_FILE = "style.typ"
_IMPORTS_STYLE = f'#import "{_STYLE_FILE}": *'
_CUT_FAMILY_PREFIX, BRAND_FAMILY = "F", "Brand"
# What Typst and report.typ set although no source has it: the marks of a list by its depth, the dot
# between two facts, and the number of a page.
_SET_BY_TYPST = "•‣–·0123456789"


def compile_pdf(
    source: str, timestamp: datetime, brand: Typeface | None = None, *, style: str = ""
) -> bytes:
    """The source as PDF/A-2a and PDF/UA-1.

    It may use what `style` defines, which finds the families other than the documents' own as
    `extra-fonts`, and the typeface of a brand, which sets what it has, as `brand-fonts`. Raises
    TypesettingError where it cannot be set, and NotebookError where it would load something or
    take too much.
    """
    written = f"{style}\n{source}"
    check_source(written)
    fonts = _cut_fonts(written)
    own = {BRAND_FAMILY: _cut(brand, written + _set_by_typst(brand), BRAND_FAMILY)} if brand else {}
    families = {"brand-fonts": list(own), "extra-fonts": list(fonts)}
    lines = [f"#let {name} = {typst_literal(found)}" for name, found in families.items()]
    fonts |= own
    sources = {_STYLE_FILE: "\n".join([*lines, style]), MAIN_FILE: f"{_IMPORTS_STYLE}\n{source}"}
    if not fonts:
        return _typeset(sources, [str(FONT_FOLDER)], timestamp)
    with ExitStack() as undo:
        with uninterrupted():
            folder = Path(undo.enter_context(TemporaryDirectory()))
        for family, cuts in fonts.items():
            for number, font in enumerate(sorted(set(cuts))):
                (folder / f"{family}-{number}.ttf").write_bytes(font)
        for code_font in CODE_FONT_FILES:
            copy(code_font, folder)
        return _typeset(sources, [str(FONT_FOLDER), str(folder)], timestamp)


def _typeset(sources: dict[str, str], font_folders: list[str], timestamp: datetime) -> bytes:
    try:
        return typeset_pdf(sources, font_folders, timestamp.isoformat())
    except HeavySourceError as error:
        raise NotebookError(
            f"The PDF is not made: {error}. Show less in the notebook, for instance the first rows "
            "of a table (df.head(50)) or a picture of fewer points."
        ) from None


def _cut_fonts(source: str) -> dict[str, list[bytes]]:
    """The fonts other than the documents' own that the source needs, by family in the order of use.

    Each has all that it can set of the source: Typst may set a word in one font for one letter.
    """
    typefaces = typefaces_for(source)
    families = {f"{_CUT_FAMILY_PREFIX}{number}": one for number, one in enumerate(typefaces, 1)}
    return {family: _cut(typeface, source, family) for family, typeface in families.items()}


def _set_by_typst(typeface: Typeface) -> str:
    """The characters that every face has: a bold face that lacks one would not be used at all."""
    faces = typeface.faces.values()
    return "".join(
        one for one in _SET_BY_TYPST if all(ord(one) in characters_of(face) for face in faces)
    )


def _cut(typeface: Typeface, source: str, family: str) -> list[bytes]:
    return list(typeface.cut(frozenset(map(ord, source)), family).values())
