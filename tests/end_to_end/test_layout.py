"""The page's layout in a real Chromium: at every width, and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from helpers.documents.exporters import BoardHTMLExporter
from helpers.model.localized_text import Language
from helpers.notebooks.execution import run_keeping_failure
from support.board_documents import LANGUAGES, ROOT, Made

OpenPage = Callable[..., Page]
PHONE = 360
WIDTHS = [320, 390, 545, 600, 768, 820, 992, 1024, 1280, 1440, 1920, 2560]  # CSS pixels


@pytest.fixture(params=LANGUAGES)
def document(request: pytest.FixtureRequest, made: dict[Language, Made]) -> Made:
    return made[request.param]


SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def too_wide(tab: Page) -> dict[int, int]:
    """How many pixels the page scrolls sideways, at each of the widths where it does."""
    found = {}
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        found[width] = tab.evaluate(SIDEWAYS)
    return {width: pixels for width, pixels in found.items() if pixels > 0}


def test_the_page_fits_every_width(document: Made, open_page: OpenPage) -> None:
    tab = open_page(document.page)
    assert too_wide(tab) == {}
    tab.add_style_tag(content="h1 { width: 600px; }")
    assert set(too_wide(tab)) == {320, 390, 545, 600}  # so that the check is known to find it


# A box that hides what does not fit in it; a table's own region scrolls instead.
CUT = """
() => [...document.body.querySelectorAll(':not(svg, svg *)')]
  .filter(e => !['visible', 'auto'].includes(getComputedStyle(e).overflowX)
    && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight)
    || getComputedStyle(e).textOverflow == 'ellipsis')
  .map(e => e.outerHTML.slice(0, 80))
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_no_text_is_cut(document: Made, open_page: OpenPage, width: int) -> None:
    tab = open_page(document.page, width)
    assert tab.evaluate(CUT) == []
    tab.add_style_tag(content=".lead { height: 1rem; overflow: hidden; }")
    assert len(tab.evaluate(CUT)) == 1


# A text of a drawing that goes on beyond the drawing; of the two for each chart, one is shown.
BEYOND = """
() => [...document.querySelectorAll('svg text')]
  .map(e => [e, e.getBoundingClientRect(), e.closest('svg').getBoundingClientRect()])
  .filter(([e, text, all]) => text.width > 0
    && (text.left < all.left - 1 || text.right > all.right + 1))
  .map(([e]) => e.textContent)
"""


@pytest.fixture(scope="module", params=LANGUAGES)
def shared_cost(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a round whose charts are in inhabitants, and whose labels are longer."""
    asked = {"round": "yrkesresan", "as_of": "2021-06-30", "language": request.param}
    notebook, failed = ROOT / "notebooks" / "board_report.ipynb", tmp_path_factory.mktemp("failed")
    executed = run_keeping_failure(notebook, asked, "board-report.ipynb", failed)
    return str(BoardHTMLExporter().from_notebook_node(executed)[0])


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_no_label_of_a_chart_goes_beyond_it(
    document: Made, shared_cost: str, open_page: OpenPage, width: int
) -> None:
    for page in (document.page, shared_cost):
        tab = open_page(page, width)
        assert tab.evaluate("() => document.querySelectorAll('svg text').length") > 100
        assert tab.evaluate(BEYOND) == []
    tab.add_style_tag(content="svg text { transform: translateX(2000px); }")
    assert tab.evaluate(BEYOND) != []


STUCK = """
() => [...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth)
  .map(e => {
    e.scrollLeft = 9999;
    const first = e.querySelector('tbody th').getBoundingClientRect();
    const last = e.querySelector('tbody td:last-child').getBoundingClientRect();
    return [Math.abs(first.left - e.getBoundingClientRect().left) < 2, last.right <= innerWidth,
      first.width < innerWidth / 2];
  })
"""


def test_a_wide_table_scrolls_on_a_phone_its_first_column_standing_still(
    document: Made, open_page: OpenPage
) -> None:
    tab = open_page(document.page, PHONE)
    found = tab.evaluate(STUCK)
    assert found
    assert all(all(checks) for checks in found)


NARROW = """
() => [...document.querySelectorAll('td.left')].filter(e => e.textContent.length > 40)
  .filter(e => e.getBoundingClientRect().width < 180).map(e => e.textContent)
"""


def test_running_text_in_a_table_is_not_squeezed(document: Made, open_page: OpenPage) -> None:
    assert open_page(document.page, PHONE).evaluate(NARROW) == []


def unmarked(tab: Page) -> list[str]:
    """What the keyboard reaches that does not show it, or not where it can be seen."""
    shown = """
    () => {
      const e = document.activeElement, box = e.getBoundingClientRect();
      const style = getComputedStyle(e);
      const good = style.outlineStyle == 'solid' && parseFloat(style.outlineWidth) >= 2
        && box.left >= 0 && box.bottom > 0 && box.top < innerHeight && box.width > 10;
      return e == document.body ? null : good ? '' : e.outerHTML.slice(0, 80);
    }
    """
    tab.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    found: list[str] = []
    for _ in range(200):
        tab.keyboard.press("Tab")
        wrong = tab.evaluate(shown)
        if wrong is None:
            return found
        found += [wrong] if wrong else []
    pytest.fail("The keyboard does not leave the page")


@pytest.mark.parametrize("width", [PHONE, 1280, 1920])
def test_the_keyboard_shows_where_it_is(document: Made, open_page: OpenPage, width: int) -> None:
    assert unmarked(open_page(document.page, width)) == []


def test_a_focus_that_does_not_show_is_found(
    made: dict[Language, Made], open_page: OpenPage
) -> None:
    tab = open_page(made["sv"].page)
    tab.add_style_tag(content=":focus-visible { outline: none !important; }")
    assert len(unmarked(tab)) > 10


ACROSS = """
() => {
  const nav = document.querySelector('nav').getBoundingClientRect();
  return [...document.querySelectorAll('body > header > *, main > :not(nav)')]
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.right > nav.left && box.left < nav.right
      && box.bottom > nav.top && box.top < nav.bottom && !e.matches('.skip-figure'))
    .map(([e]) => e.outerHTML.slice(0, 80));
}
"""


@pytest.mark.parametrize("width", [PHONE, 1280, 1440, 1920])
def test_the_contents_cover_nothing(document: Made, open_page: OpenPage, width: int) -> None:
    tab = open_page(document.page, width)
    for place in (0, 3000, 9000):
        tab.evaluate("place => scrollTo(0, place)", place)
        assert tab.evaluate(ACROSS) == []
    assert tab.evaluate("() => document.querySelector('nav').getBoundingClientRect().left") >= 0


TEXT_SIZE = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
LINE = """
() => Math.max(...[...document.querySelectorAll('main > p:not([class])')]
  .map(e => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize)))
