"""What the section on the forecast says; the forecast itself is made up, so that it is exact."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Polygon

from helpers.funding.forecast.funding_forecast import Forecast, ForecastModel, NoForecast
from helpers.funding.statement.round_statement import Statement
from helpers.sections.board.outlook.forecast_section import forecast
from helpers.sections.components import palette
from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.components.tables.chosen_section import chosen_section
from helpers.sections.components.tables.section_choice import SectionChoice
from support.section_contexts import context_of

DAY = date(2016, 7, 31)
# Of 1 900: 500 are 26.3 %, 600 31.6 %, 950 50 %, 1 400 73.7 %, 1 700 89.5 %.
FOUND = Forecast(
    DAY,
    date(2016, 12, 1),
    requested=1_900,
    funded=500,
    ceiling=1_700,
    low=600,
    median=950,
    high=1_400,
    unanswered=2,
    further_answers=Fraction(3, 2),
    model=ForecastModel("before", Fraction(3, 4), Fraction(2, 3)),
)
Show = Callable[..., Block]


@pytest.fixture
def statement(shipped_on: Callable[[date, date], Statement]) -> Statement:
    return replace(shipped_on(DAY, DAY), reconstructed=False)


def plain(block: Block) -> str:
    return block.plain.replace("\u00a0", " ")


def said(statement: Statement, found: Forecast | NoForecast | None = FOUND) -> str:
    return plain(forecast(context_of(statement), found))


def test_it_is_blank_unless_asked_for(statement: Statement) -> None:
    assert forecast(context_of(statement), None) == EMPTY_BLOCK


def test_that_it_is_a_forecast_is_stated_before_any_amount(statement: Statement) -> None:
    text = said(statement)
    assert text.startswith("! Det här är en prognos, gjord med en modell: utfallet är inte känt.")


def test_the_interval_and_the_middle_in_kronor_and_percent(statement: Statement) -> None:
    text = said(statement)
    assert (
        "Enligt prognosen är mellan 600 kr och 1 400 kr per år säkrade den 1 december 2016 "
        "(32 % till 74 %), med 950 kr (50 %) i mitten"
    ) in text
    assert "Prognosen gäller den 1 december 2016: lika lång tid efter" in text
    assert "rymma utfallet i 80 procent av fallen" in text
    # Two thirds are 67 %.
    assert (
        "Två kommuner har inte svarat. Ungefär två svar väntas till dess, 67 procent av dem ja."
        in text
    )


def test_the_table_has_the_forecast_between_its_bounds(statement: Statement) -> None:
    assert (
        "Gräns nedåt: säkrat nu | 500 | 26 %\n"
        "Prognos, lågt | 600 | 32 %\n"
        "Prognos, i mitten | 950 | 50 %\n"
        "Prognos, högt | 1 400 | 74 %\n"
        "Gräns uppåt: alla säger ja | 1 700 | 89 %"
    ) in said(statement)


def test_no_amount_of_the_forecast_is_given_to_the_krona(statement: Statement) -> None:
    # The interval is 81 238 kr: 10 to 99 steps of 1 000 kr fit in it.
    found = replace(
        FOUND, requested=3_400_000, funded=2_618_626, ceiling=2_954_105, low=2_662_817,
        median=2_704_500, high=2_744_055,
    )  # fmt: skip
    text = said(statement, found)
    assert "är mellan 2 663 000 kr och 2 744 000 kr per år säkrade den 1 december 2016" in text
    assert "med 2 705 000 kr (80 %) i mitten" in text
    assert (
        "Gräns nedåt: säkrat nu | 2 618 626 | 77 %\n"
        "Prognos, lågt | 2 663 000 | 78 %\n"
        "Prognos, i mitten | 2 705 000 | 80 %\n"
        "Prognos, högt | 2 744 000 | 81 %\n"
        "Gräns uppåt: alla säger ja | 2 954 105 | 87 %"
    ) in text


def test_a_forecast_is_rounded_in_every_unit(statement: Statement) -> None:
    # The interval is 900,000 wide, of which 10 to 99 steps of 10,000 fit.
    found = replace(FOUND, requested=34_000_000, funded=20_618_626, ceiling=29_954_105)
    found = replace(found, low=22_662_811, median=23_104_590, high=23_562_811)
    section = forecast(context_of(statement), found)
    assert "Prognos, lågt | 22 660 000 | 67 %" in plain(section)
    thousands = plain(chosen_section(section, SectionChoice(unit="thousands")))
    assert "| 22 660 | 67 %\nPrognos, i mitten | 23 100 | 68 %\nPrognos, högt | 23 560" in thousands
    assert "säkrat nu | 20 619 |" in thousands
    assert section.data["funded"].tolist()[1:4] == [22_662_811, 23_104_590, 23_562_811]


def test_the_chart_says_in_words_what_it_shows(statement: Statement) -> None:
    html = forecast(context_of(statement), FOUND).html.replace("\u00a0", " ")
    words = re.findall(r'<svg class="(?:broad|slim)"[^>]*aria-label="([^"]*)"', html)
    assert len(words) == 2
    assert "Kurva som från i dag blir ett band, bredare ju längre fram det är. " in words[0]
    assert "Siffrorna står i tabellen nedanför." in words[0]
    assert len(words[0]) <= 250
    assert words[0] == words[1]


def test_the_forecast_is_a_fan_in_a_colour_that_no_answer_has(statement: Statement) -> None:
    axes = forecast(context_of(statement), FOUND).figure.axes[0]
    # From today's amount on the last day of the curve to the interval's ends on its day.
    [fan] = [patch for patch in axes.patches if isinstance(patch, Polygon)]
    today, high, low = fan.get_xy()[:3].tolist()
    end = (date(2016, 12, 1) - date(1970, 1, 1)).days
    assert today[0] == (DAY - date(1970, 1, 1)).days
    assert [high[0], low[0]] == [end, end]
    assert high[1] / low[1] == pytest.approx(1_400 / 600)
    assert to_hex(fan.get_facecolor()) == palette.FORECAST_COLOUR
    answers = {palette.FUNDED_COLOUR, palette.DECLINED_COLOUR, palette.POSSIBLE_COLOUR}
    assert palette.FORECAST_COLOUR not in answers
    assert "Prognos, 80" in axes.texts[1].get_text()


@pytest.mark.parametrize(
    ("phase", "words", "others"),
    [
        ("before", "Svarstiden pågår.", "Svarstiden är slut."),
        ("after", "Svarstiden är slut.", "Svarstiden pågår."),
    ],
)
def test_what_the_curve_rests_on_depends_on_the_phase(
    statement: Statement, phase: str, words: str, others: str
) -> None:
    text = said(statement, replace(FOUND, model=replace(FOUND.model, phase=phase)))
    assert words in text
    assert others not in text


def test_the_model_is_stated_with_what_it_does_not_doubt(statement: Statement) -> None:
    text = said(statement)
    assert "efter kommungrupp, avgiftens storlek och hur sent svaret kom" in text
    for assumed in (
        "ingen ändrar sitt svar;",
        "ett nytt ja gäller alla år",
        "svarsdagen flyttas inte",
        "de kommuner som inte har svarat säger ja lika ofta som liknande kommuner",
    ):
        assert assumed in text
    # 1 580 of 1 955 are 80.82 %.
    assert "400 simulerade omgångar rymde intervallet utfallet i 1 580 av 1 955 prognoser" in text
    assert "(80,8 %; avsett 80 %). På verkliga omgångar är den inte prövad." in text


def test_each_assumption_of_the_model_has_words(statement: Statement) -> None:
    alone = replace(FOUND, model=replace(FOUND.model, assumed=("all_years",)))
    text = said(statement, alone)
    assert "att det slår fel: ett nytt ja gäller alla år och utan villkor." in text


def test_conditions_are_spoken_of_where_there_are_any(statement: Statement) -> None:
    with_one = replace(statement, total=replace(statement.total, conditional=1))
    assert "de som har ett villkor håller fast vid det" in said(with_one)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("too_few_answers", "det behövs minst tio svar"),
        ("no_reply_date", "omgången har ingen känd sista svarsdag"),
        ("price_depends_on_who_joins", "avgiften beror på vilka som ansluter"),
    ],
)
def test_where_there_is_none_it_says_why(statement: Statement, reason: str, words: str) -> None:
    text = said(statement, NoForecast(DAY, 9, reason))
    assert text.startswith("Ingen prognos görs: ")
    assert words in text
    assert "kr" not in text.split()


def test_when_all_have_answered_there_is_nothing_to_compute(statement: Statement) -> None:
    done = replace(FOUND, unanswered=0, further_answers=Fraction(0))
    assert said(statement, done) == "Alla har svarat: det finns inget kvar att beräkna."


def test_a_single_amount_is_said_and_not_drawn(statement: Statement) -> None:
    single = replace(FOUND, low=950, high=950, further_answers=Fraction(1, 2_001))
    block = forecast(context_of(statement), single)
    assert "Enligt prognosen är 950 kr per år säkrade den 1 december 2016 (50 %)" in plain(block)
    assert "Nästan inga fler svar väntas till dess." in plain(block)
    assert "<svg" not in block.html
