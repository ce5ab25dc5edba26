"""The typeface inside a page is what the wheel's gives when it is cut, and has every letter."""

import re
from base64 import b64decode
from io import BytesIO

from fontTools.ttLib import TTFont

from helpers.system.typefaces.font_subset import font_faces
from helpers.system.typefaces.report_typeface import read_font_rules

KEPT = read_font_rules()
FONTS = [TTFont(BytesIO(b64decode(data))) for data in re.findall(r"base64,([^)]+)\)", KEPT)]


def test_what_is_kept_is_what_the_wheel_gives() -> None:
    assert font_faces() == KEPT, "Run: python -m helpers.system.typefaces.font_subset"


def test_each_weight_has_the_letters_and_signs_of_a_report() -> None:
    assert len(FONTS) == 3
    for font in FONTS:
        assert {ord(sign) for sign in "aÅåÄäÖöéŁž09%–—‘’“”…‰€→−"} <= set(font.getBestCmap())


def test_a_part_does_not_bear_the_name_of_the_whole_and_keeps_the_notice() -> None:
    for font in FONTS:
        names = font["name"]
        assert "Source" not in (names.getDebugName(1) + names.getDebugName(4))
        assert "Copyright" in names.getDebugName(0)
