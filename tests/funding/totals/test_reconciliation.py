from __future__ import annotations

from datetime import date
from fractions import Fraction

import pandas as pd
import pytest

from helpers.errors import ReportError
from helpers.funding.totals.reconciliation import ReconciliationLine, reconcile
from helpers.funding.totals.tally import Tally
from helpers.model.funding_round import Round
from helpers.model.settings.published_figure import PublishedFigure
from helpers.model.settings.round_prices import compute_prices
from helpers.pricing import Prices

# SKL's letter of 22 February 2017, apart from the inhabitants and the kronor, which it does not
# state: 209 yes and 44 no of 290.
LETTER = Tally(
    members=290,
    yes=209,
    no=44,
    population=9_851_017,
    yes_population=7_000_000,
    no_population=1_000_000,
    requested=3_400_000,
    funded=2_610_000,
    declined=400_000,
)

# a owes half of 1 000, b three tenths and c one fifth.
SHARES = Prices(
    1_000,
    exact={"a": Fraction(500), "b": Fraction(300), "c": Fraction(200)},
    fees={"a": 500, "b": 300, "c": 200},
    equal_members_differ=False,
)


def published(figure: str, kind: str, value: int, **more: object) -> PublishedFigure:
    return PublishedFigure.model_validate(
        {
            "figure": figure,
            "kind": kind,
            "value": value,
            "state_on": date(2017, 2, 22),
            "known_from": date(2017, 2, 22),
            "wording": "",
            "source": "",
            "why": {"sv": ""},
            **more,
        }
    )


def line_of(entry: PublishedFigure, tally: Tally = LETTER) -> ReconciliationLine:
    [line] = reconcile([entry], SHARES, 1_000, lambda day: tally)
    return line


def test_an_exact_figure_agrees_when_equal() -> None:
    line = line_of(published("yes", "exact", 209))
    assert (line.computed, line.difference, line.relative, line.agrees) == (209, 0, 0, True)


def test_an_exact_figure_that_is_one_off_does_not_agree() -> None:
    # Computed − published: 209 − 210. Published / computed − 1: 210/209 − 1.
    line = line_of(published("yes", "exact", 210))
    assert (line.difference, line.relative, line.agrees) == (-1, Fraction(1, 209), False)


def test_an_exact_figure_is_exact_whatever_else_is_said_of_it() -> None:
    # 209 is from 208 up to 212, and 210 to tens; it is neither 208 nor 210.
    assert not line_of(published("yes", "exact", 208, below=212)).agrees
    assert not line_of(published("yes", "exact", 210, rounded_to=10)).agrees


# 209/290 = 72.07 %, 44/290 = 15.17 %, 253/290 = 87.24 %; of the 253 it would be 82.6 and 17.4.
@pytest.mark.parametrize(
    ("figure", "percent"), [("yes_share", 72), ("no_share", 15), ("answered_share", 87)]
)
def test_the_percentages_of_the_letter_are_of_all_290(figure: str, percent: int) -> None:
    line = line_of(published(figure, "percent", percent))
    assert (line.computed, line.agrees) == (percent, True)


@pytest.mark.parametrize(
    ("figure", "percent"), [("yes_of_answered_share", 83), ("no_of_answered_share", 17)]
)
def test_of_the_253_the_percentages_would_have_been_others(figure: str, percent: int) -> None:
    line = line_of(published(figure, "percent", percent))
    assert (line.computed, line.agrees) == (percent, True)


def test_a_percentage_that_is_one_off_does_not_agree() -> None:
    line = line_of(published("yes_share", "percent", 73))
    assert (line.computed, line.difference, line.agrees) == (72, -1, False)


@pytest.mark.parametrize(("percent", "agrees"), [(24, True), (25, False)])
def test_24_496_percent_is_24(percent: int, agrees: bool) -> None:
    # 3 062 of 12 500 members is 24.496 %.
    count = Tally(
        members=12_500,
        yes=3_062,
        no=0,
        population=1,
        yes_population=0,
        no_population=0,
        requested=1,
        funded=0,
        declined=0,
    )
    assert line_of(published("yes_share", "percent", percent), count).agrees is agrees


