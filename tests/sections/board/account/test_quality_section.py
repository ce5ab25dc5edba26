from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language
from helpers.model.settings.round_settings import AnswerRules
from helpers.sections.board.account import quality_section
from helpers.sections.components.block import Block
from support.section_contexts import context_of

HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
LAST = "07-31"

# The heading is row 1. Fees are 100, 200, 300, 400 and 900: see conftest.py.
ROWS = [
    "1,2016-06-15,2016-06-20,,ja,,",  # 2: Alm, without the zeros of its code
    "0001,2016-07-01,2016-07-05,,nej,,",  # 3: Alm withdraws its yes
    '0002,2016-06-16,2016-06-20,,"ja, under förutsättning att <alla> är med",,',  # 4: Berg
    "0003,2016-06-17,2016-06-21,,ja,2017,",  # 5: Dal
    "0004,2016-06-20,2016-06-25,,nej,,",  # 6: Ek, a yes as corrected on 15 July
    "0003,2016-06-17,2016-06-21,,ja,2017,",  # 7: repeats 5
    "0005,2016-06-20,2016-06-25,2016-08-01,ja,,",  # 8: Fors, registered late
]
EK = {
    "recorded_on": date(2016, 7, 15), "why": "Läst fel i <protokollet>", "match": {"code": "0004"},
    "column": "decision", "expected": "no", "corrected": "yes",
}  # fmt: skip
WITHDRAWN = "En kommun har återtagit ett ja (Alm), 100 kr per år."
CONDITIONAL = (
    "En kommun har sagt ja med ett villkor, 200 kr per år: "
    "Berg ”under förutsättning att <alla> är med”."
)
PARTIAL = (
    "Ja för bara en del av åren: Dal 2017. Det räknas i de åren, och säkrat är det år som har "
    "minst."
)
REPAIR = "2 | Koden 1 är läst med inledande nollor."
TWICE = "Raden upprepar en tidigare rad ord för ord och räknas inte en gång till."
CORRECTION = "15 juli 2016 | 6 | Ek | nej | ja | Läst fel i <protokollet>"


@pytest.fixture
def section_on(
    register_of: Callable[..., Register], five_round: Round, five_members: pd.DataFrame
) -> Callable[..., Block]:
    """The section on a day, as known on that day or on another, by the round's rules."""

    def show(
        as_of: str, known_on: str | None = None, lines: list[str] = ROWS, **rules: str
    ) -> Block:
        days = [date.fromisoformat(f"2016-{day}") for day in (as_of, known_on or as_of)]
        round_ = five_round.model_copy(update={"answers": AnswerRules(**rules)})
        corrections = [EK] if lines is ROWS else []
        register = register_of(*lines, heading=HEADING, corrections=corrections)
        return quality_section.data_quality(
            context_of(compute_statement(round_, five_members, register, [], *days))
        )

    return show


def lines_of(block: Block) -> list[str]:
    return [line for line in block.plain.replace("\u00a0", " ").splitlines() if line]


def test_everything_out_of_the_ordinary_is_shown_apart_with_its_rule(
    section_on: Callable[..., Block],
) -> None:
    # Alm's no, Berg and Dal count as they stand, 2 is superseded, 7 repeats, 6 is corrected, 8 is
    # not registered and not among the rows known. Alm has answered twice, Berg, Dal and Ek once.
    # Funded, in 2017 and 2018: 20 June Alm 100, 100; 21 June Dal 400, 100; 25 June Ek 800, 500;
    # 5 July without Alm 700, 400.
    assert lines_of(section_on(LAST)) == [
        "Registret har sex rader. Tre räknas, en är ersatt av ett senare svar, en upprepar en "
        "annan rad och en är ersatt av en rättelse.",
        "En kommun har ändrat sitt svar. En uppgift har rättats.",
        f"- {WITHDRAWN} Omgången säger inte om det befriar från åtagandet; nejet räknas.",
        f"- {CONDITIONAL} Ett sådant ja räknas inte som säkrat förrän villkoret är uppfyllt.",
        f"- {PARTIAL}",
        "- Som mest var 500 kr per år säkrade, den 25 juni 2016. Det gäller inte längre: nu är "
        "det 400 kr.",
        "Rättelser av registret",
        "Rättat den | Rad | Kommun | Från | Till | Varför",
        CORRECTION,
        "Två anmärkningar på registret",
        "Rad | Anmärkning",
        REPAIR,
        f"7 | {TWICE}",
    ]


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        (
            {"withdrawn_yes": "frees"},
            f"{WITHDRAWN} Enligt omgången befriar det från åtagandet; nejet räknas.",
        ),
        (
            {"withdrawn_yes": "binds"},
            f"{WITHDRAWN} Enligt omgången gäller åtagandet ändå; jaet räknas.",
        ),
        (
            {"conditional_yes": "counts"},
            f"{CONDITIONAL} Enligt omgången räknas ett sådant ja fullt ut.",
        ),
    ],
)
def test_another_rule_is_said_in_its_own_words(
    section_on: Callable[..., Block], rules: dict[str, str], line: str
) -> None:
    assert f"- {line}" in lines_of(section_on(LAST, **rules))


