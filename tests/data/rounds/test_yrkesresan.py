"""The second shipped round: configured only, and its answers drawn to the one published number."""

from __future__ import annotations

import importlib.util
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.report.board_report import BoardReport

DAY = date(2021, 4, 13)


@pytest.fixture(scope="module")
def folder(project: Path) -> Path:
    return project / "data" / "rounds" / "yrkesresan"


@pytest.fixture(scope="module")
def report() -> BoardReport:
    return BoardReport.load(round="yrkesresan", as_of=DAY)


def test_the_script_gives_the_bytes_of_the_register(folder: Path) -> None:
    spec = importlib.util.spec_from_file_location("reconstruct", folder / "reconstruct.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.reconstruct().encode() == (folder / "decisions.csv").read_bytes()


def test_238_have_joined_and_nobody_is_said_to_have_declined(report: BoardReport) -> None:
    # SKR, "Frågor och svar om Yrkesresan", 13 April 2021.
    total = report.statement.total
    assert (total.members, total.yes, total.no, total.unanswered) == (290, 238, 0, 52)
    assert [line.agrees for line in report.statement.reconciliation] == [True]
    assert report.statement.reconstructed


def test_the_cost_is_the_one_that_60_percent_of_the_inhabitants_cover(report: BoardReport) -> None:
    # 2.28 × 60 % × 10 327 589 = 14 128 141.75 (see round.toml).
    price = report.statement.price
    assert price is not None
    assert price.cost == 14_128_142
    assert price.estimated
    assert price.highest_rate == Fraction("2.28")
    assert price.break_even_share is not None
    assert abs(price.break_even_share - Fraction(3, 5)) < Fraction(1, 10_000_000)


def test_the_price_no_longer_binds_and_the_fees_are_the_cost(report: BoardReport) -> None:
    # With 238 of 290 far more than 60 % of the inhabitants have joined.
    statement = report.statement
    assert statement.price is not None
    assert not statement.price.highest_rate_binds
    assert statement.price.now.rate == Fraction(14_128_142, statement.total.yes_population)
    paid = statement.answers.loc[statement.answers["decision"] == "yes", "fee"]
    assert int(paid.sum()) == statement.total.funded == 14_128_142


def test_nothing_is_known_before_it_was_published(folder: Path) -> None:
    report = BoardReport.load(round="yrkesresan", as_of="2021-04-12")
    assert report.statement.reconciliation == []


@pytest.mark.parametrize(
    ("language", "about", "exact"),
    [
        ("sv", "cirka 14,1 mnkr (uppskattat)", "14 128 142"),
        ("en", "about SEK 14.1 million", "14,128,"),
    ],
)
def test_an_estimated_cost_is_told_as_exactly_as_it_is_known(
    language: str, about: str, exact: str
) -> None:
    """2.28 × 60 % is known to three digits: a cost to the krona would say more than that."""
    report = BoardReport.load(round="yrkesresan", as_of="2021-06-30", language=language)
    sections = (report.answer(), report.price(), report.over_time(), report.certainty())
    said = " ".join(section.plain for section in sections).replace("\u00a0", " ")
    assert about in said
    assert exact not in said
    dates = report.over_time().tables[1]
    assert [float(amount) for amount in dates["funded"]] == [0, 14.128142]  # exact, in millions
