"""What if, in one line: computed again by hand, marked everywhere, and never published."""

from __future__ import annotations

import inspect
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers import BoardReport, MunicipalityLetter, answer_curves, compare, explore_day
from helpers.documents.outputs.stored_section import shows_what_if
from helpers.errors import ReportError
from helpers.model.what_if import WhatIf
from helpers.report.analysis.member_join import JoinWarning
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import CalloutPart

ROOT = Path(__file__).resolve().parents[2]
REPORT = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="en")
SHARED = BoardReport.load(round="yrkesresan", as_of="2021-06-30", language="en")
STOCKHOLM, GOTHENBURG, MALMO = 292_828, 173_820, 102_282  # their fees; Malmö's answer is no
FUNDED = 2_618_626
MEMBERS = pd.read_csv(ROOT / "data" / "municipalities.csv", dtype={"code": str}).set_index("code")
SECTIONS = [
    name
    for name, member in vars(BoardReport).items()
    if inspect.isfunction(member) and not name.startswith("_") and name not in ("hand_over", "join")
]


def fees(year: int, percent: int, without: tuple[str, ...] = ()) -> pd.Series[Any]:
    """The exact shares of 3,400,000 by inhabitants, with a rebate above 200,000."""
    inhabitants = MEMBERS[f"population_{year}"].drop(list(without))
    weight = inhabitants * (100 - percent * (inhabitants > 200_000))
    total = int(weight.sum())
    return weight.map(lambda one: Fraction(3_400_000 * int(one), total))


def yes_codes() -> list[str]:
    return list(REPORT.tables.members(decision="yes")["code"])


def test_another_rebate_is_computed_again() -> None:
    supposed = REPORT.with_pricing(rebate_percent=20)
    table = supposed.tables.members().set_index("code")["fee"]
    exact = fees(2015, 20)
    assert all(abs(table[code] - exact[code]) < 1 for code in exact.index)
    assert table.sum() == 3_400_000
    assert supposed.statement.total.funded == table[yes_codes()].sum()


def test_another_year_of_inhabitants_reads_its_column() -> None:
    table = REPORT.with_pricing(population_year=2016).tables.members().set_index("code")["fee"]
    exact = fees(2016, 10)
    assert all(abs(table[code] - exact[code]) < 1 for code in exact.index)


def test_other_answers() -> None:
    yes = REPORT.with_answers({"1280": "yes"}).statement.total
    assert (yes.funded, yes.yes, yes.no) == (FUNDED + MALMO, 210, 43)
    silent = REPORT.with_answers({"0180": "unanswered"}).statement.total
    assert (silent.funded, silent.yes, silent.unanswered) == (FUNDED - STOCKHOLM, 208, 38)
    both = REPORT.with_answers({"1280": "yes", "180": "no"}).statement.total
    assert (both.funded, both.yes) == (FUNDED + MALMO - STOCKHOLM, 209)


def test_members_that_withdraw_and_members_that_are_not_asked() -> None:
    withdrawn = REPORT.without(["0180", "1480"])
    assert withdrawn.statement.total.funded == FUNDED - STOCKHOLM - GOTHENBURG
    assert withdrawn.statement.total.members == 290
    one = REPORT.scenarios.leaves("0180")["funded"].tolist()[1]
    assert REPORT.without("0180").statement.total.funded == one
    shared = REPORT.without(["0180"], others_pay=True)
    exact, table = fees(2015, 10, ("0180",)), shared.tables.members().set_index("code")["fee"]
    assert (len(table), table.sum()) == (289, 3_400_000)
    assert all(abs(table[code] - exact[code]) < 1 for code in exact.index)


def test_suppositions_add_up_and_follow_to_another_day() -> None:
    both = REPORT.without(["0180"], others_pay=True).with_pricing(population_year=2016)
    exact, table = fees(2016, 10, ("0180",)), both.tables.members().set_index("code")["fee"]
    assert all(abs(table[code] - exact[code]) < 1 for code in exact.index)
    then = REPORT.with_answers({"1280": "yes"}).on("2016-06-20")
    assert then.tables.members(decision="yes")["code"].tolist().count("1280") == 1
    assert then.inputs.what_if == REPORT.with_answers({"1280": "yes"}).inputs.what_if


def test_the_real_report_stays_as_it_is() -> None:
    before = REPORT.answer().plain
    REPORT.with_pricing(rebate_percent=20).answer()
    assert REPORT.statement.total.funded == FUNDED
    assert REPORT.answer().plain == before
    assert "What if" not in before