def test_nothing_has_been_lost_where_a_yes_binds(section_on: Callable[..., Block]) -> None:
    # With Alm bound, 800 and 500 are also what holds now.
    assert "Som mest" not in section_on(LAST, withdrawn_yes="binds").plain


# What shows from which day on, if the day and the knowledge are the same. On 5 July, before Ek's
# correction, Alm's 100 kr were all that there was for 2018.
FROM = {
    WITHDRAWN: "07-05", CONDITIONAL: "06-20", PARTIAL: "06-21", CORRECTION: "07-15",
    REPAIR: "06-20", TWICE: "06-21", "Som mest": "07-05",
}  # fmt: skip


@pytest.mark.parametrize("day", ["06-10", "06-20", "06-21", "07-04", "07-05", "07-14", "07-15"])
def test_nothing_shows_before_it_is_known(section_on: Callable[..., Block], day: str) -> None:
    shown = section_on(day).plain.replace("\u00a0", " ")
    assert [text for text in FROM if text in shown] == [
        t for t, known in FROM.items() if known <= day
    ]


def test_a_later_day_on_older_knowledge_shows_no_later_correction(
    section_on: Callable[..., Block],
) -> None:
    older = section_on(LAST, "07-14").plain.replace("\u00a0", " ")
    assert CORRECTION not in older
    # Ek's no still counts, so that no row is replaced.
    assert older.startswith(
        "Registret har sex rader. Fyra räknas, en är ersatt av ett senare svar och en upprepar en "
        "annan rad."
    )
    assert "rättats" not in older


def test_a_row_that_was_taken_out_is_said_to_be(
    register_of: Callable[..., Register], five_round: Round, five_members: pd.DataFrame
) -> None:
    away = {name: EK[name] for name in ("recorded_on", "why", "match")} | {"remove": True}
    register = register_of(*ROWS, heading=HEADING, corrections=[away])
    day = date(2016, 7, 31)
    block = quality_section.data_quality(
        context_of(compute_statement(five_round, five_members, register, [], day, day))
    )
    taken_out = "15 juli 2016 | 6 | Ek | hela raden | borttagen | Läst fel i <protokollet>"
    assert taken_out in lines_of(block)


def test_the_number_of_rows_left_out_decides_the_verb(
    register_of: Callable[..., Register], five_round: Round, five_members: pd.DataFrame
) -> None:
    day = date(2016, 7, 31)
    for lines, expected in (
        (
            ROWS,
            "The register has six rows. Three count, one is replaced by a later answer, one "
            "repeats another row and one is replaced by a correction.",
        ),
        (
            [ROWS[0], ROWS[1], ROWS[3], ROWS[3], ROWS[3], "0001,2016-07-10,2016-07-12,,ja,,"],
            "The register has six rows. Two count, two are replaced by a later answer and two "
            "repeat another row.",
        ),
    ):
        register = register_of(*lines, heading=HEADING, corrections=[EK] if lines is ROWS else [])
        statement = compute_statement(five_round, five_members, register, [], day, day)
        block = quality_section.data_quality(context_of(statement, "en"))
        assert lines_of(block)[0] == expected


def test_words_of_others_are_text_and_no_markup(section_on: Callable[..., Block]) -> None:
    block = section_on(LAST)
    assert "<alla>" not in block.html
    assert "&lt;alla&gt;" in block.html
    assert "<protokollet>" not in block.html
    assert "&lt;protokollet&gt;" in block.html


def test_of_many_remarks_the_first_are_shown_and_all_are_counted(
    section_on: Callable[..., Block],
) -> None:
    # 22 rows alike: 21 repeat the first of them.
    lines = lines_of(section_on(LAST, lines=[ROWS[3]] * 22))
    at = lines.index("21 anmärkningar på registret (de första 20 visas)")
    assert lines[at + 2 :] == [f"{row} | {TWICE}" for row in range(3, 23)]


def test_the_shipped_round_has_nothing_out_of_the_ordinary(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    day = date(2017, 2, 22)
    block = quality_section.data_quality(context_of(shipped_on(day, day)))
    assert lines_of(block) == ["Registret har 253 rader."]
    assert "<ul" not in block.html
    assert "<table" not in block.html


FEWER = "Rapporten räknar färre svar än den föregående. Skälet som angavs: ”Läst <fel>”."
FEWER_EN = "The report counts fewer answers than the previous one. The stated reason: “Läst <fel>”."


@pytest.mark.parametrize(("language", "sentence"), [("sv", FEWER), ("en", FEWER_EN)])
def test_a_reason_for_fewer_answers_is_quoted_as_typed(
    shipped_on: Callable[[date, date], Statement], language: Language, sentence: str
) -> None:
    day = date(2017, 2, 22)
    context = context_of(shipped_on(day, day), language)
    block = quality_section.data_quality(context, "Läst <fel>")
    assert lines_of(block)[1:] == [sentence]
    assert "Läst &lt;fel&gt;" in block.html


def test_a_remark_says_what_it_is_about(section_on: Callable[..., Block]) -> None:
    lines = ["0001,2016-06-15,2016-06-20,,yes,,NULL", "0003,2016-06-15,2016-06-20,,yes,,ja"]
    shown = lines_of(section_on(LAST, lines=lines))
    assert "2 | ”NULL” är läst som inget villkor." in shown
    assert "3 | Det framgår inte vilket villkoret är." in shown
