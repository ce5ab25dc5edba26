"""What the request and the reminder say, of a round small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.errors import ReportError
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.contingency_settings import ContingencySettings
from helpers.model.settings.round_settings import (
    AnswerRules,
    BoardSettings,
    Event,
    InvoicingSettings,
    LetterSettings,
)
from helpers.report.correspondence.request_letter import ReminderLetter, RequestLetter
from support.letter_reports import report_on, text_of

ASKED = date(2016, 6, 10)
Write = Callable[..., str]


@pytest.fixture
def write(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Write:
    """All that a letter says to Dal, 0003, whose fee is 300 a year; 0001 alone has answered."""
    register = register_of("0001,2016-06-15,2016-06-20,,yes")

    def write(
        kind: type[RequestLetter | ReminderLetter],
        day: date,
        code: str = "0003",
        language: str = "sv",
        members: pd.DataFrame = five_members,
        **changes: object,
    ) -> str:
        round_ = five_round.model_copy(update={"recommended_on": ASKED, **changes})
        return text_of(kind.of(report_on(round_, members, register, day, language), code))

    return write


def deadline(day: date, known_from: date = ASKED) -> Event:
    return Event(kind="deadline", known_from=known_from, on=day, text={"sv": "Svara"})


def test_the_request_says_how_much_is_a_reserve(write: Write) -> None:
    reserve = ContingencySettings(amount=400)
    text = write(RequestLetter, ASKED, events=[deadline(date(2016, 9, 30))], contingency=reserve)
    assert (
        "Det gäller 1 900 kr per år för 2017 och 2018, från alla tillsammans. 400 kr per år av det "
        "önskade beloppet är en reserv för oförutsedda kostnader."
    ) in text


def test_the_request_asks_and_states_the_fee_and_how_to_answer(write: Write) -> None:
    letters = LetterSettings(reply_to={"sv": "kansliet"}, reply_address="kansliet@example.org")
    text = write(
        RequestLetter,
        ASKED,
        events=[deadline(date(2016, 9, 30))],
        letters=letters,
        board=BoardSettings(case_number="16/1"),
    )
    assert text.startswith(
        "Förbundet\n10 juni 2016\nKommunstyrelsen, Dal (kommun)\nVårt diarienummer: 16/1\n"
        "Förfrågan: Fem\n"
    )
    assert "Vi frågar samtliga fem kommuner om de vill vara med. Det gäller 1 900 kr per år" in text
    # 300 kr in each of two years.
    assert (
        "Vi frågar er om ni vill vara med. Ett ja kostar er sammanlagt 600 kr för 2017 och 2018. "
        "Svara senast den 30 september 2016."
    ) in text
    assert "Om ni går med är er avgift 300 kr per år, sammanlagt 600 kr" in text
    assert (
        "- Skicka ert beslut, ja eller nej, till kansliet (kansliet@example.org). Ange er kod, "
        "0003, beslutets datum och gärna ert diarienummer.\n- Ange vårt diarienummer, 16/1."
    ) in text
    for unfit in ("återkoppling", "läget", "Exempel", "inte fått något svar"):
        assert unfit not in text


def test_what_is_not_stated_is_left_out(write: Write) -> None:
    text = write(RequestLetter, ASKED)
    assert "Svara gärna så snart ni kan." in text
    assert "till oss. Ange er kod" in text
    for unfit in ("diarienummer,", "diarienummer:", "@", "oms", "Betalningsvillkor"):
        assert unfit not in text.replace("tillsammans", "")


def test_the_terms_are_the_rounds_own(write: Write) -> None:
    text = write(
        RequestLetter,
        ASKED,
        answers=AnswerRules(conditional_yes="counts", withdrawn_yes="binds"),
        invoicing=InvoicingSettings(vat="added", vat_percent="25", due={"sv": "30 dagar netto"}),
        events=[
            Event(kind="terms", known_from=ASKED, text={"sv": "Pengarna går till stödet."}),
            Event(kind="terms", known_from=date(2017, 1, 1), text={"sv": "Senare."}),
        ],
    )
    assert (
        "- Pengarna går till stödet.\n- Ett ja är bindande.\n- Ett uteblivet svar räknas varken "
        "som ja eller som nej.\n- Moms på 25 procent tillkommer.\n"
        "- Betalningsvillkor: 30 dagar netto."
    ) in text
    assert "Senare." not in text
    assert "Ingen moms tillkommer." in write(
        RequestLetter, ASKED, invoicing=InvoicingSettings(vat="exempt")
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2016, 9, 30), "Svarstiden går ut den 30 september 2016."),
        (
            date(2016, 10, 1),
            "Svarstiden är förlängd från den 30 september 2016 till den 31 oktober 2016.",
        ),
        (
            date(2016, 11, 1),
            "Svarstiden gick ut den 31 oktober 2016, men vi tar gärna emot ert svar ändå.",
        ),
    ],
)
def test_the_reminder_asks_by_the_day(write: Write, day: date, words: str) -> None:
    events = [
        deadline(date(2016, 9, 30)),
        deadline(date(2016, 10, 31), known_from=date(2016, 10, 1)),
    ]
    text = write(ReminderLetter, day, events=events)
    assert f"Det räknas varken som ja eller som nej. {words} Har ni redan svarat" in text
    assert "Fråga om ert svar: Fem" in text
    assert "Om ni går med är er avgift 300 kr per år, sammanlagt 600 kr" in text


def test_a_member_that_has_answered_gets_no_reminder(write: Write) -> None:
    with pytest.raises(ReportError, match="have not answered, and Alm"):
        write(ReminderLetter, date(2016, 7, 1), code="0001")


def test_the_official_name_of_the_members_file_is_printed(
    write: Write, five_members: pd.DataFrame
) -> None:
    named = five_members.assign(official_name=["", "", "Dals stad", "", ""])
    assert "\nKommunstyrelsen, Dals stad\n" in write(RequestLetter, ASKED, members=named)


def test_a_name_that_has_the_kind_of_member_does_not_get_it_twice(
    write: Write, five_members: pd.DataFrame
) -> None:
    named = five_members.assign(name=["Alm", "Berg", "Dals kommun", "Ek", "Fors"])
    assert "\nKommunstyrelsen, Dals kommun\n" in write(RequestLetter, ASKED, members=named)


def test_in_english(write: Write) -> None:
    request = write(RequestLetter, ASKED, language="en")
    assert "A yes costs you SEK 600 in all for 2017 and 2018." in request
    reminder = write(ReminderLetter, date(2016, 7, 1), language="en")
    assert "If you have already answered, please send your answer again." in reminder
    for text in (request, reminder):
        assert "Ni " not in text
