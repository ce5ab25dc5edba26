"""Every section of the report and of the letter gives its data, and takes the same choices."""

import inspect
from typing import Any

import pandas as pd
import pytest

from helpers.errors import ReportError
from helpers.funding.comparisons.groups import UNANSWERED_MEASURE
from helpers.report.board_report import BoardReport
from helpers.report.letter_report import MunicipalityLetter
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import Column, NamesPart, TablePart

REPORT = BoardReport.load(
    round="skl-2016", as_of="2017-02-22", forecast=True, since="2016-11-30", language="sv"
)
ENGLISH = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="en")
SHARED = BoardReport.load(round="yrkesresan", as_of="2021-06-30")
LETTER = MunicipalityLetter.of(REPORT, "0180")
CHOICES = ["sort", "top", "columns", "unit", "title"]


def sections_of(kind: type) -> list[str]:
    """The names of the methods that return a section."""
    return [
        name
        for name, member in vars(kind).items()
        if inspect.isfunction(member) and list(inspect.signature(member).parameters)[1:] == CHOICES
    ]


def first_table(section: Block) -> TablePart:
    return next(part for part in section.parts if isinstance(part, TablePart))


def column_of(section: Block, heading: str) -> Column:
    return next(c for c in first_table(section).columns if c.heading == heading)


def test_every_call_is_a_section() -> None:
    assert len(sections_of(BoardReport)) == 25
    assert sections_of(MunicipalityLetter) == [
        "opening", "answer", "fee", "outcome", "next_steps", "closing",
    ]  # fmt: skip


@pytest.mark.parametrize("report", [REPORT, SHARED, LETTER], ids=["fees", "shared", "letter"])
def test_every_section_gives_its_data_with_units_and_its_words(report: Any) -> None:
    for name in sections_of(type(report)):
        section = getattr(report, name)()
        assert isinstance(section.data, pd.DataFrame), name
        assert isinstance(section.text, str), name
        for table in section.tables:
            assert set(table.attrs["units"]) == set(table.columns), name


def test_every_row_that_is_printed_is_in_the_data() -> None:
    for name in sections_of(BoardReport):
        section = getattr(REPORT, name)()
        shown = [part for part in section.parts if isinstance(part, TablePart | NamesPart)]
        frames = section.tables[len(section.tables) - len(section.sources) :]
        assert len(shown) == len(section.sources), name
        for part, frame in zip(shown, frames, strict=bool(shown)):
            rows = len(part.items) if isinstance(part, NamesPart) else len(part.rows) - part.total
            assert rows == len(frame), name


def same(data: pd.DataFrame, table: pd.DataFrame, *columns: str) -> bool:
    """Whether two tables have the same values in the columns, which both must have."""
    one, other = (frame[list(columns)].reset_index(drop=True) for frame in (data, table))
    return one.equals(other)


def test_the_list_of_members_has_the_rows_of_the_table_of_members() -> None:
    data, table = REPORT.members().data, REPORT.tables.members()
    assert set(data.columns) == set(table.columns)
    by_code = data.sort_values("code")
    assert same(by_code, table.sort_values("code"), *table.columns)


def test_sections_and_scenarios_have_the_same_numbers() -> None:
    scenarios, possible = REPORT.scenarios, REPORT.possible()
    [replies] = possible.tables
    columns = ("code", "name", "county", "fee", "population", "funded", "funded_share")
    assert same(replies, scenarios.replies().head(10), *columns)
    shared = scenarios.shared_gap().sort_values(["before", "code"], ascending=[False, True])
    names = ("code", "name", "before", "after", "increase", "increase_share")
    assert same(REPORT.sharing().data, shared.head(10), *names)
    assert same(REPORT.sharing(top=300).data, shared, *names)
    forecast = REPORT.forecast().data.iloc[1:4]
    assert same(forecast, scenarios.forecast(), "funded", "funded_share")
    payers = REPORT.tables.members().sort_values(["fee", "code"], ascending=[False, True])
    assert same(REPORT.largest().data, payers.head(10), "code", "name", "fee", "decision")


def test_the_classes_of_the_profile_are_those_of_the_scenarios() -> None:
    sizes, groups, _ = REPORT.profile().tables
    table = REPORT.scenarios.profile()
    for frame, dimension in ((sizes, "size"), (groups, "group")):
        rows = table[(table["dimension"] == dimension) & (table["measure"] == UNANSWERED_MEASURE)]
        assert list(frame["unanswered_share"]) == list(rows["share"])
        assert list(frame["unanswered_difference"]) == list(rows["difference"])
        assert list(frame["members"]) == list(rows["members"])