@pytest.mark.parametrize(
    ("value", "below", "agrees"),
    [
        (2_600_000, 2_650_000, True),
        # Not over: 2 610 000 is neither over itself nor below itself.
        (2_610_000, 2_650_000, False),
        (2_600_000, 2_610_000, False),
        (2_609_999, 2_610_001, True),
    ],
)
def test_a_little_over_is_strictly_over_and_strictly_below(
    value: int, below: int, agrees: bool
) -> None:
    line = line_of(published("funded", "over", value, below=below))
    assert (line.computed, line.difference, line.agrees) == (2_610_000, 2_610_000 - value, agrees)


@pytest.mark.parametrize(
    # The fee of b is 300; half of a step of 200 goes up, to 400.
    ("value", "step", "agrees"),
    [(300, 100, True), (400, 100, False), (400, 200, True), (200, 200, False)],
)
def test_a_rounded_figure_agrees_when_the_fee_rounds_to_it(
    value: int, step: int, agrees: bool
) -> None:
    line = line_of(published("fee:b", "rounded", value, rounded_to=step))
    assert (line.computed, line.difference, line.agrees) == (300, 300 - value, agrees)


def test_a_computed_nought_has_no_relative_difference() -> None:
    nobody = Tally(
        members=5,
        yes=0,
        no=0,
        population=1,
        yes_population=0,
        no_population=0,
        requested=1,
        funded=0,
        declined=0,
    )
    line = line_of(published("yes", "exact", 3), nobody)
    assert (line.difference, line.relative, line.agrees) == (-3, None, False)


def test_totals_that_a_rounded_fee_fits() -> None:
    # b pays 3/10. 250 ≤ 3/10 × T < 350 gives 833.33 ≤ T < 1 166.67.
    line = line_of(published("fee:b", "rounded", 300, rounded_to=100))
    assert line.fits_totals == (834, 1_166)


def test_a_total_that_rounds_half_up_no_longer_fits() -> None:
    # a pays 1/2. 50 ≤ T/2 < 150 gives 100 ≤ T < 300; of 300 it is 150, which rounds to 200.
    line = line_of(published("fee:a", "rounded", 100, rounded_to=100))
    assert line.fits_totals == (100, 299)


@pytest.mark.parametrize(
    "entry", [published("yes", "exact", 209), published("fee:a", "exact", 500)]
)
def test_only_a_rounded_fee_fits_totals(entry: PublishedFigure) -> None:
    assert line_of(entry).fits_totals is None


def test_each_figure_is_computed_for_its_own_day() -> None:
    early = published("yes", "exact", 3, state_on=date(2016, 7, 1))
    late = published("yes", "exact", 209)
    days = {
        date(2016, 7, 1): Tally(
            members=290,
            yes=3,
            no=0,
            population=1,
            yes_population=0,
            no_population=0,
            requested=1,
            funded=0,
            declined=0,
        ),
        date(2017, 2, 22): LETTER,
    }
    lines = reconcile([early, late], SHARES, 1_000, days.__getitem__)
    assert [(line.computed, line.agrees) for line in lines] == [(3, True), (209, True)]
    assert [line.published for line in lines] == [early, late]


def test_stockholms_fee_is_272_below_the_memorandum(
    shipped_round: Round, shipped_members: pd.DataFrame, shipped_published: list[PublishedFigure]
) -> None:
    # docs/explanation/money.md, "Stockholm in 2016": 292 828 against 293 100 in the memorandum.
    # Rounded to 100, that fits totals that give Stockholm 293 050 to 293 150: by 9 650 576.4 / 831
    # 164.4 these are 3 402 577.7 and 3 403 738.7.
    [entry] = [entry for entry in shipped_published if entry.figure == "fee:0180"]
    shares = compute_prices(shipped_round, shipped_members)
    [line] = reconcile([entry], shares, 3_400_000, lambda day: LETTER)
    assert (line.computed, line.difference) == (292_828, -272)
    assert line.relative == Fraction(272, 292_828)
    assert not line.agrees
    assert line.fits_totals == (3_402_578, 3_403_738)


@pytest.mark.parametrize("figure", ["answred", "", "by_year", "__class__", "__doc__"])
def test_an_unknown_figure_is_named(figure: str) -> None:
    with pytest.raises(ReportError, match=f"no figure '{figure}'"):
        line_of(published(figure, "exact", 1))


def test_a_fee_of_nobody_is_named() -> None:
    with pytest.raises(ReportError, match="'fee:9999' names no member"):
        line_of(published("fee:9999", "exact", 1))
