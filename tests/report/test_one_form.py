"""A page says the same quantity in one way: a share with one precision, a year in one phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import pytest

from helpers.model.localized_text import Language
from helpers.report.board_report import BoardReport
from helpers.sections.components.block import Block
from support.board_documents import LANGUAGES

# Not the largest payers and the forecast: in each, two amounts have shares of two precisions.
SECTIONS = [
    "answer", "decision", "possible", "ways", "price", "over_time", "missing", "certainty",
    "changed", "by_county", "by_group", "sharing", "terms", "payments", "reconciliation",
    "method", "quality", "provenance",
]  # fmt: skip
DAYS = {
    "skl-2016": ["2016-07-15", "2016-10-31", "2017-02-22"],
    "yrkesresan": ["2021-06-30"],
}
ROUNDS = [(name, day) for name, days in DAYS.items() for day in days]
PERCENTAGE = re.compile(r"(?<![\d.,])(\d+)(?:[.,](\d+))?\s?(?:%|procent(?!enhet))")
OTHER_PHRASES = {
    "sv": r"\b(om året|årligen|per annum)\b",
    "en": r"\b(per year|per annum|and year|annually|yearly)\b",
}


def percentages(text: str) -> set[Decimal]:
    """The percentages of a text, each with the decimals that it is printed with."""
    return {
        Decimal(f"{whole}.{part}" if part else whole) for whole, part in PERCENTAGE.findall(text)
    }


def told_twice(text: str) -> set[tuple[str, str]]:
    """Pairs of percentages of which the shorter is the longer one, rounded."""
    found = percentages(text)
    return {
        (str(short), str(long))
        for short in found
        for long in found
        if short.as_tuple().exponent > long.as_tuple().exponent  # type: ignore[operator]
        and long.quantize(short, ROUND_HALF_UP) == short
    }


def sections_of(report: BoardReport) -> Iterator[tuple[str, str]]:
    for name in SECTIONS:
        block: Block = getattr(report, name)()
        yield name, block.plain.replace("\u00a0", " ")


def test_the_check_finds_a_share_with_two_precisions() -> None:
    assert told_twice("0,1 procent av beloppet; 0,09 % högre") == {("0.1", "0.09")}
    assert told_twice("77 % and 76.5%") == {("77", "76.5")}
    assert told_twice("77 procent, 77 % och 10,3 procent") == set()
    assert told_twice("8 procentenheter och 8,2 procent") == set()
    assert re.search(OTHER_PHRASES["en"], "SEK 100 per year")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "day"), ROUNDS)
def test_a_quantity_has_one_form_on_a_page(name: str, day: str, language: Language) -> None:
    report = BoardReport.load(round=name, as_of=day, language=language)
    for section, text in sections_of(report):
        assert told_twice(text) == set(), section
        assert not re.search(OTHER_PHRASES[language], text), (section, text)
