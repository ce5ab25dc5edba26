"""Small numbers in running text. The expected sentences are written by hand."""

from __future__ import annotations

import pytest

from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import counts_in_words, members_in_words
from helpers.model.settings.member_nouns import MemberNouns, SwedishNoun

SV, EN = Localizer("sv"), Localizer("en")
BOUNDS = (
    "Om den kommun som återstår inte ansluter sig är priset {now}, och annars {all}. Det är "
    "gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
    "Om ingen av de {n} kommuner som återstår ansluter sig är priset {now}. Om alla ansluter sig "
    "blir det {all}. Det är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
)


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (
            2,
            "Om ingen av de två kommuner som återstår ansluter sig är priset 5. Om båda ansluter",
            "If neither of the two municipalities that remain joins, the price is 5. If both join",
        ),
        (
            3,
            "Om ingen av de tre kommuner som återstår ansluter sig är priset 5. Om alla ansluter",
            "If none of the three municipalities that remain joins, the price is 5. If all join",
        ),
        (
            12,
            "Om ingen av de tolv kommuner som återstår",
            "If none of the twelve municipalities that remain",
        ),
        (
            13,
            "Om ingen av de 13 kommuner som återstår",
            "If none of the 13 municipalities that remain",
        ),
    ],
)
def test_up_to_twelve_are_in_words_and_two_are_both(
    number: int, swedish: str, english: str
) -> None:
    values = {"now": "5", "all": "4"}
    assert SV.plural(*BOUNDS, number, **values).startswith(swedish)
    assert EN.plural(*BOUNDS, number, **values).startswith(english)


def test_a_value_that_is_filled_in_is_never_altered() -> None:
    text = SV.plural("{n}: {name}", "{n}: {name}", 2, name="Om alla två")
    assert text == "två: Om alla två"


def test_a_sentence_begins_with_a_capital_and_a_clause_does_not() -> None:
    one, many = "En uppgift har rättats.", "{n} uppgifter har rättats."
    assert [SV.plural(one, many, n) for n in (1, 2)] == [
        "En uppgift har rättats.",
        "Två uppgifter har rättats.",
    ]
    assert SV.plural("en kommun", "{n} kommuner", 2) == "två kommuner"


def test_a_table_has_figures() -> None:
    assert SV.plural("{n} kommun", "{n} kommuner", 2, n=SV.count(2)) == "2 kommuner"


def test_numbers_that_are_compared_are_all_in_words_or_all_in_figures() -> None:
    assert members_in_words(SV, yes=1, members=3, no=0) == {
        "yes": "en",
        "members": "tre",
        "no": "ingen",
    }
    assert members_in_words(EN, yes=1, members=3, no=0) == {
        "yes": "one",
        "members": "three",
        "no": "none",
    }
    assert members_in_words(SV, yes=2, members=290) == {"yes": "2", "members": "290"}
    assert counts_in_words(SV, "ett", yes=1, no=2) == {"yes": "ett", "no": "två"}


def test_one_and_none_agree_with_the_noun_of_the_round() -> None:
    association = SwedishNoun(
        one="förbund", the_one="förbundet", many="förbund", the_many="förbunden", gender="ett"
    )
    loc = Localizer("sv", MemberNouns(sv=association).replacements())
    assert members_in_words(loc, yes=1, members=3, no=0) == {
        "yes": "ett",
        "members": "tre",
        "no": "inget",
    }
