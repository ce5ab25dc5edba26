"""The draft paper for a member's own board, of a round small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.errors import ReportError
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import (
    Event,
    JoiningSettings,
    LetterSettings,
    Organiser,
)
from helpers.report.correspondence.member_paper import MemberPaper
from support.letter_reports import report_on, text_of

ASKED = date(2016, 6, 10)
Write = Callable[..., str]


@pytest.fixture
def paper_of(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Write:
    """All that the paper says of Berg, 0002, whose fee is 200 a year; Alm has said yes."""
    register = register_of("0001,2016-06-15,2016-06-20,,yes")

    def write(
        day: date = date(2016, 7, 31), code: str = "0002", language: str = "sv", **changes: object
    ) -> str:
        events = [Event(kind="deadline", known_from=ASKED, on=date(2016, 9, 30), text={"sv": "x"})]
        changes = {"recommended_on": ASKED, "events": events, **changes}
        round_ = five_round.model_copy(update=changes)
        return text_of(
            MemberPaper.of(report_on(round_, five_members, register, day, language), code)
        )

    return write


def test_the_proposal_states_the_cost_and_the_day(paper_of: Write) -> None:
    text = paper_of()
    assert text.startswith(
        "Berg (kommun)\n31 juli 2016\nKommunstyrelsen\nUtkast till tjänsteskrivelse: Fem\n"
    )
    assert "Utkast. Förbundet har tagit fram texten" in text
    assert "Kommunstyrelsen föreslås besluta" in text
    assert "Förbundet (F) frågade den 10 juni 2016 samtliga fem kommuner om de vill" in text
    assert "Alternativet är att besluta att inte delta." in text
    assert (
        "- att delta i finansieringen av ”Fem” för 2017 och "
        "2018,\n- att kostnaden, sammanlagt 400 kr, tas ur [ange budgetpost], och\n- att meddela "
        "Förbundet beslutet senast den 30 september 2016."
    ) in text


def test_a_short_name_that_is_the_name_is_not_repeated(paper_of: Write) -> None:
    text = paper_of(organiser=Organiser(short="Förbundet", name="Förbundet"))
    assert "Förbundet frågade den 10 juni 2016" in text


def test_the_cost_is_stated_by_year_and_inhabitant(paper_of: Write) -> None:
    # 200 a year by 2 000 inhabitants is 0.10, and 0.20 in all.
    text = paper_of()
    assert "2017 | 200 kr | 0,10\n2018 | 200 kr | 0,10\nSammanlagt | 400 kr | 0,20" in text
    assert (
        "Beloppen per invånare är räknade på 2 000 invånare den 31 december 2015 och "
        "avrundade var för sig."
    ) in text
    assert "Avgift per år | 200 kr" in text


def test_the_peers_are_counted_and_named(paper_of: Write) -> None:
    text = paper_of()
    # Norra län without Berg: Alm, 100, yes, and Dal, 300; 400 kr by 4 000 inhabitants.
    assert "Norra län | 2 | 1 | 0 | 1 | 200 | 0,10" in text
    assert "Alm | 1 000 | Ja | 100" in text


def test_yes_no_and_waiting_are_told_apart(paper_of: Write) -> None:
    assert (
        "- Kommunen kan vara med och betalar då 400 kr för 2017 och 2018.\n- Kommunen kan avstå "
        "och betalar då ingenting.\n- Kommunen kan vänta: sista svarsdag är den 30 september "
        "2016."
    ) in paper_of()
    assert "Kommunen kan vänta, men svarstiden gick ut den 30 september 2016." in paper_of(
        date(2016, 10, 1)
    )
    assert "Kommunen kan vänta: omgången anger ingen sista svarsdag." in paper_of(events=[])


def test_a_late_yes_costs_what_joining_costs(paper_of: Write) -> None:
    # From April nine twelfths of 200 are left of 2017.
    rule = JoiningSettings(part_of_year="months")
    text = paper_of(date(2017, 4, 15), joining=rule)
    assert "sammanlagt 350 kr, tas ur" in text
    assert "2017 | 150 kr" in text


def test_the_decision_is_sent_to_the_stated_office(paper_of: Write) -> None:
    letters = LetterSettings(reply_to={"sv": "kansliet"}, reply_address="svar@example.org")
    text = paper_of(letters=letters)
    assert "skickas till kansliet (svar@example.org). Kod 0002, beslutets datum" in text


def test_a_member_that_has_said_yes_needs_no_paper(paper_of: Write) -> None:
    with pytest.raises(ReportError, match=r"not said yes, and Alm \(0001\) has"):
        paper_of(code="0001")


def test_in_english(paper_of: Write) -> None:
    text = paper_of(language="en")
    assert "to take part in funding “Fem” for 2017 and 2018," in text
    assert "The municipality can take part; it then pays SEK 400 for 2017 and 2018." in text
