"""A section gives the DataFrame that it draws and tabulates, and takes what an analyst changes."""

import re
from typing import Any

import pytest

from helpers.errors import ReportError
from helpers.report.board_report import BoardReport
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import ChartPart, TablePart

REPORT = BoardReport.load(round="skl-2016", as_of="2017-02-22")
SHARED = BoardReport.load(round="yrkesresan", as_of="2021-06-30")
SHARES = ["funded_share", "yes_share"]
COUNTS = ["members", "yes", "no", "unanswered", "requested", "funded", "declined"]


def table_of(section: Block) -> TablePart:
    [table] = [part for part in section.parts if isinstance(part, TablePart)]
    return table


def chart_of(section: Block) -> ChartPart:
    [chart] = [part for part in section.parts if isinstance(part, ChartPart)]
    return chart


@pytest.mark.parametrize("by", ["county", "group"])
def test_the_data_are_the_printed_numbers(by: str) -> None:
    section = getattr(REPORT, f"by_{by}")()
    assert list(section.data.columns) == [by, *SHARES, *COUNTS]
    for row, printed in zip(section.data.itertuples(), table_of(section).rows, strict=False):
        numbers = [int(number.replace("\u00a0", "")) for number in printed[3:9]]
        assert numbers == [row.members, row.yes, row.no, row.unanswered, row.requested, row.funded]
        assert printed[1] == f"{100 * row.funded_share:.0f}\u00a0%"
    assert section.data.attrs["units"]["funded"] == "SEK a year"
    assert section.data.attrs["units"]["funded_share"] == "share of the fees of these members"
    assert "Reconstructed answers" in section.data.attrs["notice"]


@pytest.mark.parametrize("by", ["county", "group"])
def test_the_tables_have_the_same_numbers(by: str) -> None:
    data = getattr(REPORT, f"by_{by}")().data.set_index(by).sort_index()
    table = getattr(REPORT.tables, f"by_{by}")().set_index(by).sort_index()
    both = [name for name in data.columns if name in table.columns]
    assert len(both) == 8
    assert data[both].equals(table[both])


def test_parts_are_sorted_cut_and_titled() -> None:
    section = REPORT.by_county(sort="yes", top=2, columns=["yes", "members"], title="Flest ja")
    # The counties with the most members have the most yes: 49 and 33 municipalities.
    assert list(section.data["county"]) == ["Västra Götalands län", "Skåne län"]
    assert list(section.data.columns) == ["county", "members", "yes"]
    table, chart = table_of(section), chart_of(section)
    assert [column.heading for column in table.columns] == ["Län", "Kommuner", "Ja"]
    assert [row[0] for row in table.rows] == ["Västra Götalands län", "Skåne län", "Alla"]
    assert table.rows[-1] == ("Alla", "290", "209")
    assert chart.finding == "Flest ja"
    assert chart.alternative.startswith("Flest ja. Liggande staplar")
    assert chart.note.endswith("Visar 2 av 21.")
    assert "Gotlands län" not in chart.alternative + chart.broad


def test_bars_and_rows_are_sorted_by_the_share_that_the_title_names() -> None:
    section = REPORT.by_county()
    shares = section.data["funded_share"].tolist()
    assert shares == sorted(shares, reverse=True)
    # Örebro län has 97 429 kr of 102 527, 95 %; Gotland, the only member of its county, no yes.
    labels = [text.get_text() for text in section.figure.axes[0].texts]
    labels = [label for label in labels if label.endswith(" län")]
    assert (labels[0], labels[-1]) == ("Örebro län", "Gotlands län")
    assert "Störst andel är säkrad i Örebro län (95" in chart_of(section).finding
    assert len(section.figure.axes) == 1


def test_groups_are_named_to_the_reader_and_have_codes_in_the_data() -> None:
    section = REPORT.by_group()
    assert set(section.data["group"]) == {"A1", "A2", "B3", "B4", "B5", "C6", "C7", "C8", "C9"}
    shown = [row[0] for row in table_of(section).rows]
    assert {"Storstäder", "Landsbygdskommun"} <= set(shown)
    shown = [text.get_text() for text in section.figure.axes[0].texts]
    assert {"Storstäder", "Landsbygdskommun"} <= set(shown)
    assert not [name for name in shown if re.match(r"[ABC]\d", name)]


def test_without_choices_nothing_is_left_out() -> None:
    assert "Visar" not in chart_of(REPORT.by_county()).note
    assert len(REPORT.by_county().data) == 21


def test_the_finding_is_about_all_parts() -> None:
    assert chart_of(REPORT.by_county(top=1)).finding == chart_of(REPORT.by_county()).finding


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"sort": "funded_shar"}, "sort is 'funded_shar'. Did you mean 'funded_share'? There are"),
        ({"sort": "xyzzy"}, "sort is 'xyzzy'. There are: county, funded_share, yes_share"),
        ({"columns": ["yes", "membrs"]}, "columns is 'membrs'. Did you mean 'members'?"),
        ({"columns": []}, "columns is empty"),
        ({"top": 0}, "top is 0. Give how many rows"),
        ({"top": "5"}, "top is '5'. Give how many rows"),
        ({"top": True}, "top is True. Give how many rows"),
        ({"title": 5}, "title is 5. Give a text"),
    ],
)
def test_a_wrong_choice_is_refused_with_the_nearest_name(choice: dict[str, Any], said: str) -> None:
    with pytest.raises(ReportError) as refused:
        REPORT.by_county(**choice)
    assert str(refused.value).startswith(said)


def test_a_shared_cost_is_measured_in_inhabitants() -> None:
    section = SHARED.by_county(sort="yes_population", top=3)
    assert list(section.data["yes_population"]) == sorted(
        section.data["yes_population"], reverse=True
    )
    assert "requested" not in section.data.columns
    assert section.data.attrs["units"]["population"] == "inhabitants"


def test_lists_of_members_give_their_rows() -> None:
    assert len(REPORT.members().data) == 290
    # The first and the last of the 290 in Swedish order.
    assert REPORT.members().data["name"].iloc[[0, -1]].tolist() == ["Ale", "Övertorneå"]
    assert len(REPORT.on_map().data) == 290


def test_the_curve_gives_its_days() -> None:
    assert REPORT.over_time().data.equals(REPORT.tables.over_time())


def test_the_data_can_be_changed_without_the_section() -> None:
    section = REPORT.by_county()
    changed = section.data
    changed["yes"] = 0
    assert section.data["yes"].sum() == 209


def test_a_section_of_words_gives_its_paragraphs() -> None:
    terms = REPORT.terms()
    assert list(terms.data["part"]) == ["bullets", "paragraph"]
    assert "\n\n".join(terms.data["text"]) == terms.text