"""


def test_type_grows_for_a_projector_and_lines_stay_short(
    made: dict[Language, Made], open_page: OpenPage
) -> None:
    tabs = [open_page(made["sv"].page, width) for width in (PHONE, 1280, 1920)]
    sizes = [tab.evaluate(TEXT_SIZE) for tab in tabs]
    assert sizes == sorted(set(sizes))
    assert sizes[0] >= 16
    assert sizes[-1] <= 24
    # Source Sans sets 2.15 letters to an em; WCAG 2.2, 1.4.8, asks for at most 80 to a line.
    assert all(tab.evaluate(LINE) * 2.15 <= 80 for tab in tabs)


# How far the words of a cell begin to the right of the number before them.
GAPS = """
() => {
  const words = e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return range.getBoundingClientRect();
  };
  return [...document.querySelectorAll('td.right + td.left')].filter(e => e.textContent)
    .map(e => words(e).left - words(e.previousElementSibling).right);
}
"""


@pytest.mark.parametrize("width", [PHONE, 800, 1280])
def test_words_keep_their_distance_from_the_number_before_them(
    document: Made, open_page: OpenPage, width: int
) -> None:
    gaps = open_page(document.page, width).evaluate(GAPS)
    assert len(gaps) > 200  # the county after each fee
    assert min(gaps) >= 14  # CSS pixels, nearly an em of the smallest tables


# Each table's region: whether the Tab key reaches it, and whether it scrolls.
REGIONS = """
() => [...document.querySelectorAll('.wide')].map(e => [e.getAttribute('aria-label'),
  getComputedStyle(e).visibility == 'visible', e.scrollWidth > e.clientWidth])
"""


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_a_table_is_a_tab_stop_only_where_it_scrolls(
    document: Made, shared_cost: str, open_page: OpenPage, width: int
) -> None:
    for page in (document.page, shared_cost):
        regions = open_page(page, width).evaluate(REGIONS)
        assert [name for name, stop, scrolls in regions if stop != scrolls] == []
        assert len(regions) > 5
    if width == 390:  # so that both are known to occur
        assert {stop for _, stop, _ in regions} == {True, False}


def test_the_tab_key_passes_a_table_that_fits(document: Made, open_page: OpenPage) -> None:
    tab = open_page(document.page, 1280)
    for _ in range(60):
        tab.keyboard.press("Tab")
        role = tab.evaluate("document.activeElement.getAttribute('role')")
        assert role != "region"
