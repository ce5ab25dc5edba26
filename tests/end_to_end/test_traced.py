"""Every number on a board report stands in its figures.json: what is printed is defined there.

The English page is read, whose thousands are told from the next column by their commas. A number
stands there if some figure rounds to it: as it is, in millions or as a percentage.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from documents import Made
from helpers.publish.document import hand_over
from helpers.publish.execute import execute
from helpers.publish.exporters import BoardHTMLExporter
from helpers.terms import Language

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
# Not of what was computed: the classes of size, hashes and versions, a remark on rounding, the day
# of the year whose inhabitants count, and what is quoted.
OTHER = re.compile(
    r"\d+,000–\d+,999|\b[0-9a-f]{16}\b|SHA-256|funding-report [\d.]+|99 or 101"
    r"|31 December \d{4}|“[^”]*”"
)


@pytest.fixture(scope="module", params=["skl-2016", "yrkesresan"])
def printed(
    request: pytest.FixtureRequest,
    made: dict[Language, Made],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, dict[str, Any]]:
    """A page, and the figures that its notebook handed over."""
    if request.param == "skl-2016":
        document = made["en"]
        page, executed = document.page, document.executed
    else:
        asked = {"round": request.param, "as_of": "2021-06-30", "language": "en"}
        notebook, failed = ROOT / "notebooks/board_report.ipynb", tmp_path_factory.mktemp("failed")
        executed = execute(notebook, asked, "board-report.en.ipynb", failed)
        page = str(BoardHTMLExporter().from_notebook_node(executed)[0])
    handed = hand_over(executed)
    assert handed is not None
    return page, json.loads(json.dumps(handed["figures"]))


def test_every_number_on_the_page_is_a_figure(printed: tuple[str, dict[str, Any]]) -> None:
    page, found = printed
    text, values = shown(page), sorted({abs(value) for value in numbers(found)})
    assert len(NUMBER.findall(text)) > 500
    missing = [
        text[max(0, match.start() - 50) : match.end() + 20]
        for match in NUMBER.finditer(text)
        if not stands(match.group(), values, *units(text, match))
    ]
    assert missing == []


def test_a_number_that_is_no_figure_is_found_out() -> None:
    assert stands("2.6", [2_618_626.0], 1, 1_000_000)
    assert not stands("2.7", [2_618_626.0], 1, 1_000_000)
    assert stands("24", [0.24496], 0.01)
    assert not stands("25", [0.24496], 0.01)
    assert not stands("87,377", [87_376.0, 87_378.0], 1, 1_000_000)


def units(text: str, match: re.Match[str]) -> tuple[float, ...]:
    """What a number may count: percent, if it says so; what has a sign, percentage points too."""
    if text[match.end() :].startswith("%"):
        return (0.01,)
    return (1, 0.01) if text[: match.start()].endswith(("+", "−")) else (1, 1_000_000)


def shown(page: str) -> str:
    """The text of the page, but for its contents and the scales of its charts."""
    tree = html.fromstring(page)
    for part in tree.xpath("//style | //nav | //*[local-name()='svg']"):
        part.drop_tree()
    text = " ".join(tree.xpath("//main//text()")).replace("\u00a0", " ")
    return OTHER.sub("", text)


def numbers(value: Any) -> Iterator[float]:
    """Every number in the figures, of texts and keys too, and how many entries each list has."""
    if isinstance(value, str):
        yield from map(float, re.findall(r"\d+(?:\.\d+)?", value))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from numbers(key)
            yield from numbers(entry)
    elif isinstance(value, list):
        yield len(value)
        for entry in value:
            yield from numbers(entry)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def stands(printed: str, values: list[float], *units: float) -> bool:
    """Whether one of the values, in order of size, rounds to what is printed in one of units."""
    number = printed.replace(",", "")
    half = 0.500001 * 10 ** -len(number.partition(".")[2])
    for unit in units:
        least, most = ((float(number) + side) * unit for side in (-half, half))
        place = bisect_left(values, least)
        if place < len(values) and values[place] <= most:
            return True
    return False