WHAT_IFS = {
    "pricing": (REPORT.with_pricing(rebate_percent=20), "the pricing has rebate_percent = 20"),
    "answers": (REPORT.with_answers({"1280": "yes"}), "the answer of Malmö is yes"),
    "without": (REPORT.without(["0180", "1480"]), "Stockholm and Göteborg withdraw"),
    "not asked": (REPORT.without("0180", others_pay=True), "Stockholm is not asked"),
    "shared cost": (SHARED.without("0180"), "Stockholm withdraws"),
}


@pytest.mark.parametrize("kind", WHAT_IFS)
def test_every_section_table_and_page_states_it(kind: str) -> None:
    report, supposed = WHAT_IFS[kind]
    notice = f"What if, not the state of the round. Supposed: {supposed}."
    sections = [getattr(report, name)() for name in SECTIONS]
    shown = [section for section in sections if isinstance(section, Block) and section.parts]
    assert len(shown) > 12
    for section in shown:
        first = section.parts[0]
        assert isinstance(first, CalloutPart)
        assert (first.text, first.what_if) == (notice, True)
    assert report.tables.members().attrs["notice"].startswith(notice)
    assert report.hand_over().content["notice"].startswith(notice)
    assert report.hand_over().content["title"].startswith("What if: ")
    assert report.hand_over().content["headline"].startswith("What if: ")
    assert report.figures["what_if"] is True


def test_a_picture_that_is_cut_out_states_it() -> None:
    assert "WHAT IF." in REPORT.without("0180").by_county().html
    assert "(WHAT IF)" in REPORT.without("0180").members().plain
    assert "WHAT IF" not in REPORT.by_county().html + REPORT.members().plain


def test_members_of_the_same_name_are_two() -> None:
    one, other = ("0101", "Nya"), ("0102", "Nya")
    first = WhatIf(answers=((one, "yes"),)).joined(WhatIf(answers=((other, "no"),)))
    assert first.answers == ((one, "yes"), (other, "no"))
    left = first.joined(WhatIf(withdrawn=(other,)))
    assert (left.answers, left.withdrawn) == (((one, "yes"),), (other,))
    assert left.joined(WhatIf(not_asked=(one,))).withdrawn == (other,)


def test_it_is_stated_in_swedish() -> None:
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    shown = report.without(["0180", "1480", "1280"]).answer().plain
    assert "Tänkt fall, inte omgångens läge. Antaget: Stockholm, Göteborg och Malmö drar" in shown
    many = report.without(list(report.tables.members(county="Skåne län")["code"])).answer().plain
    assert "Antaget: 33 kommuner drar sig ur." in many


def test_a_day_of_a_what_if_is_a_what_if_too() -> None:
    days = explore_day(REPORT.without("0180"))
    assert "Stockholm withdraws" in days.on(date(2016, 12, 31)).plain
    assert "Stockholm withdraws" in days.on(date(2017, 2, 22)).plain


def test_it_is_neither_archived_nor_sent() -> None:
    supposed = REPORT.without("0180")
    with pytest.raises(ReportError, match="A what-if is not published"):
        supposed.inputs.archived_texts()
    with pytest.raises(ReportError, match="not of a what-if"):
        MunicipalityLetter.of(supposed, "1280")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("with_pricing(rebate_percnt=20)",
         "The pricing rule 'membership-fee' has no setting 'rebate_percnt'. Did you mean 'rebate_"),
        ("with_pricing(rebate_percent='much')",
         "rebate_percent cannot be 'much' in the pricing rule 'membership-fee': "),
        ("with_pricing(rebate_percent=100)", "rebate_percent cannot be 100 in the pricing rule"),
        ("with_pricing()", "Give a setting of the pricing rule: "),
        ("with_answers({'1280': 'ja'})", "answer is 'ja'. There are: yes, no, unanswered."),
        ("with_answers({1280: 'yes'})", "code is 1280, which is not text."),
        ("with_answers({'9999': 'yes'})", "There is no member with the code '9999'."),
        ("with_answers({})", "Give answers by code"),
        ("without([])", "Give at least one code"),
        ("without('0180', other_pay=True)",
         "without() has no argument 'other_pay'. Did you mean 'others_pay'?"),
        ("answer(units='x')", "answer() has no argument 'units'. Did you mean 'unit'?"),
    ],
)  # fmt: skip
def test_a_slip_is_told(call: str, said: str) -> None:
    with pytest.raises(ReportError) as refused:
        eval(f"report.{call}", {"report": REPORT})
    assert str(refused.value).startswith(said)


