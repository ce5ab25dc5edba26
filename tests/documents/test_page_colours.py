"""The page's colours by day, by night and on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from helpers.model.localized_text import Language
from helpers.sections.components import palette
from support.board_documents import Made

TEXT = ["ink", "muted", "accent", "warning", "funded"]
MARKS = ["funded", "declined", "possible"]
OpenPage = Callable[..., Page]


def colours(tab: Page) -> dict[str, str]:
    names = [*TEXT, *MARKS, "paper", "tint"]
    script = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    return {name: tab.evaluate(script, f"--{name}") for name in names}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_marks_stand_out(
    made: dict[Language, Made], open_page: OpenPage, scheme: str
) -> None:
    found = colours(open_page(made["sv"].page, color_scheme=scheme))
    for name in TEXT:
        assert contrast(found[name], found["paper"]) >= 4.5, name
    for name in ("ink", "warning"):
        assert contrast(found[name], found["tint"]) >= 4.5, name
    for name in MARKS:
        assert contrast(found[name], found["paper"]) >= 3, name
    # Side by side in a bar and on the map: told apart by lightness too.
    assert contrast(found["funded"], found["declined"]) >= 1.25


def test_by_day_the_page_and_the_charts_have_the_same_colours(
    made: dict[Language, Made], open_page: OpenPage
) -> None:
    found = colours(open_page(made["sv"].page, color_scheme="light"))
    assert found["funded"] == palette.FUNDED_COLOUR
    assert found["declined"] == palette.DECLINED_COLOUR
    assert found["possible"] == palette.POSSIBLE_COLOUR
    assert (found["ink"], found["muted"], found["paper"]) == (
        palette.INK_COLOUR,
        palette.MUTED_COLOUR,
        palette.PAPER_COLOUR,
    )


BACKGROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
FILLED = '.chart .broad [style*="fill: var(--funded"]'
BAR = f"() => getComputedStyle(document.querySelector({FILLED!r})).fill"


def test_the_dark_page_is_dark_and_paper_is_white(
    made: dict[Language, Made], open_page: OpenPage
) -> None:
    tab = open_page(made["sv"].page, color_scheme="dark")
    assert brightness(tab.evaluate(BACKGROUND)) < 100
    by_night = tab.evaluate(BAR)
    tab.emulate_media(media="print", color_scheme="dark")
    assert brightness(tab.evaluate(BACKGROUND)) == 3 * 255
    assert tab.evaluate(BAR) != by_night


def brightness(colour: str) -> int:
    return sum(map(int, re.findall(r"\d+", colour)[:3]))
