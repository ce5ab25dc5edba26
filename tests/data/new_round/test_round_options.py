"""What `new-round` takes as options: what the round then is, and every mistake at once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from helpers.data.new_round.rule_choice import RULE_CHOICES
from helpers.data.round.round_inputs import RoundInputs
from helpers.funding.statement.statement_computation import compute_statement
from helpers.pricing.kinds.capped_rate import RateWithCeiling
from helpers.pricing.kinds.shared_cost import SharedCost
from support.new_rounds import MUNICIPAL, ROOF, created, refused

BEGINS_ON = date(2026, 1, 15)


def fees(inputs: RoundInputs) -> list[int]:
    statement = compute_statement(
        inputs.round, inputs.members, inputs.register, [], BEGINS_ON, BEGINS_ON
    )
    return statement.answers["fee"].tolist()


@pytest.mark.parametrize(
    "titles", [("A new roof", "sv=Nytt tak"), ("sv=Nytt tak", "A new roof")], ids=["last", "first"]
)
def test_a_title_of_a_language_wins_wherever_it_is_typed(titles: tuple[str, ...]) -> None:
    round_ = created(ROOF, languages=("sv", "en"), titles=titles).round
    assert round_.title == {"sv": "Nytt tak", "en": "A new roof"}


def test_what_is_chosen_is_what_the_round_is(root: Path) -> None:
    round_ = created(
        ROOF,
        amounts=("240 000",),
        years="2027-2028",
        deadline="2026-03-31",
        languages=("en", "sv"),
        titles=("A new roof", "sv=Nytt tak"),
        organiser='The "Hill" \\ Association',
        words=("en=property, properties", "sv=hus, huset, hus, husen, ett"),
        currency="EUR",
    ).round
    assert (round_.requested, round_.years, round_.currency) == (240_000, [2027, 2028], "EUR")
    assert round_.languages == ["sv", "en"]
    assert round_.title == {"sv": "Nytt tak", "en": "A new roof"}
    assert round_.organiser.name == 'The "Hill" \\ Association'
    assert round_.words["en"]["municipalities"] == "properties"
    assert round_.words["sv"]["ingen kommun"] == "inget hus"
    assert round_.words["sv"]["invånare i kommuner"] == "viktenheter hos hus"
    [deadline] = [event for event in round_.events if event.kind == "deadline"]
    assert (deadline.on, deadline.known_from) == (date(2026, 3, 31), BEGINS_ON)
    assert deadline.text == {"sv": "Sista svarsdag", "en": "Reply by"}
    assert "CHANGE" not in (root / "data/rounds/roof/round.toml").read_text(encoding="utf-8")


def test_what_is_not_chosen_is_marked(root: Path) -> None:
    round_ = created(ROOF).round
    assert (round_.requested, round_.years) == (100_000, [2027])
    lines = (root / "data/rounds/roof/round.toml").read_text(encoding="utf-8").splitlines()
    marked = [line.partition(" ")[0] for line in lines[1:] if "CHANGE" in line]
    assert marked == ["requested", "years", "[title]", "[organiser]"]
    # No comments but the first line and the marks, and nothing that a round can do without.
    assert [line for line in lines[1:] if line.startswith("#")] == []
    assert len(lines) < 60


def test_the_year_in_which_a_round_begins_may_be_one_of_its_years() -> None:
    assert created(ROOF, years="2026").round.years == [2026]


def test_an_amount_of_each_year_names_the_years() -> None:
    round_ = created(ROOF, amounts=("2027=240_000", "2028=250000")).round
    assert round_.requested_of_years == {2027: 240_000, 2028: 250_000}
    assert round_.years == [2027, 2028]


# The three made-up members have 1,000, 2,000 and 7,000 of what the rule counts.
@pytest.mark.parametrize("rule", ["by-weight", "tax-base", "inhabitants", "membership-fee"])
def test_each_rule_by_a_key_shares_the_amount(rule: str) -> None:
    assert fees(created(ROOF, rule=rule, amounts=("50000",))) == [5_000, 10_000, 35_000]


def test_an_annex_has_the_fees_in_the_members_file() -> None:
    assert fees(created(ROOF, rule="annex")) == [10_000, 20_000, 70_000]


def test_a_rate_with_a_ceiling() -> None:
    given = created(ROOF, rule="rate-with-ceiling", rate="1,95", amounts=("90000",))
    assert isinstance(given.round.pricing, RateWithCeiling)
    assert given.round.pricing.ceiling == 90_000
    # 1.95 for each of 1,000, 2,000 and 7,000 inhabitants.
    assert fees(given) == [1_950, 3_900, 13_650]


def test_a_shared_cost() -> None:
    pricing = created(ROOF, rule="shared-cost", rate="2.28", amounts=("9000",)).round.pricing
    assert isinstance(pricing, SharedCost)
    assert (pricing.cost, pricing.highest_rate) == (9_000, Fraction(228, 100))


@pytest.mark.parametrize(
    "rule", [one for one, needs in RULE_CHOICES.items() if not needs.own_column]
)
def test_the_municipalities_have_what_a_rule_by_inhabitants_needs(rule: str) -> None:
    rate = "2" if RULE_CHOICES[rule].rate_key else ""
    given = created(MUNICIPAL, rule=rule, rate=rate)
    assert len(given.members) == 290


@pytest.mark.parametrize("rule", ["by-weight", "pledges"])
def test_an_amount_that_rises_each_year(rule: str, root: Path) -> None:
    chosen = {"amounts": ("100000",), "years": "2027-2029", "indexation": "2,5 %"}
    round_ = created(ROOF, rule=rule, **chosen).round
    # 100,000 · 1.025 = 102,500, and 100,000 · 1.025² = 105,062.5, half up.
    assert round_.requested_of_years == {2027: 100_000, 2028: 102_500, 2029: 105_063}
    assert 'percent = "2.5"' in (root / "data/rounds/roof/round.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", ["by-weight", "pledges"])
def test_a_reserve_is_a_part_of_the_amount(rule: str, root: Path) -> None:
    chosen = {"amounts": ("240000",), "contingency": ("40 000",)}
    round_ = created(ROOF, rule=rule, **chosen).round
    assert (round_.requested, round_.contingency_by_year) == (240_000, {2027: 40_000})
    text = (root / "data/rounds/roof/round.toml").read_text(encoding="utf-8")
    assert "\n[contingency]\namount = 40_000\n" in text


def test_a_reserve_rises_with_the_amount_or_has_an_amount_of_each_year() -> None:
    rising = {"amounts": ("100000",), "years": "2027-2028", "indexation": "2.5"}
    round_ = created(ROOF, contingency=("10000",), **rising).round
    assert round_.contingency_by_year == {2027: 10_000, 2028: 10_250}
    each = {"amounts": ("240000",), "years": "2027-2028"}
    of_years = {"contingency": ("2027=40000", "2028=30000")}
    round_ = created(MUNICIPAL, **each, **of_years).round
    assert round_.contingency_by_year == {2027: 40_000, 2028: 30_000}


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"name": "Roof"}, "NAME: 'Roof' cannot name a round."),
    ({"begins_on": "15/1"}, "--begins-on: '15/1' is not a date."),
    ({"begins_on": "2026-02-30"}, "--begins-on: '2026-02-30' is not a date."),
    ({"deadline": "2026-01-14"}, "--deadline: 2026-01-14 is before the round begins"),
    ({"currency": "kr"}, "--currency: 'kr' is not a currency."),
    ({"languages": ("sv", "fi")}, "--language: 'fi' is not a language of the documents."),
    ({"titles": ("en=Roof",)}, "--title: There is no text in sv."),
    ({"titles": ("Roof\n",)}, "--title: 'Roof\\n' is not a name."),
    ({"organiser": " "}, "--organiser: ' ' is not a name."),
    ({"amounts": ("0",)}, "--amount: '0' is not an amount in whole units above zero."),
    ({"amounts": ("24 00",)}, "--amount: '24 00' is not an amount"),
    ({"amounts": ("1.5",)}, "--amount: '1.5' is not an amount"),
    ({"amounts": ("1", "2")}, "--amount: It is given twice."),
    ({"amounts": ("2027=1", "2")}, "--amount: '2' has no year"),
    ({"amounts": ("2027=1", "2027=2")}, "--amount: 2027 is given twice"),
    ({"amounts": ("2027=1",), "years": "2028"}, "--amount: --amount and --years do not name"),
    ({"amounts": ("1",), "rule": "annex"}, "--amount: With the rule annex, the amount is the sum"),
    ({"amounts": ("2027=1",), "rule": "shared-cost", "rate": "1"}, "--amount: The rule shared"),
    ({"years": "2028-2027"}, "--years: '2028-2027' does not name years."),
    ({"years": "2027,2027"}, "--years: '2027,2027' names a year twice"),
    ({"years": "2001-2200"}, "--years: '2001-2200' names a year twice, or more than 100 years."),
    ({"years": "2024-2025"}, "--years: The last year is 2025, and the round begins on 2026-01-15."),
    ({"amounts": ("2025=1",)}, "--amount: The last year is 2025, and the round begins on 2026"),
    ({"titles": ("Roof", "Tak")}, "--title: 'Tak' is the second text for the same languages."),
    ({"titles": ("en=A", "en=B")}, "--title: 'en=B' is the second text for the same languages."),
    ({"rule": "lottery"}, "--rule: 'lottery' is not a pricing rule."),
    ({"rule": "shared-cost"}, "--rate: The rule shared-cost needs a price per inhabitant."),
    ({"rate": "2"}, "--rate: The rule by-weight has no price per inhabitant."),
    ({"rule": "shared-cost", "rate": "0.0"}, "--rate: '0.0' is not a price above zero."),
    ({"indexation": "2"}, "--indexation: The amount rises from one year to the next, and"),
    ({"indexation": "x", "years": "2027-2028"}, "--indexation: 'x' is not a percentage"),
    ({"indexation": "0.0", "years": "2027-2028"}, "--indexation: '0.0' is not a percentage"),
    ({"indexation": "101", "years": "2027-2028"}, "--indexation: '101' is not a percentage"),
    ({"indexation": "2", "amounts": ("2027=1", "2028=2")}, "--indexation: Each year has an amount"),
    ({"indexation": "2", "rule": "annex"}, "--indexation: The rule annex sets the amount"),
    ({"indexation": "2", "years": "x"}, "--years: 'x' does not name years."),
    ({"contingency": ("1",)}, "--contingency: The reserve is a part of the amount, which is not"),
    ({"amounts": ("9",), "contingency": ("x",)}, "--contingency: 'x' is not an amount in whole"),
    ({"amounts": ("9",), "contingency": ("9",)}, "--contingency: 9 is not less than the amount, 9"),
    ({"amounts": ("9",), "contingency": ("1", "2")}, "--contingency: It is given twice. Write"),
    ({"amounts": ("9",), "contingency": ("2027=1",)}, "--contingency: It does not name the years"),
    ({"amounts": ("9",), "contingency": ("2027=1",), "years": "2027-2028"}, "--contingency: It do"),
    ({"amounts": ("2027=9", "2028=3"), "contingency": ("4",)}, "--contingency: 4 is not less than"),
    ({"amounts": ("9",), "contingency": ("2027=1", "2028=1"), "years": "2027-2028",
      "indexation": "2"}, "--contingency: An amount that rises has one reserve."),
    ({"contingency": ("1",), "rule": "annex"}, "--contingency: The rule annex sets the amount"),
    ({"amounts": ("x",), "contingency": ("1",)}, "--amount: 'x' is not an amount in whole units"),
    ({"rate": "2", "rule": "pledges"}, "--rate: The rule pledges has no price per inhabitant."),
    ({"words": ("en=property",)}, "--words: 'en=property' is not a word for members."),
    ({"words": ("sv=hus, huset, hus, husen, det",)}, "--words: 'sv=hus, huset, hus, husen, det'"),
    ({"words": ("hus",)}, "--words: 'hus' is not a word for members."),
    ({"words": ("en=a, b", "en=c, d")}, "--words: 'en=c, d' is not a word for members."),
]  # fmt: skip


@pytest.mark.parametrize(("chosen", "message"), MISTAKES)
def test_a_mistake_says_what_to_write(chosen: dict[str, Any], message: str) -> None:
    [problem] = refused(ROOF, **chosen)
    assert problem.startswith(message)
    assert problem.endswith(".")


@pytest.mark.parametrize("rule", ["by-weight", "tax-base", "annex"])
def test_the_municipalities_have_no_column_of_the_organisers_own(rule: str) -> None:
    [problem] = refused(MUNICIPAL, rule=rule)
    column = RULE_CHOICES[rule].own_column
    assert f"The municipalities' file has no column {column} for {rule}." in problem


def test_all_mistakes_are_named_at_once() -> None:
    chosen = {"deadline": "soon", "years": "x", "currency": "kr", "words": ("x",), "rule": "x"}
    found = refused(ROOF, amounts=("x",), rate="x", **chosen)
    named = [problem.partition(":")[0] for problem in found]
    options = ["years", "amount", "currency", "rule", "rate", "deadline", "words"]
    assert named == [f"--{option}" for option in options]