def test_a_table_is_sorted_and_cut() -> None:
    section = REPORT.largest(sort="population", top=3)
    # The three largest municipalities of Sweden.
    assert list(section.data["name"]) == ["Stockholm", "Göteborg", "Malmö"]
    assert [row[0] for row in first_table(section).rows] == ["Stockholm", "Göteborg", "Malmö"]
    assert first_table(section).caption.endswith("Visar 3 av 10.")


def test_a_table_in_another_order_has_no_column_that_adds_up_from_the_top() -> None:
    # Each "if this one and all above say yes" is true in the order of the fees only.
    listed = REPORT.possible(sort="population")
    assert list(listed.data.columns) == ["name", "county", "fee", "code", "population"]
    assert [column.heading for column in first_table(listed).columns] == [
        "Kommun", "Län", "Avgift, kr",
    ]  # fmt: skip
    largest = REPORT.largest(sort="per_inhabitant")
    assert "cumulative_share" not in largest.data.columns
    assert "Hittills" not in first_table(largest).caption
    assert first_table(largest).caption.endswith("det önskade beloppet.")
    assert "Hittills" in first_table(REPORT.largest(top=3)).caption
    assert "rate" not in SHARED.possible(sort="fee").data.columns
    assert "rate" in SHARED.possible(top=3).data.columns


def test_a_running_column_cannot_be_the_order() -> None:
    with pytest.raises(ReportError, match=r"^sort is 'funded'\. "):
        REPORT.possible(sort="funded")


def test_texts_are_sorted_by_letter() -> None:
    names = list(REPORT.by_county(sort="county").data["county"])
    assert names[0] == "Blekinge län"
    assert names[-2:] == ["Östergötlands län", "Örebro län"][::-1]


def test_amounts_are_shown_in_thousands() -> None:
    section = REPORT.largest(unit="thousands", top=1)
    # Stockholm's fee is 292 828 kronor.
    assert column_of(section, "Avgift, tkr").unit == "tkr"
    assert first_table(section).rows[0][2] == "293"
    assert section.data["fee"].tolist() == [292.828]
    assert section.data.attrs["units"]["fee"] == "thousand SEK a year"
    assert column_of(section, "Kr per invånare").unit == "kr"  # a price stays
    english = ENGLISH.largest(unit="millions", top=1)
    # Two decimals: with one, the least of the ten fees, 42 000 kronor, would read as nothing.
    assert column_of(english, "Fee, SEK\u00a0million").unit == "SEK\u00a0million"
    assert first_table(english).rows[0][2] == "0.29"


def test_kronor_are_what_is_shown_without_a_unit() -> None:
    assert first_table(REPORT.largest(unit="kronor")) == first_table(REPORT.largest())


def test_a_chart_of_shares_keeps_its_whole_whatever_the_unit_of_its_table() -> None:
    section = REPORT.by_county(unit="thousands")
    assert section.figure.axes[0].get_xlim() == (0, 1)
    assert column_of(section, "Önskat, tkr per år").unit == "tkr"


def test_the_stored_columns_state_their_units() -> None:
    [table] = [part for part in REPORT.by_county().as_json()["parts"] if part["kind"] == "table"]
    units = {column["heading"]: column["unit"] for column in table["columns"]}
    assert units["Län"] == ""
    assert units["Ja"] == "kommuner"
    assert units["Säkrat, kr per år"] == "kr"
    assert units["Säkrad andel"] == "%"


def test_a_column_that_is_not_shown_can_be_chosen() -> None:
    section = REPORT.members(columns=["county", "population"], top=1)
    table = first_table(section)
    assert [column.heading for column in table.columns] == ["Kommun", "Län", "Invånare"]
    # Ale had 28 862 inhabitants at the end of 2015.
    assert table.rows == (("Ale", "Västra Götalands län", "28\u00a0862"),)
    assert list(section.data.columns) == ["name", "county", "population"]


def test_a_column_of_counties_does_not_make_a_table_one_by_county() -> None:
    # The shares of the call list are of all that is requested, not of the members of a county.
    units = REPORT.possible().data.attrs["units"]
    assert units["funded_share"] == "share of the requested amount"


def test_a_title_replaces_the_caption_or_the_finding() -> None:
    assert first_table(REPORT.largest(title="Störst")).caption == "Störst"
    chart = REPORT.over_time(title="Så kom svaren").as_json()["parts"][0]
    assert chart["finding"] == "Så kom svaren"
    assert chart["alternative"].startswith("Så kom svaren.")
    assert f'aria-label="{chart["alternative"]}"' in chart["slim"]


