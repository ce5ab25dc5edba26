"""Expected texts are written by hand from Swedish and British usage; ~ stands for U+00A0."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language

SV, EN = Localizer("sv"), Localizer("en")
NO_BREAK = "\u00a0"
MINUS = "\u2212"


def hard(text: str) -> str:
    """A text in which ~ is a no-break space."""
    return text.replace("~", NO_BREAK)


@pytest.mark.parametrize(
    ("write", "number", "swedish", "english"),
    [
        (Localizer.count, 0, "0", "0"),
        (Localizer.count, 209, "209", "209"),
        (Localizer.count, 1_000, "1~000", "1,000"),
        (Localizer.count, 9_851_017, "9~851~017", "9,851,017"),
        (Localizer.count, -781_374, f"{MINUS}781~374", f"{MINUS}781,374"),
        (Localizer.money, 0, "0~kr", "SEK~0"),
        (Localizer.money, 998, "998~kr", "SEK~998"),
        (Localizer.money, 293_100, "293~100~kr", "SEK~293,100"),
        (Localizer.signed, 18_626, "+18~626", "+18,626"),
        (Localizer.signed, 0, "0", "0"),
        (Localizer.signed, -272, f"{MINUS}272", f"{MINUS}272"),
        (Localizer.signed_money, 18_626, "+18~626~kr", "+SEK~18,626"),
        (Localizer.signed_money, 0, "0~kr", "SEK~0"),
        (Localizer.signed_money, -272, f"{MINUS}272~kr", f"{MINUS}SEK~272"),
        (Localizer.millions, 0, "0~mnkr", "SEK~0~million"),
        # One decimal of a million says too little of less than a million.
        (Localizer.millions, 82_056, "82~056~kr", "SEK~82,056"),
        (Localizer.millions, 999_999, "999~999~kr", "SEK~999,999"),
        (Localizer.millions, 1_000_000, "1,0~mnkr", "SEK~1.0~million"),
        (Localizer.millions, 2_000_000, "2,0~mnkr", "SEK~2.0~million"),
        (Localizer.millions, 2_618_626, "2,6~mnkr", "SEK~2.6~million"),
        (Localizer.millions, 2_649_999, "2,6~mnkr", "SEK~2.6~million"),  # not 2,65 and then 2,7
        (Localizer.millions, 2_650_000, "2,7~mnkr", "SEK~2.7~million"),
        (Localizer.millions, -2_618_626, f"{MINUS}2,6~mnkr", f"{MINUS}SEK~2.6~million"),
        (Localizer.millions, 999_949_999, "999,9~mnkr", "SEK~999.9~million"),
        (Localizer.millions, 1_234_567_890, "1,2~mdkr", "SEK~1.2~billion"),
    ],
)
def test_numbers_and_amounts(
    write: Callable[[Localizer, int], str], number: int, swedish: str, english: str
) -> None:
    assert write(SV, number) == hard(swedish)
    assert write(EN, number) == hard(english)


@pytest.mark.parametrize(
    ("part", "swedish", "english"),
    [
        (2_618_626, "2,6~av~3,4~mnkr", "SEK~2.6~of~3.4~million"),
        (0, "0~av~3,4~mnkr", "SEK~0~of~3.4~million"),
        (3_400_000, "3,4~av~3,4~mnkr", "SEK~3.4~of~3.4~million"),
        (1_000_000, "1,0~av~3,4~mnkr", "SEK~1.0~of~3.4~million"),
        (3_349_999, "3,3~av~3,4~mnkr", "SEK~3.3~of~3.4~million"),
        # In millions these would be a coarse tenth, and look like the whole.
        (82_056, "82~056~av~3~400~000~kr", "SEK~82,056~of~3,400,000"),
        (999_999, "999~999~av~3~400~000~kr", "SEK~999,999~of~3,400,000"),
        (3_350_000, "3~350~000~av~3~400~000~kr", "SEK~3,350,000~of~3,400,000"),
        (3_399_999, "3~399~999~av~3~400~000~kr", "SEK~3,399,999~of~3,400,000"),
    ],
)
def test_millions_of(part: int, swedish: str, english: str) -> None:
    assert SV.millions_of(part, 3_400_000) == hard(swedish)
    assert EN.millions_of(part, 3_400_000) == hard(english)


@pytest.mark.parametrize(
    ("part", "whole", "swedish"),
    [
        (679_000, 1_000_000, "679~000~av~1~000~000~kr"),
        (2_050_000_000, 4_576_000_000, "2,1~av~4,6~mdkr"),
        (0, 4_576_000_000, "0~av~4,6~mdkr"),
        (564_320_000, 4_576_000_000, "564,3~av~4~576,0~mnkr"),
        (4_560_000_000, 4_576_000_000, "4~560,0~av~4~576,0~mnkr"),
        (82_056, 4_576_000_000, "82~056~av~4~576~000~000~kr"),
    ],
)
def test_two_amounts_have_the_largest_unit_that_shows_them_both(
    part: int, whole: int, swedish: str
) -> None:
    assert SV.millions_of(part, whole) == hard(swedish)


@pytest.mark.parametrize(
    ("years", "listed"),
    [
        ([2017], "2017"),
        ([2017, 2018], "2017 och 2018"),
        ([2028, 2026, 2027], "2026–2028"),
        (range(2026, 2036), "2026–2035"),
        ([2026, 2028, 2029], "2026, 2028 och 2029"),
    ],
)
def test_years_that_follow_each_other_are_a_range(years: Iterable[int], listed: str) -> None:
    assert SV.join_years(years) == listed


def test_a_round_of_one_year_does_not_speak_of_amounts_a_year() -> None:
    swedish, english = (Localizer(language, one_year=True) for language in ("sv", "en"))
    assert swedish("{gap} per år saknas.", gap="1 kr") == "1 kr saknas."
    assert swedish("Avgift per år, {name}", name="per år") == "Avgift, per år"
    assert english("{gap} per år saknas.", gap="SEK 1") == "SEK 1 is missing."
    for text in ("ett nytt ja gäller alla år och utan villkor", "Beloppen per år och sammanlagt"):
        assert not {"år", "alla"} & set(swedish(text).split())
        assert not {"year", "years", "all"} & set(english(text).split())
    assert (
        swedish("ett nytt ja gäller alla år och utan villkor") == "ett nytt ja gäller utan villkor"
    )
    assert english("Beloppen per år och sammanlagt") == "Amounts"


@pytest.mark.parametrize(
    ("share", "digits", "swedish", "english"),
    [
        (Fraction(77, 100), 0, "77~%", "77%"),
        (Fraction(24_496, 100_000), 0, "24~%", "24%"),  # not 24,5 and then 25
        (Fraction(24_496, 100_000), 1, "24,5~%", "24.5%"),
        (Fraction(24_496, 100_000), 2, "24,50~%", "24.50%"),
        (Fraction(245, 1000), 0, "25~%", "25%"),
        (Fraction(1, 200), 0, "1~%", "1%"),
        (Fraction(1, 201), 0, "mindre än 1~%", "less than 1%"),
        (Fraction(1, 201), 1, "0,5~%", "0.5%"),
        (Fraction(199, 201), 0, "99~%", "99%"),
        (Fraction(200, 201), 0, "mer än 99~%", "more than 99%"),
        (Fraction(200, 201), 1, "99,5~%", "99.5%"),
        (Fraction(201, 200), 0, "101~%", "101%"),
        (Fraction(-1, 200), 0, "0~%", "0%"),
        (Fraction(-1, 100), 0, "−1~%", "−1%"),
        (Fraction(209, 290), 0, "72~%", "72%"),  # 72,069
        (Fraction(209, 253), 0, "83~%", "83%"),  # 82,609
        (Fraction(0), 0, "0~%", "0%"),
        (Fraction(1), 0, "100~%", "100%"),
        (Fraction(21, 20), 0, "105~%", "105%"),  # never clipped
        (Fraction(272, 292_828), 2, "0,09~%", "0.09%"),
        (None, 0, "ej tillämpligt", "not applicable"),
        (None, 2, "ej tillämpligt", "not applicable"),
    ],
)
def test_percent(share: Fraction | None, digits: int, swedish: str, english: str) -> None:
    assert SV.percent(share, digits) == hard(swedish)
    assert EN.percent(share, digits) == hard(english)


@pytest.mark.parametrize(
    ("share", "swedish", "english"),
    [
        (Fraction(0), "0~%", "0%"),
        (Fraction(1, 201), "<1~%", "<1%"),
        (Fraction(1, 200), "1~%", "1%"),
        (Fraction(199, 201), "99~%", "99%"),
        (Fraction(200, 201), ">99~%", ">99%"),
        (Fraction(1), "100~%", "100%"),
        (None, "ej tillämpligt", "not applicable"),
    ],
)
def test_percent_where_it_has_to_be_short(
    share: Fraction | None, swedish: str, english: str
) -> None:
    assert SV.percent(share, short=True) == hard(swedish)
    assert EN.percent(share, short=True) == hard(english)


@pytest.mark.parametrize(
    ("write", "day", "swedish", "english"),
    [
        (Localizer.date, date(2017, 2, 22), "22~februari~2017", "22~February~2017"),
        (Localizer.date, date(2016, 6, 10), "10~juni~2016", "10~June~2016"),
        (Localizer.short_date, date(2017, 2, 22), "22~feb.~2017", "22~Feb~2017"),
        (Localizer.short_date, date(2016, 10, 5), "5~okt.~2016", "5~Oct~2016"),
        (Localizer.short_date, date(2016, 5, 1), "1~maj~2016", "1~May~2016"),
        (Localizer.month, date(2016, 10, 31), "okt.~2016", "Oct~2016"),
        (Localizer.month, date(2016, 5, 1), "maj~2016", "May~2016"),
    ],
)
def test_dates(
    write: Callable[[Localizer, date], str], day: date, swedish: str, english: str
) -> None:
    assert write(SV, day) == hard(swedish)
    assert write(EN, day) == hard(english)


def read_back(shown: str, speech: Localizer) -> Fraction:
    """The number that a reader of the language reads."""
    separators = {"sv": (NO_BREAK, ","), "en": (",", ".")}
    thousands, decimal = separators[speech.language]
    plain = shown.replace(thousands, "").replace(decimal, ".").replace(MINUS, "-")
    return Fraction(plain)


def is_half_up(shown: Fraction, exact: Fraction, step: Fraction) -> bool:
    """Nothing nearer exists, and of two equally near the upper is shown."""
    return (shown / step).denominator == 1 and -step / 2 < shown - exact <= step / 2


SPEECHES = st.sampled_from([SV, EN])
# Exact halves are rare among fractions drawn at random, so some are made.
HALVES = st.integers(-(10**6), 10**6).map(lambda n: Fraction(2 * n + 1, 200_000))


@given(
    SPEECHES,
    st.fractions(min_value=-2, max_value=20, max_denominator=10**9) | HALVES,
    st.integers(0, 3),
)
def test_a_percentage_is_rounded_half_up_from_the_exact_share(
    speech: Localizer, share: Fraction, digits: int
) -> None:
    shown = speech.percent(share, digits, short=True).removesuffix("%")
    if shown[0] in "<>":
        shown = shown.replace(">99", "100").replace("<1", "0")
        assert digits != 0 or share not in (0, 1)
    if speech.language == "sv":
        assert shown.endswith(NO_BREAK)
        shown = shown.removesuffix(NO_BREAK)
    assert is_half_up(read_back(shown, speech), share * 100, Fraction(1, 10**digits))


@given(SPEECHES, st.integers(-(10**10), 10**10) | st.integers(-99, 99).map(lambda n: n * 50_000))
def test_millions_are_rounded_half_up_from_the_exact_amount(speech: Localizer, amount: int) -> None:
    shown = speech.millions(amount)
    if 0 < abs(amount) < 10**6:
        assert shown == speech.money(amount)
        return
    units = 10**9 if abs(amount) >= 10**9 else 10**6
    swedish, english = {10**6: ("~mnkr", "~million"), 10**9: ("~mdkr", "~billion")}[units]
    before, after = {"sv": ("", swedish), "en": ("SEK~", english)}[speech.language]
    assert shown.lstrip(MINUS).startswith(hard(before))
    assert shown.endswith(hard(after))
    number = shown.replace(hard(before), "", 1).removesuffix(hard(after))
    assert is_half_up(read_back(number, speech), Fraction(amount, units), Fraction(1, 10))


@given(SPEECHES, st.integers(-(10**12), 10**12))
def test_a_whole_number_reads_back_as_itself(speech: Localizer, number: int) -> None:
    assert read_back(speech.count(number), speech) == number


@given(
    SPEECHES,
    st.sampled_from(
        [
            Localizer.count,
            Localizer.money,
            Localizer.signed,
            Localizer.signed_money,
            Localizer.millions,
        ]
    ),
    st.integers(-(10**10), 10**10),
)
def test_no_line_breaks_within_a_number(
    speech: Localizer, write: Callable[[Localizer, int], str], number: int
) -> None:
    assert not set(write(speech, number)) & set(" -")


@pytest.mark.parametrize("name", ["{x}", "{0}", "{{", "}", "{name}", "{name.__class__}", "100 %s"])
def test_braces_in_a_value_come_through_unharmed(name: str) -> None:
    assert SV("Avgift per år, {name}", name=name) == f"Avgift per år, {name}"
    assert EN("Avgift per år, {name}", name=name) == f"Fee a year, {name}"
    assert SV.plural("{n} i {name}", "{n} i {name}", 2, name=name) == f"två i {name}"


@pytest.mark.parametrize("speech", [SV, EN])
def test_a_text_said_without_values_keeps_its_places(speech: Localizer) -> None:
    assert speech("Bild {page}{") == "Bild {page}{"


def test_page_numbers_are_left_for_the_pdf_to_fill_in() -> None:
    assert SV("Sida {page} av {pages}") == "Sida {page} av {pages}"
    assert EN("Sida {page} av {pages}") == "Page {page} of {pages}"


ONE = "En kommun har ändrat sitt svar."
MANY = "{n} kommuner har ändrat sitt svar."


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (0, "0 kommuner har", "0 municipalities have"),
        (1, "En kommun har", "One municipality has"),
        (2, "Två kommuner har", "Two municipalities have"),
        (1_001, "1~001 kommuner har", "1,001 municipalities have"),
    ],
)
def test_plural(number: int, swedish: str, english: str) -> None:
    assert SV.plural(ONE, MANY, number).startswith(hard(swedish))
    assert EN.plural(ONE, MANY, number).startswith(english)


def test_a_text_without_a_translation_is_said_in_swedish() -> None:
    assert EN("Något som ingen har översatt") == "Något som ingen har översatt"


def test_a_rounds_own_text_is_read_in_the_language_or_else_in_swedish() -> None:
    both: dict[Language, str] = {"sv": "Sista svarsdag", "en": "Reply by"}
    assert (SV.text(both), EN.text(both)) == ("Sista svarsdag", "Reply by")
    assert EN.text({"sv": "Sista svarsdag"}) == "Sista svarsdag"


def test_quotation_marks_are_those_of_the_language() -> None:
    assert SV.quote("drygt 2,6 {miljoner}") == "”drygt 2,6 {miljoner}”"
    assert EN.quote("drygt 2,6 {miljoner}") == "“drygt 2,6 {miljoner}”"


def test_a_round_may_have_words_of_its_own() -> None:
    words: dict[Language, dict[str, str]] = {
        "sv": {"kommun": "region", "kommuner": "regioner", "ej svarat": "ej ansluten"}
    }
    loc = Localizer("sv", words)
    assert loc("Kommuner som har sagt ja") == "Regioner som har sagt ja"
    assert loc("Ej svarat") == "Ej ansluten"
    assert loc.plural("{n} kommun", "{n} kommuner", 2) == "två regioner"
    # Only whole words, and never what is filled in.
    assert loc("Kommungrupp") == "Kommungrupp"
    assert loc("Utan plats på kartan: {names}.", names="kommun") == "Utan plats på kartan: kommun."
    assert Localizer("en", words)("Ej svarat") == "Not answered"


def test_items_in_a_row_and_prices_to_the_ore() -> None:
    assert Localizer("sv").join_list(["a", "b", "c"]) == "a, b och c"
    assert Localizer("en").join_list(["a", "b", "c"]) == "a, b and c"
    assert Localizer("sv").join_list(["a"]) == "a"
    # 3 400 000 / 9 851 017 is 0.3451.
    assert Localizer("sv").unit_price(Fraction(3_400_000, 9_851_017)) == "0,35\u00a0kr"
    assert Localizer("en").unit_price(Fraction(3_400_000, 9_851_017)) == "SEK\u00a00.35"
    assert Localizer("sv").decimals(None, 2) == "ej tillämpligt"


EURO_SV, EURO_EN = (Localizer(language, None, "EUR") for language in ("sv", "en"))


@pytest.mark.parametrize(
    ("write", "number", "swedish", "english"),
    [
        (Localizer.money, 293_100, "293~100~EUR", "EUR~293,100"),
        (Localizer.signed_money, -272, f"{MINUS}272~EUR", f"{MINUS}EUR~272"),
        (Localizer.millions, 2_618_626, "2,6~miljoner~EUR", "EUR~2.6~million"),
        (Localizer.millions, 1_000_000, "1,0~miljoner~EUR", "EUR~1.0~million"),
    ],
)
def test_another_currency_is_written_by_its_code(
    write: Callable[[Localizer, int], str], number: int, swedish: str, english: str
) -> None:
    assert write(EURO_SV, number) == hard(swedish)
    assert write(EURO_EN, number) == hard(english)


def test_another_currency_in_part_and_in_prices() -> None:
    assert EURO_SV.millions_of(2_618_626, 3_400_000) == hard("2,6~av~3,4~miljoner~EUR")
    assert EURO_EN.millions_of(49_999, 3_400_000) == hard("EUR~49,999~of~3,400,000")
    assert EURO_SV.unit_price(Fraction(7, 20)) == hard("0,35~EUR")


@pytest.mark.parametrize(
    ("swedish", "in_swedish", "in_english"),
    [
        ("Avgift, kr", "Avgift, EUR", "Fee, EUR"),
        ("Kr per invånare", "EUR per invånare", "EUR per inhabitant"),
        ("Kronor per år", "EUR per år", "EUR a year"),
        ("mnkr per år", "miljoner EUR per år", "EUR million a year"),
        ("tkr per år", "tusen EUR per år", "EUR thousand a year"),
        ("Säkrade kronor per år", "Säkrade EUR per år", "EUR secured a year"),
    ],
)
def test_the_words_for_money_follow_the_currency(
    swedish: str, in_swedish: str, in_english: str
) -> None:
    assert EURO_SV(swedish) == in_swedish
    assert EURO_EN(swedish) == in_english


def test_a_rounds_own_words_go_before_those_of_its_currency() -> None:
    loc = Localizer("sv", {"sv": {"kronor": "euro", "kr": "€"}}, "EUR")
    assert loc("Kronor per år") == "Euro per år"
    assert loc("Avgift, kr") == "Avgift, €"
    # "många kronor" is ours and would hide the round's own word.
    assert loc("sällan många kronor") == "sällan många euro"
    assert loc("av kronorna") == "av pengarna"


def test_a_word_is_never_put_in_place_of_what_is_filled_in() -> None:
    loc = Localizer("en", {"en": {"members": "clubs", "kronor": "x"}}, "EUR")
    assert loc("{kronor} kronor, {members} members", kronor="1", members="2") == "1 x, 2 clubs"


@pytest.mark.parametrize(
    ("requested", "said", "part", "unit", "axis"),
    [
        (
            2 * 10**9,
            "850~000~kr",
            "850~000~av~2~000~000~000~kr",
            "mdkr per år",
            ["0", "0,0005", "0,0010"],
        ),
        (1_000_000, "850~000~kr", "850~000~av~1~000~000~kr", "mnkr per år", ["0", "0,5", "1,0"]),
        (999_999, "850~000~kr", "850~000~av~999~999~kr", "tkr per år", ["0", "500", "1~000"]),
        (85_000, "850~000~kr", "850~000~av~85~000~kr", "tkr per år", ["0", "500", "1~000"]),
        (10_000, "850~000~kr", "850~000~av~10~000~kr", "tkr per år", ["0", "500", "1~000"]),
        (9_999, "850~000~kr", "850~000~av~9~999~kr", "kr per år", ["0", "500~000", "1~000~000"]),
        (1, "850~000~kr", "850~000~av~1~kr", "kr per år", ["0", "500~000", "1~000~000"]),
        (None, "850~000~kr", "", "mnkr per år", ["0", "0,5", "1,0"]),
    ],
)
def test_the_unit_follows_the_size_of_the_round(
    requested: int | None, said: str, part: str, unit: str, axis: list[str]
) -> None:
    loc = Localizer("sv", requested=requested)
    assert loc.millions(850_000) == hard(said)
    assert requested is None or loc.millions_of(850_000, requested) == hard(part)
    assert loc.axis_unit() == unit
    assert loc.axis_labels([0, 500_000, 1_000_000]) == [hard(label) for label in axis]


def test_an_axis_has_the_decimals_that_its_finest_amount_needs() -> None:
    assert SV.axis_labels([0, 50_000, 100_000]) == ["0", "0,05", "0,10"]
    assert SV.axis_labels([0, 1_000_000, 2_000_000]) == ["0", "1,0", "2,0"]
    assert Localizer("en", requested=20_000).axis_labels([0, 2_500, 5_000]) == ["0", "2.5", "5.0"]


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (Fraction(0), "0,00"),
        (Fraction(5, 100), "0,05"),
        (Fraction(49, 1_000), "0,049"),
        (Fraction(42, 10_000), "0,0042"),
        (Fraction(-42, 10_000), f"{MINUS}0,0042"),
        (Fraction(123_456, 1_000), "123,46"),
        (None, "ej tillämpligt"),
    ],
)
def test_a_small_price_has_the_decimals_that_show_it(price: Fraction | None, said: str) -> None:
    assert SV.unitless_price(price) == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [("2", "2,00~kr"), ("1.95", "1,95~kr"), ("0.0195", "0,0195~kr"), ("1.999", "1,999~kr")],
)
def test_a_stated_rate_is_said_with_all_its_decimals(rate: str, said: str) -> None:
    assert SV.exact_rate(Fraction(rate)) == hard(said)


def test_a_text_of_a_round_in_english_alone_is_read_in_english() -> None:
    assert SV.text({"en": "Reply by"}) == "Reply by"
