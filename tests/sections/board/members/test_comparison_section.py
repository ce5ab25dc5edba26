"""What the section on who is silent and who declined says of members made up by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import pytest

from helpers.funding.comparisons.groups import profile_statement
from helpers.funding.figures_json.group_json import profile_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import count_members
from helpers.model.localized_text import Language
from helpers.model.settings.round_settings import Event
from helpers.pricing.kinds.fixed_total import ByWeight
from helpers.sections.board.members.comparison_section import profile
from helpers.sections.components.block import EMPTY_BLOCK, Block
from support.section_contexts import context_of

DAY = date(2017, 2, 22)
Members = Sequence[tuple[int, str, str, str]]  # inhabitants, group, county, decision
# Silent: 8 of 10 against 0 of 20. No, of those that answered: 0 of 2 against 8 of 20.
TWO_GROUPS = [
    *[(1_000, "A1", "X", "unanswered")] * 8, *[(1_000, "A1", "X", "yes")] * 2,
    *[(1_000, "B3", "X", "yes")] * 12, *[(1_000, "B3", "X", "no")] * 8,
]  # fmt: skip


@pytest.fixture
def of(shipped_on: Callable[[date, date], Statement]) -> Callable[..., Statement]:
    """Makes a statement of members; the round is the shipped one, its reply dates passed."""

    def make(members: Members, **changes: Any) -> Statement:
        answers = pd.DataFrame(members, columns=["population", "group", "county", "decision"])
        answers = answers.assign(fee=0, secured=0)
        shipped = shipped_on(DAY, DAY)
        return replace(
            shipped,
            answers=answers,
            on_day=replace(shipped.on_day, answers=answers),
            total=count_members(answers),
            **({"reconstructed": False} | changes),
        )

    return make


def shown(statement: Statement, language: Language = "sv") -> Block:
    return profile(context_of(statement, language), profile_statement(statement))


def said(statement: Statement, language: Language = "sv") -> str:
    return shown(statement, language).plain.replace("\u00a0", " ")


def test_the_finding_is_first_and_names_what_differs_clearly(of: Callable[..., Statement]) -> None:
    text = said(of(TWO_GROUPS))
    assert text.startswith(
        "Av fyra jämförelser visar två en tydlig skillnad mot övriga kommuner. "
        "Enbart slumpen skulle knappast ge någon."
    )
    assert (
        "Skillnaden är tydlig för Storstäder (större andel som inte har svarat); "
        "Större stad (mindre andel som inte har svarat)."
    ) in text
    assert "inte varför" in text


def test_each_class_is_compared_with_the_rest_in_percentage_points(
    of: Callable[..., Statement],
) -> None:
    # Wilson gives 8 of 10 0.4902–0.9433, 0 of 20 0–0.1611, 0 of 2 0–0.6576 and 8 of 20
    # 0.2188–0.6134. Newcombe, silent: 0.8 − √(0.3098² + 0.1611²) = 0.4508 to 0.8 + 0.1433. No:
    # −0.4 − 0.2134 to −0.4 + √(0.6576² + 0.1812²) = 0.2821; of two members nothing is clear.
    text = said(of(TWO_GROUPS))
    assert (
        "Storstäder | 8 av 10 (80 %) | +80 (+45 till +94), tydlig | 0 av 2 (0 %) | "
        "−40 (−61 till +28)\n"
        "Större stad | 0 av 20 (0 %) | −80 (−94 till −45), tydlig | 8 av 20 (40 %) | "
        "+40 (−28 till +61)"
    ) in text


def test_less_than_half_a_percentage_point_is_not_rounded_to_nothing(
    of: Callable[..., Statement],
) -> None:
    # Silent: 100 of 200 against 100 of 201, 50 % less 49.751 %; and the other way round.
    members = [
        *[(1_000, "A1", "X", "unanswered")] * 100, *[(1_000, "A1", "X", "yes")] * 100,
        *[(1_000, "B3", "X", "unanswered")] * 100, *[(1_000, "B3", "X", "yes")] * 101,
    ]  # fmt: skip
    text = said(of(members))
    assert "Storstäder | 100 av 200 (50 %) | +0,2 (" in text
    assert "Större stad | 100 av 201 (50 %) | −0,2 (" in text


def test_no_difference_has_no_sign(of: Callable[..., Statement]) -> None:
    assert "10 av 20 (50 %) | 0 (" in said(of(ALIKE))


def test_one_class_that_holds_all_members_has_no_table(of: Callable[..., Statement]) -> None:
    text = said(of(TWO_GROUPS))
    assert "Invånare |" not in text
    assert "Län |" not in text
    assert "län skiljer sig" not in text


# 20 silent of 40 in each county, the others yes.
ALIKE = [
    (size, "A1", county, decision)
    for county in ("X", "Y")
    for size in (9_999, 10_000, 19_999, 200_000)
    for decision in ("yes", "unanswered") * 5
]


def test_nothing_clear_is_said_in_a_sentence(of: Callable[..., Statement]) -> None:
    text = said(of(ALIKE))
    # Four comparisons of counties and six of the three sizes, in silence and in no.
    assert text.startswith("Ingen av tio jämförelser visar en tydlig skillnad")
    assert "Skillnaden är tydlig för" not in text
    assert text.endswith("Inget av två län skiljer sig tydligt.")


def test_sizes_are_told_by_their_inhabitants(of: Callable[..., Statement]) -> None:
    # 10 silent of 20 below 10 000, 20 of 40 from there to 19 999, 10 of 20 above; all of 80 alike.
    text = said(of(ALIKE))
    for row in ("Färre än 10 000 | 10 av 20", "10 000–19 999 | 20 av 40", "200 000 eller fler | "):
        assert row in text


def test_of_the_counties_only_those_that_are_clear_have_a_row(of: Callable[..., Statement]) -> None:
    # 10 of 10 silent in X; in Y, Z and W 5 of 10: the rest of Y is 20 of 30, and so on.
    counties = [("X", 10), ("Y", 5), ("Z", 5), ("W", 5)]
    members = [
        (1_000, "A1", county, "unanswered" if number < unanswered else "yes")
        for county, unanswered in counties
        for number in range(10)
    ]
    text = said(of(members))
    rows = text[text.index("Ej svarat och nej i de av fyra län") :].splitlines()
    assert [row.split(" | ")[:2] for row in rows[1:]] == [
        ["Län", "Ej svarat, av alla"],
        ["X", "10 av 10 (100 %)"],
    ]
    assert rows[2].endswith(" | – | –")  # nobody there has answered


def test_a_size_in_running_text_is_of_municipalities(of: Callable[..., Statement]) -> None:
    members = [
        *[(1_000, "A1", "X", "unanswered")] * 20,
        *[(20_000, "A1", "X", "yes")] * 20,
    ]
    text = said(of(members))
    assert "kommuner med färre än 10 000 invånare (större andel som inte har svarat)" in text
    assert "kommuner med 20 000–49 999 invånare (mindre andel som inte har svarat)" in text


def test_many_clear_differences_are_counted_and_not_named(of: Callable[..., Statement]) -> None:
    members = [
        (1_000, f"G{number}", "X", decision)
        for number in range(8)
        for decision in (["unanswered"] * 20 if number < 4 else ["yes"] * 20)
    ]
    text = said(of(members))
    # Each of the eight is 20 of 20 or 0 of 20; nobody said no, so of that nothing is clear.
    assert text.startswith("Av tolv jämförelser visar åtta")
    assert "Skillnaden är tydlig för" not in text


@pytest.mark.parametrize(
    "members",
    [
        [*TWO_GROUPS[:8], *[(1_000, "B3", "X", "yes")] * 9],  # nine answers
        [(1_000, "A1", "X", "yes")] * 20,  # not divided
        [],
    ],
    ids=["few answers", "undivided", "nobody"],
)
def test_where_there_is_nothing_to_compare_it_is_blank(
    of: Callable[..., Statement], members: Members
) -> None:
    assert shown(of(members)) == EMPTY_BLOCK


def test_of_ten_answers_it_speaks(of: Callable[..., Statement]) -> None:
    assert shown(of([*TWO_GROUPS[:8], *[(1_000, "B3", "X", "yes")] * 10])) != EMPTY_BLOCK


def test_where_the_fee_key_is_no_number_of_inhabitants_sizes_are_left_out(
    of: Callable[..., Statement],
) -> None:
    statement = of([(size, *rest) for size, (_, *rest) in enumerate(TWO_GROUPS * 2, 9_990)])
    assert "Invånare |" in said(statement)
    weighed = statement.round.model_copy(update={"pricing": ByWeight(rule="by-weight")})
    assert "Invånare |" not in said(replace(statement, round=weighed))


def test_before_the_last_reply_date_the_silent_may_still_answer(
    of: Callable[..., Statement],
) -> None:
    passed = of(TWO_GROUPS)
    later = Event(
        kind="deadline", known_from=date(2016, 6, 10), on=date(2017, 3, 1), text={"sv": "Svara"}
    )
    events = [*passed.round.events, later]
    going = replace(passed, round=passed.round.model_copy(update={"events": events}))
    assert "Svarstiden pågår" not in said(passed)
    assert "Svarstiden pågår: de kommuner som inte har svarat kan ännu göra det i tid." in said(
        going
    )


CAUSES = ("beror", "orsak", "eftersom", "leder till", "because", "due to", "cause", "depend")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_cause_is_spoken_of(
    shipped_on: Callable[[date, date], Statement], language: Language
) -> None:
    text = said(shipped_on(DAY, DAY), language).lower()
    assert [word for word in CAUSES if word in text] == []
    assert len(text) > 1_000


def test_a_county_of_any_name_is_text(of: Callable[..., Statement]) -> None:
    hostile = [(*member[:2], "<b>]#x", member[3]) for member in TWO_GROUPS[:10]]
    block = shown(of([*hostile, *TWO_GROUPS[10:]]))
    assert "&lt;b&gt;]#x" in block.html
    assert "<b>]" not in block.html


def test_every_class_and_comparison_is_in_the_figures(of: Callable[..., Statement]) -> None:
    statement = of(TWO_GROUPS)
    found = profile_figures(profile_statement(statement))
    assert (found["level"], found["comparisons"], found["clear"]) == (0.95, 4, 2)
    rounded = partial(pytest.approx, abs=5e-5)
    a1 = next(one for one in found["classes"] if one["name"] == "A1")
    counts = ("members", "yes", "no", "conditional", "unanswered")
    assert [a1[name] for name in counts] == [10, 2, 0, 0, 8]
    assert (a1["silent_share"], a1["declined_share"]) == (0.8, 0)
    unanswered, declined = a1["comparisons"]
    assert (unanswered["measure"], unanswered["rest_share"], unanswered["clear"]) == (
        "silent",
        0,
        True,
    )
    assert [unanswered[name] for name in ("difference", "low", "high")] == rounded(
        [0.8, 0.4508, 0.9433]
    )
    assert (declined["measure"], declined["clear"]) == ("declined", False)
    assert found["expected_by_chance"] == pytest.approx(
        sum(c["by_chance"] for one in found["classes"] for c in one["comparisons"])
    )