@pytest.mark.parametrize(
    ("name", "choice", "said"),
    [
        ("largest", {"sort": "popultion"}, "sort is 'popultion'. Did you mean 'population'?"),
        ("largest", {"columns": ["fe"]}, "columns is 'fe'. Did you mean 'fee'?"),
        ("largest", {"unit": "milions"}, "unit is 'milions'. Did you mean 'millions'?"),
        ("by_county", {"unit": "tkr"}, "unit is 'tkr'. There are: kronor, thousands, millions"),
        ("profile", {"unit": "thousands"}, "unit is 'thousands', and the section has no amounts."),
        ("method", {"sort": "text"}, "This section shows no table"),
        ("on_map", {"columns": "fee"}, "The map shows no table, so that columns would change"),
        ("on_map", {"sort": "popultion"}, "sort is 'popultion'. Did you mean 'population'?"),
        ("missing", {"unit": "thousands"}, "The chart of what is missing shows no table, so"),
        ("missing", {"columns": ["funded"]}, "columns is 'funded'. There are: possible, declined."),
        ("missing", {"columns": []}, "columns is empty. There are: possible, declined."),
        ("method", {"title": "x"}, "This section has neither chart nor table"),
        ("largest", {"top": 1.5}, "top is 1.5. Give how many rows"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(name: str, choice: dict[str, Any], said: str) -> None:
    with pytest.raises(ReportError) as refused:
        getattr(REPORT, name)(**choice)
    assert str(refused.value).startswith(said)


def test_bars_of_what_is_missing_are_sorted_cut_and_taken_apart() -> None:
    by_no = REPORT.missing(sort="declined", top=2)
    answers = REPORT.statement.answers
    declined = answers[answers["decision"] == "no"].groupby("county")["fee"].sum()
    largest = declined.sort_values(ascending=False)[:2]
    assert by_no.data["declined"].tolist() == largest.tolist()
    assert by_no.data["county"].tolist() == largest.index.tolist()
    assert by_no.data.attrs["units"]["declined"] == "SEK a year"
    texts = [text.get_text() for text in by_no.figure.axes[0].texts]
    assert [text for text in texts if text.endswith(" län")] == largest.index.tolist()
    chart = by_no.as_json()["parts"][0]
    # The finding is about all counties, however many are shown.
    assert chart["finding"].startswith("Skåne län saknar mest: ")
    assert "Visar 2 av 21." in chart["note"]
    only_no = REPORT.missing(columns="declined")
    assert len(only_no.data) == len(declined)  # no bar where nobody has said no
    assert list(only_no.data.columns) == ["county", "declined"]
    assert [text.get_text() for text in only_no.figure.legends[0].get_texts()] == ["Nej"]
    assert "en för varje län: nej. " in only_no.as_json()["parts"][0]["alternative"]
    by_name = REPORT.missing(sort="county", top=1)
    assert by_name.data["county"].tolist() == ["Blekinge län"]


def test_bars_of_a_shared_cost_are_of_the_inhabitants_that_they_draw() -> None:
    answers = SHARED.statement.answers
    outside = answers[answers["decision"] != "yes"].groupby("county")["population"].sum()
    found = SHARED.missing(sort="possible", top=1).data
    assert found["county"].tolist() == [outside.idxmax()]
    assert found["possible"].tolist() == [outside.max()]
    assert found.attrs["units"]["possible"] == "inhabitants"
    twice = SHARED.missing(columns=["possible", "possible"]).data
    assert list(twice.columns) == ["county", "possible"]


def test_the_map_shows_the_members_that_are_chosen() -> None:
    section = REPORT.on_map(sort="population", top=3)
    # Statistics Sweden, end of 2015: the three largest municipalities.
    assert section.data["name"].tolist() == ["Stockholm", "Göteborg", "Malmö"]
    circles = [one.get_label() for one in section.figure.axes[0].patches if one.get_label()]
    assert {"Stockholm", "Göteborg", "Malmö"} <= set(circles)
    assert not {"Uppsala", "Ale"} & set(circles)
    chart = section.as_json()["parts"][0]
    assert "Kartan visar 3 av 290 kommuner." in chart["note"]
    assert "en cirkel för var och en av 3 av 290 kommuner" in chart["alternative"]
    assert chart["broad"].count("<title>") == 3
    assert (
        REPORT.on_map(top=3).data["fee"].tolist()
        == sorted(REPORT.statement.answers["fee"], reverse=True)[:3]
    )
    unchanged = REPORT.on_map().as_json()["parts"][0]
    assert REPORT.on_map(sort="name").as_json()["parts"][0] == unchanged


def test_a_section_that_does_not_apply_takes_any_choice() -> None:
    assert not SHARED.forecast(sort="funded").parts
