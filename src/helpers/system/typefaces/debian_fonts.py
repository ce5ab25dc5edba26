"""Where Debian has a font for a script: the package and the file in it."""

from __future__ import annotations

import re

from helpers.system.typefaces.script_codes import script_of

_CJK_SCRIPTS = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
_CJK = ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_SYMBOL_FONT = ("fonts-symbola", "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf")
_NOTO_PACKAGE, _NOTO_FOLDER = "fonts-noto-core", "/usr/share/fonts/truetype/noto"


def debian_font_for(text: str) -> tuple[str, str]:
    """The package that has a font for the script of a text, or for a sign, and the font's path."""
    from fontTools import unicodedata  # noqa: PLC0415 a page of Latin letters does without

    script = script_of(text)
    if script is None:
        return _SYMBOL_FONT
    if script in _CJK_SCRIPTS:
        return _CJK
    name = re.sub(r"[\W_]", "", str(unicodedata.script_name(script)))
    style = "Serif" if script == "Tibt" else "Sans"  # for which Noto has no sans
    return _NOTO_PACKAGE, f"{_NOTO_FOLDER}/Noto{style}{name}-Regular.ttf"
