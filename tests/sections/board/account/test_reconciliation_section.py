from dataclasses import replace

import pytest

from helpers import BoardReport
from helpers.funding.statement.round_statement import Statement
from helpers.sections.board.account import method_section, reconciliation_section
from helpers.sections.board.account.certainty_section import certainty
from support.section_contexts import context_of


@pytest.fixture(scope="module")
def reported() -> Statement:
    return BoardReport.load(round="skl-2016", as_of="2017-02-22").statement


def plain(statement: Statement) -> str:
    return reconciliation_section.reconciliation(context_of(statement)).plain.replace("\u00a0", " ")


def row(statement: Statement, label: str) -> list[str]:
    lines = [line.split(" | ") for line in plain(statement).splitlines()]
    return next(cells for cells in lines if cells[0] == label)


def test_the_one_independent_check_shows_both_fees_and_their_difference(
    reported: Statement,
) -> None:
    # The memorandum says 293 100, docs/explanation/money.md ("Stockholm in 2016") 292 828: 272
    # lower, 0.09 %, to one decimal 0.1. The totals that fit are worked out in the tests of the
    # reconciliation in tests/funding.
    cells = row(reported, "Avgift per år, Stockholm")
    assert cells[1:4] == ["293 100 kr", "292 828 kr", "−272 kr"]
    assert "0,1 % högre" in cells[4]
    assert "mellan 3 402 578 kr och 3 403 738 kr" in cells[4]


def test_the_independent_check_comes_first_and_the_rest_is_said_to_be_an_input(
    reported: Statement,
) -> None:
    # 272 of 293 100 is 0.09 %, to one decimal 0.1. Seven figures are marked in published.toml.
    check, given, *_ = plain(reported).splitlines()[::2]
    assert check == (
        "En publicerad uppgift prövar rapportens siffror: Avgift per år, Stockholm. Den är "
        "publicerad som 293 100 kr, och rapportens värde är 292 828 kr. Skillnaden är −272 kr, "
        "0,1 procent av beloppet."
    )
    assert given.startswith("Sju andra publicerade uppgifter är inlagda i underlaget")
    names = [line.split(" | ")[0] for line in plain(reported).splitlines() if " | " in line]
    assert names[:3] == ["Uppgift", "Avgift per år, Stockholm", "Önskat per år"]


def test_what_is_an_input_says_so(reported: Statement) -> None:
    assert row(reported, "Ja")[3:] == ["0", "Inlagd i underlaget."]


def test_one_published_figure_is_spoken_of_as_one(reported: Statement) -> None:
    one = [line for line in reported.reconciliation if line.published.figure == "yes"]
    text = plain(replace(reported, reconciliation=one))
    assert text.startswith("En publicerad uppgift är inlagd i underlaget och prövar därför inget.")


def test_a_premise_alone_is_said_to_agree(reported: Statement) -> None:
    lines = [line for line in reported.reconciliation if line.published.figure == "requested"]
    text = plain(replace(reported, reconciliation=lines))
    assert text.startswith("Den publicerade uppgiften stämmer med rapportens värde.")


def test_an_input_that_the_report_does_not_meet_is_named(reported: Statement) -> None:
    wrong = [
        replace(line, computed=line.computed + 1, difference=1, agrees=False)
        for line in reported.reconciliation
        if line.published.figure == "yes"
    ]
    changed = replace(reported, reconciliation=wrong)
    assert row(changed, "Ja")[2:] == ["210", "+1", ""]
    assert "stämmer inte med underlagets för Ja." in plain(changed)


def test_the_wrong_denominator_of_the_letter_is_explained(reported: Statement) -> None:
    # 209 of 253 are 82.6 %, 44 of 253 are 17.4 %.
    assert "Av dem som har svarat är det 83 %" in row(reported, "Ja, andel")[4]
    assert "Av dem som har svarat är det 17 %" in row(reported, "Nej, andel")[4]


def test_before_anything_was_published_there_is_no_reconciliation() -> None:
    report = BoardReport.load(round="skl-2016", as_of="2016-08-01")
    assert report.reconciliation().reason == "Inget var publicerat om omgången den här dagen."
    assert plain(report.statement) == ""


def test_only_assumptions_that_were_known_are_named_and_once() -> None:
    early = BoardReport.load(round="skl-2016", as_of="2016-08-01").statement
    late = BoardReport.load(round="skl-2016", as_of="2017-02-22").statement
    assert "svarstiden förlängdes" not in certainty(context_of(early)).plain
    assert "svarstiden förlängdes" in certainty(context_of(late)).plain
    assert "svarstiden förlängdes" not in method_section.method(context_of(late)).plain
