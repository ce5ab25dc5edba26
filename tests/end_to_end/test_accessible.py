"""The page in a real Chromium: axe-core, the accessibility tree, small screens, zoom, the dark."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from helpers.model.localized_text import Language
from support.board_documents import LANGUAGES, Made

OpenPage = Callable[..., Page]
PHONE, DESKTOP = (360, 740), (1280, 900)


@pytest.fixture(scope="module", params=LANGUAGES)
def document(request: pytest.FixtureRequest, made: dict[Language, Made]) -> Made:
    return made[request.param]


def violations(tab: Page) -> list[str]:
    """What axe-core finds, by all its rules, best practice included."""
    found = Axe().run(tab).response["violations"]
    return [f"{rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    document: Made, open_page: OpenPage, size: tuple[int, int], scheme: str
) -> None:
    assert violations(open_page(document.page, *size, color_scheme=scheme)) == []


def test_axe_finds_what_is_broken(made: dict[Language, Made], open_page: OpenPage) -> None:
    broken = made["sv"].page.replace('<html lang="sv">', "<html>")
    broken = re.sub(r'aria-label="[^"]*"', "", broken)
    rules = {line.partition(":")[0] for line in violations(open_page(broken))}
    assert {"html-has-lang", "svg-img-alt"} <= rules


Node = dict[str, Any]


def accessible(tab: Page) -> list[Node]:
    """Chromium's accessibility tree in reading order, without what it passes over."""
    session = tab.context.new_cdp_session(tab)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    ordered: list[Node] = []

    def walk(node: Node) -> None:
        if not node.get("ignored"):
            ordered.append(node)
        for child in node.get("childIds", []):
            if child in by_id:
                walk(by_id[child])

    walk(nodes[0])
    return ordered


def role(node: Node) -> str:
    return str(node["role"]["value"])


def name(node: Node) -> str:
    return str(node.get("name", {}).get("value", "")).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def heard(request: pytest.FixtureRequest, document: Made) -> list[Node]:
    browser = request.getfixturevalue("browser")
    tab = browser.new_page()
    tab.set_content(document.page)
    nodes = accessible(tab)
    tab.close()
    return nodes


