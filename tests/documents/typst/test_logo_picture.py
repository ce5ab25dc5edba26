"""A logo passes the check of its parts, and cannot be drawn all the same: the logo is named."""

from __future__ import annotations

import struct

import pytest

from helpers.documents.document import Document, Front
from helpers.documents.exporters import BoardPDFExporter
from helpers.documents.typst import compiler_process, pdf_compiler
from helpers.documents.typst.compiler_process import HeavySourceError
from helpers.documents.typst.logo_picture import logo_as_png
from helpers.errors import NotebookError
from helpers.model.brand.brand_look import BrandLook
from helpers.model.brand.logo_check import LogoRefusedError, checked_logo

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
CIRCLE = '<circle cx="5" cy="5" r="4"/>'
DASHES = '<path d="M0 0L10 10" stroke="#000" stroke-dasharray="0.00001 0.00001"/>'
HEAVY = f'<svg {XMLNS} viewBox="0 0 10 10">{DASHES * 2000}</svg>'


def look_with(svg: str, encoding: str = "utf-8") -> BrandLook:
    return BrandLook().with_logo(checked_logo(svg.encode(encoding)), "Förbundet")


@pytest.fixture(autouse=True)
def _short_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler_process, "MAX_DRAWING_SECONDS", 1)


@pytest.mark.parametrize(("wide", "high"), [(1_000_000, 1), (1, 1_000_000), (10**30, 1)])
def test_the_picture_is_bounded_whatever_proportions_a_logo_states(wide: int, high: int) -> None:
    drawn = logo_as_png(look_with(f'<svg {XMLNS} viewBox="0 0 {wide} {high}">{CIRCLE}</svg>'))
    # 36 points or 12 cm at 288 pixels an inch
    width, height = struct.unpack(">II", drawn[16:24])
    assert width <= 1361
    assert height <= 144


def test_a_logo_that_is_too_heavy_is_refused_as_such() -> None:
    with pytest.raises(LogoRefusedError, match=r"^it cannot be drawn: .* 1 seconds of processor"):
        logo_as_png(look_with(HEAVY))


@pytest.mark.parametrize(
    ("head", "encoding", "why"),
    [
        ('viewBox="0 0 10 10"><title>Förbundet</title', "latin-1", "not valid UTF-8"),
        ('width="0" height="0"', "utf-8", "width, height, or viewbox is invalid"),
    ],
)
def test_a_logo_that_cannot_be_drawn_is_refused_as_such(head: str, encoding: str, why: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    with pytest.raises(LogoRefusedError, match=f"^it cannot be drawn: .*{why}"):
        logo_as_png(look_with(f"{declared}<svg {XMLNS} {head}>{CIRCLE}</svg>", encoding))


def too_much(*_: object) -> bytes:
    raise HeavySourceError("it takes more than 1 seconds of processor time")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (DASHES * 2000, r"because of the logo: it cannot be drawn: .*Export it as a plain SVG"),
        (CIRCLE, r"^The PDF is not made: it takes .*df\.head\(50\)"),
    ],
)
def test_of_a_document_that_takes_too_much_the_logo_is_named_only_if_it_is_heavy(
    monkeypatch: pytest.MonkeyPatch, parts: str, message: str
) -> None:
    monkeypatch.setattr(pdf_compiler, "typeset_pdf", too_much)
    look = look_with(f'<svg {XMLNS} viewBox="0 0 10 10">{parts}</svg>')
    document = Document("Rapport", "", "", "", "", Front(), None, "sv", [], look=look)
    with pytest.raises(NotebookError, match=message) as refused:
        BoardPDFExporter().write(document)
    assert ("df.head" in str(refused.value)) == (parts == CIRCLE)
