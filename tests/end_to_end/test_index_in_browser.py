"""The index in a real Chromium: axe-core, small screens, the dark, the keyboard."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from helpers.releases.listing.hash_list import INDEX_FILE
from helpers.releases.listing.index_page import update_index

OpenPage = Callable[..., Page]
SHARES = {"2016-09-15": 0.2, "2016-10-31": 0.72, "2017-02-22": 0.77}
LONG = "En rubrik som är lång: 2,6 av 3,4 mnkr per år är säkrade den 22 februari 2017"


@pytest.fixture
def index(tmp_path: Path) -> str:
    """Two rounds, one of them with a line over time, and a release of letters."""
    names = [*(("a", day) for day in SHARES), ("b", "2021-04-13"), ("a", "2017-02-22-letters")]
    for round_, name in names:
        folder = tmp_path / "reports" / round_ / name
        folder.mkdir(parents=True)
        files = [f"board-report.{one}" for one in ("sv.html", "sv.pdf", "en.html", "en.pdf")]
        run = {
            "kind": "letters" if "-letters" in name else "board-report",
            "parameters": {"round": round_, "as_of": name[:10]},
            "outputs": dict.fromkeys(["invoices.xlsx"] if "-letters" in name else files, "0"),
            "reconstructed": True,
            "headlines": {"sv": LONG},
            "summary": {
                "title": {"sv": f"Omgången {round_}"},
                "share": SHARES.get(name, 0.5),
                "share_of": "amount",
            },
            "correction": {"replaces": "2017-02-21", "reason": "Fel läst i diariet"},
        }
        (folder / "run.json").write_text(json.dumps(run))
    assert update_index(tmp_path / "reports") == []
    return (tmp_path / "reports" / INDEX_FILE).read_text(encoding="utf-8")


def violations(tab: Page) -> list[str]:
    found = Axe().run(tab).response["violations"]
    return [f"{rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("size", [(360, 740), (1280, 900)], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    index: str, open_page: OpenPage, size: tuple[int, int], scheme: str
) -> None:
    assert violations(open_page(index, *size, color_scheme=scheme)) == []


def test_axe_finds_what_is_broken(index: str, open_page: OpenPage) -> None:
    broken = index.replace('<html lang="sv">', "<html>")
    assert any(line.startswith("html-has-lang") for line in violations(open_page(broken)))


@pytest.mark.parametrize("width", [320, 600, 1280, 1920])
def test_nothing_scrolls_sideways(index: str, open_page: OpenPage, width: int) -> None:
    tab = open_page(index, width)
    wide = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(wide) == 0


def test_every_link_tells_where_it_leads_without_what_stands_around_it(
    index: str, open_page: OpenPage
) -> None:
    tab = open_page(index)
    names = tab.locator(".links a").evaluate_all("all => all.map(a => a.ariaLabel)")
    # Four board reports of four files; the letters' folder and one file.
    assert len(names) == 18
    assert len(set(names)) == 18
    assert all("20" in name for name in names)


def test_a_phone_gets_the_slim_line_with_letters_to_read(index: str, open_page: OpenPage) -> None:
    for width, kind in ((360, "slim"), (1280, "broad")):
        tab = open_page(index, width)
        shown = "() => [...document.querySelectorAll('svg')].filter(e => e.checkVisibility())"
        assert tab.evaluate(f"({shown})().map(e => e.classList[0])") == [kind]
        height = f"({shown})()[0].querySelector('text').getBoundingClientRect().height"
        assert tab.evaluate(height) >= 10