def test_the_answer_is_the_first_heading_and_no_level_is_skipped(
    document: Made, heard: list[Node]
) -> None:
    headings = [node for node in heard if role(node) == "heading"]
    assert name(headings[0]) == document.headline.replace("\u00a0", " ")
    levels = [
        next(p["value"]["value"] for p in node["properties"] if p["name"] == "level")
        for node in headings
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_before_the_answer_stand_only_the_way_past_and_the_front_matter(
    heard: list[Node],
) -> None:
    before = []
    for node in heard:
        if role(node) == "heading":
            break
        before.append(role(node))
    assert set(before) <= {
        "RootWebArea",
        "link",
        "StaticText",
        "InlineTextBox",
        "banner",
        "paragraph",
        "strong",
        "main",
        "generic",
        # To whom and from whom: a list of terms.
        "DescriptionList",
        "term",
        "definition",
    }
    assert before.count("term") == before.count("definition") == 2
    assert before.count("link") == 1


def test_every_key_figure_is_heard(document: Made, heard: list[Node]) -> None:
    text = " ".join(name(node) for node in heard if role(node) == "StaticText")
    missing = {
        figure: shown
        for figure, shown in document.key_figures().items()
        if not re.search(rf"(?<!\d){re.escape(shown.replace(chr(160), ' '))}(?!\d)", text)
    }
    assert missing == {}


def test_each_chart_is_heard_once_with_its_finding(heard: list[Node]) -> None:
    images = [i for i, node in enumerate(heard) if role(node) in ("image", "img")]
    assert len(images) == 6
    for place in images:
        words = name(heard[place])
        assert len(words) >= 40
        assert re.search(r"\d", words)
        captions = [n for n in heard[max(0, place - 6) : place] if role(n) == "StaticText"]
        assert words.startswith(name(captions[-1]))


def test_landmarks_tables_and_lists_are_told(heard: list[Node]) -> None:
    roles = [role(node) for node in heard]
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert roles.count(landmark) == 1, landmark
    # The answer, the replies that matter most, the ways ahead, the key dates, all members, county,
    # group, the three of the profile, the largest, sharing, reconciliation and provenance.
    assert roles.count("table") == 14
    assert roles.count("rowheader") > 60
    assert roles.count("columnheader") > 50


OVERFLOWING = """
() => {
  const width = document.documentElement.clientWidth;
  const inTable = e => e.closest('.wide');
  return [document.scrollingElement.scrollWidth > width ? 'the page itself' : '',
    ...[...document.body.querySelectorAll('*')]
      .filter(e => !inTable(e) && !e.closest('svg') && e.getBoundingClientRect().width > 0
        && !e.matches('.skip, .skip-figure') && e.getBoundingClientRect().right > width + 1)
      .map(e => e.tagName + ': ' + e.textContent.slice(0, 60))].filter(Boolean);
}
"""


@pytest.mark.parametrize("larger", ["", "html { font-size: 200% !important; }"], ids=["", "zoom"])
def test_nothing_but_tables_scrolls_sideways(
    document: Made, open_page: OpenPage, larger: str
) -> None:
    # 200 % of a window of 640, or 400 % of one of 1280, is 320 CSS pixels; and letters of double
    # size in a window of 640 (WCAG 2.2, 1.4.4 and 1.4.10).
    tab = open_page(document.page, 640 if larger else 320)
    if larger:
        tab.add_style_tag(content=larger)
    assert tab.evaluate(OVERFLOWING) == []


VISIBLE = """
() => [...document.querySelectorAll('h1, h2, p, li, th, td, caption, figcaption')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 0)
  .map(e => e.textContent.trim())
"""


def test_nothing_is_lost_on_a_small_screen(document: Made, open_page: OpenPage) -> None:
    small, large = (open_page(document.page, width).evaluate(VISIBLE) for width in (320, 1280))
    assert small == large
    assert len(large) > 500


def test_a_phone_gets_the_slim_charts_and_paper_the_broad_ones(
    document: Made, open_page: OpenPage
) -> None:
    count = "kind => [...document.querySelectorAll(kind)].filter(e => e.checkVisibility()).length"
    phone, desktop = open_page(document.page, *PHONE), open_page(document.page, *DESKTOP)
    assert [phone.evaluate(count, kind) for kind in (".broad", ".slim")] == [0, 6]
    assert [desktop.evaluate(count, kind) for kind in (".broad", ".slim")] == [6, 0]
    phone.emulate_media(media="print")
    assert [phone.evaluate(count, kind) for kind in (".broad", ".slim")] == [6, 0]


def test_letters_in_charts_are_large_enough_to_read(document: Made, open_page: OpenPage) -> None:
    smallest = """
    () => Math.min(...[...document.querySelectorAll('svg text')].filter(e => e.checkVisibility())
      .map(e => e.getBoundingClientRect()).filter(box => box.height > 0)
      .map(box => box.height))
    """
    for size in (PHONE, DESKTOP):
        assert open_page(document.page, *size).evaluate(smallest) >= 10  # CSS pixels, a line's box


def test_the_keyboard_finds_the_way_past_first(document: Made, open_page: OpenPage) -> None:
    tab = open_page(document.page)
    tab.keyboard.press("Tab")
    focused = "() => [document.activeElement.className, document.activeElement.checkVisibility()]"
    assert tab.evaluate(focused) == ["skip", True]
    assert tab.evaluate("() => document.activeElement.getBoundingClientRect().left") >= 0
    assert tab.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/*#main")  # the key press answers before the address changes


def test_the_map_can_be_skipped(document: Made, open_page: OpenPage) -> None:
    tab = open_page(document.page)
    tab.locator(".skip-figure").focus()
    assert tab.evaluate("() => document.activeElement.getBoundingClientRect().left") >= 0
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/*#after-map")  # the key press answers before the address changes
    below = "() => document.querySelector('#after-map').getBoundingClientRect().top"
    assert tab.evaluate(below) < 900


def test_places_on_the_map_are_named(document: Made, open_page: OpenPage) -> None:
    titles = open_page(document.page).locator(".broad circle title").all_text_contents()
    assert len(titles) == 290
    assert any(title.startswith("Stockholm, ") for title in titles)
