"""Every number on a report or letter stands in its figures.json: what is printed is defined there.

A Swedish page is first written with English marks, whose thousands are told from the next column
by their commas. A number stands there if some figure rounds to it: as it is, in millions or as a
percentage.
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

from helpers import BoardReport, MunicipalityLetter
from helpers.documents.document import read_hand_over
from helpers.documents.exporters import BoardHTMLExporter
from helpers.model.localized_text import Language
from helpers.notebooks.execution import run_keeping_failure
from support.board_documents import Made
from support.letter_reports import executed as letter_notebook

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
# Not of what was computed: the classes of size, hashes and versions, a remark on rounding, the day
# of the year whose inhabitants count, and what is quoted.
OTHER = re.compile(
    r"\d+,000–\d+,999|\b[0-9a-f]{16}\b|SHA-256|funding-report [\d.]+|99 (?:or|eller) 101"
    r"|31 [Dd]ecember|“[^”]*”|”[^”]*”"
)
# A yes with a rebate, a no and a silent one; and of a shared cost, one that has joined and one not.
LETTERS = [
    ("skl-2016", "2017-02-22", "0180"),
    ("skl-2016", "2017-02-22", "1785"),
    ("skl-2016", "2017-02-22", "0114"),
    ("yrkesresan", "2021-04-13", "0604"),
    ("yrkesresan", "2021-04-13", "0117"),
]


@pytest.fixture(scope="module", params=["skl-2016 en", "skl-2016 sv", "yrkesresan en"])
def printed(
    request: pytest.FixtureRequest,
    made: dict[Language, Made],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, dict[str, Any]]:
    """A page, and the figures that its notebook handed over."""
    name, language = request.param.split()
    if name == "skl-2016":
        document = made[language]
        page, executed = document.page, document.executed
    else:
        asked = {"round": name, "as_of": "2021-06-30", "language": language}
        notebook, failed = ROOT / "notebooks/board_report.ipynb", tmp_path_factory.mktemp("failed")
        executed = run_keeping_failure(notebook, asked, "board-report.en.ipynb", failed)
        page = str(BoardHTMLExporter().from_notebook_node(executed)[0])
    handed = read_hand_over(executed)
    assert handed is not None
    return page, json.loads(json.dumps(handed["figures"]))


def test_every_number_on_the_page_is_a_figure(printed: tuple[str, dict[str, Any]]) -> None:
    page, found = printed
    assert len(NUMBER.findall(shown(page))) > 500
    assert untraced(page, found) == []


@pytest.mark.parametrize("printed", ["yrkesresan en"], indirect=True)
def test_every_amount_of_a_cost_that_is_not_published_is_marked(
    printed: tuple[str, dict[str, Any]],
) -> None:
    amount = re.compile(r"SEK(?! 2\.28\b)")  # the highest price, which is published
    parts = [part for part in told_together(printed[0]) if amount.search(part)]
    assert len(parts) > 9  # six tables, two lists, a chart, and sentences
    assert [part for part in parts if "estimated" not in part.lower()] == []


def told_together(page: str) -> list[str]:
    """The texts of a page: sentences, and a table, a list or a chart with what stands over it."""
    tree = html.fromstring(page.replace("\u00a0", " "))
    for part in tree.xpath("//*[local-name()='svg']"):
        part.drop_tree()
    wholes = tree.xpath("//main//*[self::table or self::figure or contains(@class, 'names')]")
    parts = [f"{whole.get('aria-label')} {whole.text_content()}" for whole in wholes]
    for whole in wholes:
        whole.drop_tree()
    return parts + [
        part.text_content() for part in tree.xpath("//main//*[self::p or self::li or self::h1]")
    ]


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize(("name", "day", "code"), LETTERS)
def test_every_number_on_a_letter_is_a_figure_of_its_own(
    name: str, day: str, code: str, language: str
) -> None:
    report = BoardReport.load(round=name, as_of=day, language=language)
    letter = MunicipalityLetter.of(report, code)
    page = str(BoardHTMLExporter().from_notebook_node(letter_notebook(letter))[0])
    found = json.loads(json.dumps(letter.figures))
    assert len(NUMBER.findall(shown(page))) > 30
    assert untraced(page, found) == []
    for right in (found["fee"], found["yes"]):
        wrong = page.replace(letter.context.loc.count(right), letter.context.loc.count(right + 1))
        assert untraced(wrong, found) != []


def test_a_swedish_number_is_read_as_it_is_meant() -> None:
    text = "2\u00a0618\u00a0626 kr, 2,6\u00a0mnkr, 77\u00a0%, 22\u00a0februari\u00a02017"
    assert with_english_marks(text) == "2,618,626 kr, 2.6 mnkr, 77%, 22 februari 2017"


def test_a_number_that_is_no_figure_is_found_out() -> None:
    assert stands("2.6", [2_618_626.0], 1, 1_000_000)
    assert not stands("2.7", [2_618_626.0], 1, 1_000_000)
    assert stands("24", [0.24496], 0.01)
    assert not stands("25", [0.24496], 0.01)
    assert not stands("87,377", [87_376.0, 87_378.0], 1, 1_000_000)


def units(text: str, match: re.Match[str]) -> tuple[float, ...]:
    """What a number may count: percent, if it says so; what has a sign, percentage points too."""
    if text[match.end() :].startswith(("%", " procent", " percent")):
        return (0.01,)
    return (1, 0.01) if text[: match.start()].endswith(("+", "−")) else (1, 1_000_000)


def untraced(page: str, found: dict[str, Any]) -> list[str]:
    """The numbers on a page that no figure rounds to, each between its words."""
    text, values = shown(page), sorted({abs(value) for value in numbers(found)})
    return [
        text[max(0, match.start() - 50) : match.end() + 20]
        for match in NUMBER.finditer(text)
        if not stands(match.group(), values, *units(text, match))
    ]


def shown(page: str) -> str:
    """The text of the page, but for its contents and the scales of its charts."""
    tree = html.fromstring(page)
    for part in tree.xpath("//style | //nav | //*[local-name()='svg']"):
        part.drop_tree()
    text = " ".join(tree.xpath("//main//text()"))
    swedish = tree.get("lang") == "sv"
    return OTHER.sub("", with_english_marks(text) if swedish else text.replace("\u00a0", " "))


def with_english_marks(text: str) -> str:
    """A Swedish text whose numbers are written as in English: 2,618,626, 2.6, 77%."""
    points = re.sub(r"(?<=\d),(?=\d)", ".", text)
    commas = re.sub(r"(?<=\d)\u00a0(?=\d{3}(?!\d))", ",", points)
    return commas.replace("\u00a0%", "%").replace("\u00a0", " ")


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
