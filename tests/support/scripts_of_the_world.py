"""Names and texts in many scripts, and a font with the glyphs that no installed font has."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

CHINESE, DEVANAGARI, THAI = "北京市", "दिल्ली नगर", "กรุงเทพ"
ARABIC, HEBREW, GREEK, CYRILLIC = "القاهرة 12", 'תל אביב חב"ד', "Αθήνα", "Київ"
FAMILY_EMOJI = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # man, woman, girl, joined
DECOMPOSED = "Cafe\u0301 x\u0331"
PRIVATE, UNASSIGNED, CONTROL, SURROGATE = "Pua\ue000", "Un\u0378", "Ctl\x07s", "Sur\ud83d"


def write_font(path: Path, letters: str, family: str = "Test Sans", *, empty: str = "") -> Path:
    """Write a font in which each letter is a filled square; `empty` are mapped to no glyph."""
    names = {letter: f"u{ord(letter):04X}" for letter in letters}
    order = [".notdef", *names.values()]
    mapping = {ord(letter): name for letter, name in names.items()}
    mapping |= {ord(letter): ".notdef" for letter in empty}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(mapping)
    builder.setupGlyf(dict.fromkeys(order, _square()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": "Test"})
    builder.setupOS2(sTypoAscender=900, usWeightClass=400)
    builder.setupPost()
    path.parent.mkdir(exist_ok=True)
    builder.save(path)
    return path


def _square() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 800), (950, 800), (950, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
