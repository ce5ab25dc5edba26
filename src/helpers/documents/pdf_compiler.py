"""Typst, with the typefaces that a document needs and no others."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import cast

import typst

from helpers.documents.page_templates import TEMPLATE_FOLDER
from helpers.system.typefaces.report_typeface import FONT_FAMILY, FONT_FOLDER
from helpers.system.typefaces.typeface_chain import CODE_FONT_FILES, characters_by_typeface

# Typst falls back on the font whose family's name is the shortest of its kind, in drawings too.
_CUT_FAMILY_PREFIX = "F"


def compile_pdf(source: str, timestamp: datetime) -> bytes:
    """The source as PDF/A-2a and PDF/UA-1; TypstError where it cannot be set."""
    with ExitStack() as undo:
        fonts = _cut_fonts(source)
        if not fonts:
            return _compile(source, _plain_compiler(), timestamp)
        folder = Path(undo.enter_context(TemporaryDirectory()))
        for name, font in fonts.items():
            (folder / name).write_bytes(font)
        # Without the fonts in Typst itself, which fall back on a serif; but for that of code.
        for code_font in CODE_FONT_FILES:
            copy(code_font, folder)
        chosen = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(FONT_FOLDER), str(folder)],
        )
        return _compile(source, _new_compiler(chosen), timestamp)


def _compile(source: str, compiler: typst.Compiler, timestamp: datetime) -> bytes:
    made = compiler.compile(source.encode(), pdf_standards=["a-2a", "ua-1"], timestamp=timestamp)
    return cast(bytes, made)


def _cut_fonts(source: str) -> dict[str, bytes]:
    """The fonts beside the documents' own that the source needs, by file name."""
    names: dict[bytes, str] = {}
    for number, (typeface, points) in enumerate(characters_by_typeface(source).items()):
        if typeface.family != FONT_FAMILY:
            for weight, font in typeface.cut(points, f"{_CUT_FAMILY_PREFIX}{number}").items():
                names.setdefault(font, f"{number}-{weight}.ttf")
    return {name: font for font, name in names.items()}


@lru_cache
def _plain_compiler() -> typst.Compiler:
    return _new_compiler([str(FONT_FOLDER)])


def _new_compiler(fonts: typst.Fonts | list[str]) -> typst.Compiler:
    """Typst with these fonts, which may read nothing but our templates."""
    return typst.Compiler(root=str(TEMPLATE_FOLDER), font_paths=fonts, ignore_system_fonts=True)