def test_what_ifs_are_compared_with_their_labels() -> None:
    found = compare(REPORT, REPORT.without("0180"))
    assert list(found.columns)[2] == "skl-2016 2017-02-22, what if without Stockholm"
    assert found.set_index("figure")["difference"]["funded"] == -STOCKHOLM
    assert "Stockholm withdraws" in found.attrs["notice"]
    named = compare(REPORT, REPORT.without("0180"), labels=["Now", "Without the capital"])
    assert list(named.columns)[1:3] == ["Now", "Without the capital"]


def test_the_curves_of_two_rounds_in_one_chart() -> None:
    section = answer_curves(REPORT, REPORT.on("2016-11-30"), labels=["Now", "Then"])
    last = section.data.groupby("report").last()
    # 253 of 290 on 22 February 2017, 257 days after 10 June 2016.
    assert last.loc["Now", "days"] == 257
    assert last.loc["Now", "share"] == 253 / 290
    assert section.data.attrs["units"]["share"] == "share of the members asked"
    assert "The last point: Now 87%, Then " in section.plain
    section = answer_curves(REPORT, SHARED, measure="yes", labels=["2016", "2021"])
    yes = section.data.groupby("report")["share"].last()
    # 209 and 238 of 290 had said yes.
    assert yes.to_dict() == {"2016": 209 / 290, "2021": 238 / 290}
    assert "The last point: 2016 72%, 2021 82%" in section.plain
    assert "Reconstructed answers" in section.plain
    with pytest.raises(ReportError, match=r"measure is 'answerd'\. Did you mean 'answered'"):
        answer_curves(REPORT, measure="answerd")  # type: ignore[arg-type]


def test_how_many_answered_is_not_drawn_where_the_members_that_declined_are_not_known() -> None:
    with pytest.raises(ReportError) as refused:
        answer_curves(REPORT, SHARED)
    assert str(refused.value).startswith("Which members declined is not known in yrkesresan")
    assert str(refused.value).endswith('Write measure="yes".')


def test_a_joined_table_has_the_words_of_the_reports_language() -> None:
    swedish = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="sv")
    joined = swedish.join(swedish.tables.members()[["code"]])
    assert joined.attrs["headings"]["county"] == "Län"


def test_an_own_table_is_joined_with_mended_codes() -> None:
    own = pd.DataFrame({"kod": [114, "0180", "1480.0", "Malmö", "9999"], "index": [1, 2, 3, 4, 5]})
    with pytest.warns(JoinWarning) as warned:
        joined = REPORT.join(own, on="kod")
    matched = joined.set_index("code")["index"].dropna()
    assert matched.to_dict() == {"0114": 1, "0180": 2, "1280": 4, "1480": 3}
    assert len(joined) == 290
    assert joined.attrs["unmatched"] == ["9999"]
    assert len(joined.attrs["without_row"]) == 286
    texts = [str(one.message) for one in warned]
    assert texts[0] == "Rows that match no member: 9999."
    assert texts[1].startswith("Members without a row: ")
    assert texts[1].endswith(" and 276 more.")
    assert warned[0].filename == __file__
    assert joined.attrs["units"]["fee"] == "SEK a year"
    assert "Reconstructed answers" in joined.attrs["notice"]


@pytest.mark.parametrize(
    ("frame", "on", "said"),
    [
        (
            {"kod": ["0114"]},
            "code",
            "There is no column 'code'. Did you mean 'kod'? There",
        ),
        ({"code": ["x", "y"]}, "code", "No value in the column 'code' is a member's code or name"),
        ({"code": [114, "0114"]}, "code", "The member '0114' has several rows (index 0, 1)."),
        ({"code": [114], "fee": [1]}, "code", "The members have a column 'fee' already."),
    ],
)
def test_a_table_that_cannot_be_joined(frame: dict[str, list[Any]], on: str, said: str) -> None:
    with pytest.raises(ReportError) as refused:
        REPORT.join(pd.DataFrame(frame), on=on)
    assert str(refused.value).startswith(said)


def test_a_section_of_a_what_if_is_found_in_a_notebook() -> None:
    def notebook(section: Block) -> Any:
        output = new_output("display_data", data=section._repr_mimebundle_())
        return new_notebook(cells=[new_code_cell("report.largest()", outputs=[output])])

    assert shows_what_if(notebook(REPORT.without("0180").largest()))
    assert not shows_what_if(notebook(REPORT.largest()))
