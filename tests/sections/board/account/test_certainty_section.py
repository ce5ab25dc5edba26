from dataclasses import replace

import pytest

from helpers import BoardReport
from helpers.funding.statement.round_statement import Statement
from helpers.sections.board.account.certainty_section import certainty
from support.section_contexts import context_of


@pytest.fixture(scope="module")
def reported() -> Statement:
    return BoardReport.load(round="skl-2016", as_of="2017-02-22").statement


def test_published_figures_are_other_ones_only_beside_a_check(reported: Statement) -> None:
    assert (
        "andra publicerade uppgifter är inlagda i underlaget"
        in certainty(context_of(reported)).plain
    )
    given = [line for line in reported.reconciliation if line.published.by_construction]
    alone = certainty(context_of(replace(reported, reconciliation=given))).plain
    assert "Sju publicerade uppgifter är inlagda i underlaget" in alone
    assert "andra" not in alone.partition("prövar därför inget")[0]


def test_rows_that_do_not_count_are_explained_in_an_appendix_that_the_report_has(
    reported: Statement,
) -> None:
    counted = reported.quality.accounting["counting"] - 1
    accounting = {**reported.quality.accounting, "counting": counted, "superseded": 1}
    quality = replace(reported.quality, accounting=accounting)
    text = certainty(context_of(replace(reported, quality=quality))).plain
    assert "bilagan om beräkning och underlag förklarar varför de andra inte räknas" in text
