"""What a letter says, by the member's answer, of a round small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.member_nouns import MemberNouns, SwedishNoun
from helpers.model.settings.round_settings import (
    AnswerRules,
    Event,
    JoiningSettings,
    LetterSettings,
)
from helpers.report.board_report import BoardReport
from helpers.report.letter_report import MunicipalityLetter
from support.letter_reports import priced_by, report_on, text_of

DAY = date(2017, 4, 15)
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
# Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors.
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes,,",
    "0002,2016-06-25,2016-06-25,,no,,",
    "0004,2016-07-05,2016-07-10,,yes,,om budgeten räcker",
    "0005,2016-07-06,2016-07-11,,yes,2017,",
]
WITHDRAWN = [
    "0003,2016-06-15,2016-06-20,,yes,,",
    "0003,2016-08-15,2016-08-20,,no,,",
]
Write = Callable[..., str]


@pytest.fixture
def letter_to(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Write:
    """All that a letter says to the member with this last digit."""

    def write(
        digit: int, *lines: str, day: date = DAY, language: str = "sv", **changes: object
    ) -> str:
        register = register_of(*(lines or HISTORY), heading=HEADING)
        round_ = five_round.model_copy(update=changes)
        report = report_on(round_, five_members, register, day, language)
        return text_of(MunicipalityLetter.of(report, f"000{digit}"))

    return write


def test_a_yes_is_told_what_it_pays_and_where_to_send_its_reference(letter_to: Write) -> None:
    text = letter_to(1)
    assert (
        "Ni har sagt ja. Beslutet är daterat den 15 juni 2016 och kom in till oss den 20 juni "
        "2016." in text
    )
    assert "20 juni 2016. Tack för att ni är med.\n" in text
    assert "Er avgift är 100 kr per år, sammanlagt 200 kr för 2017 och 2018." in text
    assert "Meddela oss vilken referens ni vill ha på fakturan." in text
    for unfit in ("Säger ni ja", "står utanför", "Om ni går med", "Exempel"):
        assert unfit not in text


def test_a_no_is_told_that_it_is_outside_and_what_joining_costs(letter_to: Write) -> None:
    text = letter_to(2)
    assert (
        "Ni har sagt nej. Beslutet är daterat den 25 juni 2016 och kom in till oss samma dag."
        in text
    )
    # That it pays nothing comes before what it would pay.
    assert (
        "Ni står utanför och betalar ingenting. Om ni går med är er avgift 200 kr per år, "
        "sammanlagt 400 kr för 2017 och 2018."
    ) in text
    assert (
        "- Vill ni vara med senare skickar ni ert nya beslut till oss. Ange er kod, 0002, och "
        "beslutets datum.\n- Förfrågan anger inget lägre pris för kommuner som går med mitt i ett "
        "år."
    ) in text
    # The part on the fee has the amounts.
    assert "Säger ni ja" not in text
    assert "faktura" not in text


@pytest.mark.parametrize(
    ("rule", "day", "price"),
    [
        # From April nine twelfths of 200 are left of 2017.
        ("months", DAY, "150 kr för 2017 och 200 kr för 2018, sammanlagt 350 kr."),
        # From 15 April 261 of 365 days are left: 200 × 261/365 is 143.01.
        ("days", DAY, "143 kr för 2017 och 200 kr för 2018, sammanlagt 343 kr."),
        # In July 2018 only six twelfths of that year are left.
        ("months", date(2018, 7, 1), "Säger ni ja den 1 juli 2018 kostar det 100 kr för 2018."),
    ],
)
def test_the_price_of_joining_is_the_rounds(
    letter_to: Write, rule: str, day: date, price: str
) -> None:
    text = letter_to(2, day=day, joining=JoiningSettings(part_of_year=rule))
    assert price in text
    assert "Omgången anger inget lägre pris" not in text


def test_after_the_last_year_nobody_is_asked_to_join(letter_to: Write) -> None:
    text = letter_to(2, day=date(2019, 1, 1))
    assert "Omgångens år har passerat." in text
    assert "kostar det" not in text


def deadline(day: date) -> Event:
    return Event(kind="deadline", known_from=date(2016, 6, 10), on=day, text={"sv": "Svara"})


def test_the_silent_is_asked_to_answer_and_how(letter_to: Write) -> None:
    office = LetterSettings(reply_to={"sv": "kansliet", "en": "the office"})
    text = letter_to(3, letters=office, events=[deadline(date(2017, 4, 14))])
    assert "Vi har inte fått något svar från er. Det räknas varken som ja eller som nej." in text
    assert "Svarstiden gick ut den 14 april 2017." in text
    assert (
        "Svara gärna så snart ni kan. Skicka ert beslut, ja eller nej, till kansliet. Ange er kod, "
        "0003, beslutets datum och gärna ert diarienummer."
    ) in text
    assert "Beslutet är daterat" not in text


def test_until_the_reply_date_the_silent_is_told_the_day(letter_to: Write) -> None:
    text = letter_to(3, events=[deadline(date(2017, 4, 15))])
    assert "Svara senast den 15 april 2017." in text
    assert "Svarstiden gick ut" not in text


def test_a_condition_is_quoted_and_does_not_count_yet(letter_to: Write) -> None:
    text = letter_to(4)
    assert "Ni har sagt ja med ett villkor: ”om budgeten räcker”." in text
    assert "räknas inte som säkrat förrän villkoret är uppfyllt" in text
    assert "Skriv till oss när villkoret är uppfyllt" in text
    assert "Om ni går med är er avgift 400 kr per år" in text


def test_a_condition_counts_where_the_round_says_so(letter_to: Write) -> None:
    text = letter_to(4, answers=AnswerRules(conditional_yes="counts"))
    assert "Ni har sagt ja." in text
    assert "Ert villkor, ”om budgeten räcker”, hindrar inte att jaet räknas." in text
    assert "Er avgift är 400 kr per år" in text


def test_a_long_condition_is_cut_short(letter_to: Write) -> None:
    line = f"0004,2016-07-05,2016-07-10,,yes,,{'mycket ' * 200}långt"
    text = letter_to(4, line)
    assert f"”{('mycket ' * 200)[:199].rstrip()}…”" in text


def test_a_yes_for_some_years_pays_for_those_and_may_join_the_rest(letter_to: Write) -> None:
    text = letter_to(5)
    assert "Ert ja gäller 2017, inte 2018." in text
    assert "Er avgift är 900 kr för 2017." in text
    assert "- Säger ni den 15 april 2017 ja även till 2018 kostar det 900 kr till." in text
    assert "Omgången anger inget lägre pris" not in text  # 2018 has not begun


@pytest.mark.parametrize(
    ("rule", "words", "step"),
    [
        ("unforeseen", "Omgången säger inget om ett ja som tas tillbaka; nejet räknas.", "utanför"),
        ("frees", "Enligt omgången får ett ja tas tillbaka; nejet räknas.", "utanför"),
        ("binds", "Enligt omgången är ni ändå bundna av ert ja.", "fakturan"),
    ],
)
def test_a_yes_that_is_withdrawn_counts_by_the_rounds_rule(
    letter_to: Write, rule: str, words: str, step: str
) -> None:
    text = letter_to(3, *WITHDRAWN, answers=AnswerRules(withdrawn_yes=rule))
    assert (
        "Ni har tagit tillbaka ert ja och sagt nej. Beslutet är daterat den 15 augusti 2016 och "
        f"kom in till oss den 20 augusti 2016. {words}"
    ) in text
    assert step in text


def test_the_receipt_shows_each_step(letter_to: Write, five_round: Round) -> None:
    # 1 000 shared by 19 000: Fors 9/19 is 47.3684 % and 473.68, rounded up to 474.
    text = letter_to(5, requested=1_000)
    assert (
        "Folkmängd den 31 december 2015 | 10 000\n"
        "Rabatt: 10 % för fler än 8 000 invånare | −1 000\n"
        "Folkmängd efter rabatt | 9 000\n"
        "Folkmängd i alla kommuner efter rabatt | 19 000\n"
        "Andel | 47,3684 %\n"
        "Belopp att dela på per år | 1 000 kr\n"
        "Andel av beloppet | 473,68 kr\n"
        "Avgift per år | 474 kr"
    ) in text
    assert "avrundade så att de tillsammans blir exakt 1 000 kr." in text


def test_the_exact_amount_stands_above_the_rounded_fee(letter_to: Write, five_round: Round) -> None:
    # 0.0125 per inhabitant × 3 000 is 37.5, rounded up to 38. At 0.000125 Dal's is 0.375: shown as
    # 0.38, and rounded to 0.
    terms: dict[str, Any] = {"population_year": 2015, "ceiling": 9_000}
    for rate, shown in (
        ("0.0125", "37,50 kr\nAvgift per år | 38 kr"),
        ("0.000125", "0,38 kr\nAvgift per år | 0 kr"),
    ):
        pricing = priced_by(five_round, "rate-with-ceiling", rate=rate, **terms).pricing
        text = letter_to(3, requested=0, pricing=pricing)
        assert f"Folkmängden gånger priset | {shown}" in text
        assert f"Pris per invånare och år | {rate.replace('.', ',')}" in text


@pytest.mark.parametrize(
    ("rule", "requested", "terms", "words"),
    [
        ("inhabitants", 1_900, {"population_year": 2015}, "Alla kommuner tillsammans | 20 000"),
        ("tax-base", 1_900, {}, "Skatteunderlag | 10 000"),
        ("by-weight", 1_900, {}, "Vikt | 10 000"),
        ("by-weight", 1_900, {"step": 10}, "Alla avgifter är jämna 10 kr och avrundade"),
        ("by-weight", 1_900, {"limits": {"highest": 800}}, "Omgångens högsta avgift | 800,00 kr"),
        ("by-weight", 1_900, {"limits": {"lowest": 300}}, "vars avgift ingen gräns bestämmer"),
        ("annex", 0, {}, "Avgiften är den som omgången anger för er."),
        (
            "rate-with-ceiling",
            0,
            {"population_year": 2015, "rate": "0.5", "ceiling": 20_000},
            "Pris per invånare och år | 0,50 kr\nFolkmängden gånger priset | 5 000,00 kr",
        ),
        (
            "rate-with-ceiling",
            0,
            {
                "population_year": 2015,
                "rate": "1",
                "ceiling": 9_000,
                "ceiling_on": "all-members",
            },
            "Priset är 1,00 kr per invånare, men taket för alla tillsammans är nått.",
        ),
        # Alm 1 000 and Fors 10 000 have joined: 11 000 × 1 is below the cost.
        (
            "shared-cost",
            0,
            {"population_year": 2015, "cost": 12_000, "highest_rate": "1"},
            "Pris per invånare och år | 1,00 kr",
        ),
        # 5 500 shared by 11 000 is 0.50 each.
        (
            "shared-cost",
            0,
            {"population_year": 2015, "cost": 5_500, "highest_rate": "1", "estimated": True},
            "Folkmängd i de kommuner som är med, den egna inräknad | 11 000",
        ),
    ],
)
def test_every_pricing_rule_has_its_receipt(
    letter_to: Write,
    five_round: Round,
    rule: str,
    requested: int,
    terms: dict[str, Any],
    words: str,
) -> None:
    pricing = priced_by(five_round, rule, requested, **terms).pricing
    assert words in letter_to(5, requested=requested, pricing=pricing)


def test_a_shared_cost_says_that_the_price_falls(letter_to: Write, five_round: Round) -> None:
    terms: dict[str, Any] = {
        "population_year": 2015,
        "cost": 5_500,
        "highest_rate": "1",
        "estimated": True,
    }
    pricing = priced_by(five_round, "shared-cost", **terms).pricing
    text = letter_to(5, requested=0, pricing=pricing)
    assert (
        "Ju fler kommuner som går med, desto lägre blir priset; det är högst 1,00 kr per invånare."
        in text
    )
    assert "Avgiften är räknad på de kommuner som är med den 15 april 2017." in text
    assert "Kostnaden är uppskattad, inte publicerad." in text


def letter_event(kind: str, known_from: date, **values: object) -> Event:
    return Event(kind=kind, known_from=known_from, text={"sv": f"{kind}-text"}, **values)


def test_events_are_told_to_those_they_concern_once_known(letter_to: Write) -> None:
    events = [
        letter_event("terms", DAY, letters=["yes"], letter={"sv": "Ni är med"}),
        letter_event("next", DAY, letters=["no", "yes"]),
        letter_event("next", date(2017, 4, 16), letters=["yes"], letter={"sv": "Senare"}),
        letter_event("decision", DAY, letters=["yes"], quote=True, on=DAY),
        letter_event("terms", DAY),
    ]
    yes, no = letter_to(1, events=events), letter_to(2, events=events)
    assert "- Ni är med\n- next-text\n- Meddela oss vilken referens" in yes
    assert "”decision-text” (F, beslut meddelat den 15 april 2017)" in yes
    assert "next-text" in no
    for unfit in ("Senare", "terms-text"):
        assert unfit not in yes
    for unfit in ("Ni är med", "decision-text"):
        assert unfit not in no


def test_the_head_says_who_writes_to_whom_and_about_what(letter_to: Write) -> None:
    assert letter_to(1).startswith(
        "Förbundet\n15 april 2017\nKommunstyrelsen, Alm (kommun)\nLägesbesked: Fem\n"
    )
    offices = LetterSettings(recipient={"sv": "Nämnden"}, copy_to={"sv": "chefen"})
    text = letter_to(1, letters=offices, contact={"sv": "kansliet"})
    assert "\nNämnden, Alm (kommun)\nKopia: chefen\n" in text
    assert "\nKansliet, Alm (kommun)\n" in letter_to(1, contact={"sv": "kansliet"})


def test_only_a_municipality_has_an_office_that_the_round_does_not_state(letter_to: Write) -> None:
    forms = {"one": "fastighet", "the_one": "fastigheten", "many": "fastigheter"}
    noun = SwedishNoun(**forms, the_many="fastigheterna", gender="en")
    properties = MemberNouns(sv=noun)
    assert "\n15 april 2017\nAlm\nLägesbesked" in letter_to(1, member=properties)
    offices = LetterSettings(recipient={"sv": "styrelsen"})
    assert "\nStyrelsen, Alm\n" in letter_to(1, member=properties, letters=offices)


def test_reconstructed_answers_are_said_to_be_examples(letter_to: Write) -> None:
    text = letter_to(2, reconstructed=True)
    assert "Exempel: svaret i brevet är rekonstruerat. Vad Berg faktiskt svarade är inte" in text


@pytest.mark.parametrize(
    ("digit", "words"),
    [
        (
            1,
            "You have said yes. The decision is dated 15 June 2016 and reached us on 20 June 2016.",
        ),
        (2, "You are outside and pay nothing. If you join, your fee is SEK 200 a year,"),
        (
            3,
            "Will you take part? Please answer as soon as you can. Send your decision, yes or no, "
            "to us.",
        ),
        (4, "You have said yes on a condition: “om budgeten räcker”."),
        (5, "Your fee is SEK 900 for 2017."),
    ],
)
def test_each_kind_of_answer_has_its_letter_in_english(
    letter_to: Write, digit: int, words: str
) -> None:
    text = letter_to(digit, language="en")
    assert words in text
    assert "Ni " not in text


def test_the_members_own_case_number_is_told_back() -> None:
    # The only one in the shipped register: the City of Stockholm's own, of its memorandum.
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    said = text_of(MunicipalityLetter.of(report, "0180"))
    assert "\nErt diarienummer: 159-1145/2016\n" in said
    assert "diarienummer:" not in text_of(MunicipalityLetter.of(report, "1280"))


def test_where_a_no_is_not_known_the_letter_does_not_speak_of_silence() -> None:
    report = BoardReport.load(round="yrkesresan", as_of="2021-04-13")
    outside = next(reply.code for reply in report.statement.call_list)
    said = text_of(MunicipalityLetter.of(report, outside))
    assert "Ni är inte noterade som anslutna." in said
    assert "Tystnad" not in said
    assert "Det gäller cirka 14,1 mnkr (uppskattat) för 2021" in said
