"""docs/explanation/money.md is true: every number on the page is computed again, and agrees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from helpers import BoardReport
from helpers.funding.billing.fee_breakdown import break_down_fee
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.pricing.raised_fees import raise_fees
from helpers.rounding import round_half_up
from support import appeal_round, part_round
from support.appeal_round import write_appeal
from support.loaded_register import load_register
from support.part_round import write_parts
from support.pricing_examples import Example, examples, priced

TEXT = (Path(__file__).resolve().parents[2] / "docs/explanation/money.md").read_text(
    encoding="utf-8"
)
EXAMPLES = examples(TEXT)
CEILING_FIGURES = (
    "requested", "funded", "unanswered_fees", "declined", "over_ceiling", "possible"
)  # fmt: skip
CODES = {name: f"000{number}" for number, name in enumerate("ABCDEF", start=1)}


def rows(heading: str) -> list[list[str]]:
    """The rows of the tables of a section, their headings left out."""
    [section] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    tables = re.split(r"^\|[^\n]*\n\|---[^\n]*\n", section, flags=re.MULTILINE)[1:]
    lines = [line for table in tables for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_an_example_comes_to_what_it_says(example: Example) -> None:
    assert priced(example).fees == example.fees


def test_only_where_no_choice_fits_do_equal_weights_pay_differently() -> None:
    differ = [one for one in EXAMPLES if priced(one).equal_members_differ]
    [section] = re.findall(r"### Where no choice fits.*?(?=\n## )", TEXT, re.DOTALL)
    assert differ == examples(section)
    assert len(differ) == 1


def test_the_three_kinds_of_price_have_examples() -> None:
    assert {one.rule for one in EXAMPLES} == {
        "by-weight",
        "membership-fee",
        "rate-with-ceiling",
        "shared-cost",
    }


def test_a_percentage_is_rounded_half_up_from_the_exact_fraction() -> None:
    found = rows("Half up, once, from the exact value")
    assert len(found) == 5
    for fraction, exactly, percent in found:
        assert round_half_up(Fraction(fraction), Fraction(1, 100)) == int(percent), fraction
        digits = exactly.removesuffix("%")
        shown = Fraction(digits.rstrip("…"))
        beyond = Fraction(fraction) * 100 - shown
        last = Fraction(Decimal(1).scaleb(-len(digits.rstrip("…").partition(".")[2])))
        assert 0 < beyond < last if digits.endswith("…") else beyond == 0, fraction


def test_the_fee_of_stockholm_step_by_step(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    made = break_down_fee(report.statement, "0180")
    steps: list[int | Fraction] = [
        made.key,
        made.weight,
        made.total_weight,
        made.amount_shared,
        made.exact,
        made.fee,
    ]
    documented = [amount for _, amount in rows("Stockholm in 2016")]
    for step, amount in zip(steps, documented, strict=True):
        places = len(amount.partition(".")[2])
        assert (
            round_half_up(Fraction(step), Fraction(1, 10**places)) == Fraction(amount) * 10**places
        )


@pytest.mark.parametrize(("column", "saying_yes"), [(1, "A"), (2, "AB")])
def test_a_ceiling_on_what_is_collected(
    five_round: Round,
    register_of: Callable[..., Register],
    column: int,
    saying_yes: str,
) -> None:
    inhabitants = {"A": 400, "B": 201, "C": 90}
    pricing = {"rule": "rate-with-ceiling", "population_year": 2025, "rate": "1.25", "ceiling": 691}
    stated = {**five_round.model_dump(), "requested": 0, "pricing": pricing}
    members = pd.DataFrame(
        [(CODES[name], name, "X", "Y", people) for name, people in inhabitants.items()],
        columns=["code", "name", "county", "group", "population"],
    )
    said = [f"{CODES[name]},2016-07-01,2016-07-02,,yes" for name in saying_yes]
    register = register_of(*said, "0003,2016-07-01,2016-07-02,,no")
    day = date(2016, 8, 1)
    statement = compute_statement(Round.model_validate(stated), members, register, [], day, day)
    total = statement.total
    documented = [row for row in rows("The three kinds of price") if row[0] in CEILING_FIGURES]
    assert len(documented) == 6
    for row in documented:
        assert getattr(total, row[0]) == int(row[column]), row[0]
    if saying_yes == "AB":
        assert statement.answers["secured"].tolist() == [460, 231, 0]


@pytest.mark.parametrize("part", ["Sharing the gap", "When the rules limit every fee"])
def test_sharing_the_gap_keeps_to_the_rules(part: str) -> None:
    [section] = re.findall(rf"^##+ {part}\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    [example] = examples(section)
    prices = priced(example)
    before = {row["code"]: int(row["fee"]) for row in example.rows if row["answer"] == "yes"}
    weights = {code: prices.sharing_weights[code] for code in before}
    raised = raise_fees(prices.requested, weights, before, prices.raise_limits)
    documented = {row["code"]: row["shared"] for row in example.rows}
    assert {code: str(fee) for code, fee in raised.fees.items()} == {
        code: fee for code, fee in documented.items() if fee
    }
    [remaining] = re.findall(r"(\d+) remains?\b", section)
    assert raised.remaining == int(remaining)


def test_what_is_funded_missing_and_possible(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> None:
    members = [row for row in rows("Funded, missing, possible") if row[0] in CODES]
    heading = "code,decided_on,received_on,decision,years,condition"
    written = {
        "yes": "yes,,",
        "yes for 2017": "yes,2017,",
        "no": "no,,",
        "yes on a condition": "yes,,If the council agrees",
    }
    lines = [
        f"{CODES[name]},2016-07-01,2016-07-02,{written[answer]}"
        for name, _, answer in members
        if answer != "unanswered"
    ]
    day = date(2016, 8, 1)
    register = register_of(*lines, heading=heading)
    made = statement_figures(compute_statement(five_round, five_members, register, [], day, day))
    fees = {one["code"]: one["fee"] for one in made["member_list"]}
    assert fees == {CODES[name]: int(fee) for name, fee, _ in members}
    documented = [row for row in rows("Funded, missing, possible") if row[0] not in CODES]
    assert len(documented) == 12
    for name, _, amount in documented:
        key, _, year = name.replace("`", "").partition(" ")
        assert (made[key][year] if year else made[key]) == int(amount), name


def test_members_come_and_go(five_round: Round, tmp_path: Path) -> None:
    found = rows("Members come and go")
    documented = [row for row in found if row[0] in CODES]
    members = pd.DataFrame(
        [
            (CODES[name], name, int(weight), first or None, last or None)
            for name, weight, first, last, *_ in documented
        ],
        columns=["code", "name", "population", "valid_from", "valid_to"],
    ).assign(county="", group="")
    days = {name: pd.to_datetime(members[name]) for name in ("valid_from", "valid_to")}
    members = members.assign(**days)
    stated = {
        **five_round.model_dump(),
        "requested": 1_000,
        "years": [2025, 2026, 2027],
        "recommended_on": "2025-01-15",
        "pricing": {"rule": "by-weight"},
        "part_of_year": "months",
    }
    round_ = Round.model_validate(stated)
    lines = [
        f"{CODES[name]},{first or '2025-02-01'},{first or '2025-02-01'},,{answer}"
        for name, _, first, _, answer, _ in documented
        if answer in ("yes", "no") and first != "2015-01-01"
    ]
    lines.append(f"{CODES['D']},2025-02-01,2025-02-01,,no")
    register = tmp_path / "decisions.csv"
    heading = "code,decided_on,received_on,registered_on,decision"
    register.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    day = date(2026, 9, 30)
    read = load_register(register, members, round_)
    made = statement_figures(compute_statement(round_, members, read, [], day, day))
    fees = {one["code"]: one["fee"] for one in made["member_list"]}
    assert fees == {CODES[name]: int(fee) for name, *_, fee in documented if fee}
    membership = made["membership"]
    account = [*membership["account"].values(), membership["account_all_years"]]
    lines_of_account = [row for row in found if row[0] not in CODES]
    assert len(lines_of_account) == 6
    for name, *amounts in lines_of_account:
        assert [year[name] for year in account] == list(map(int, amounts)), name


def test_the_pledges_of_the_page_are_those_of_the_appeal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_appeal(tmp_path, monkeypatch)
    report = BoardReport.load(round="appeal", as_of=appeal_round.DAY, future=True)
    found = rows("Pledges")
    stated = {row[0]: row for row in found if len(row) == 8}
    assert list(stated) == list("ABCDEF")
    for code, (_, _, amount, currency, confirmed, _, pledged, secured) in stated.items():
        row = report.statement.rows_by_code[code]
        assert (row["pledged"], row["secured"]) == (int(pledged), int(secured))
        assert Fraction(row["amount"] or 0) == Fraction(amount or 0)
        assert (row["currency"], Fraction(row["confirmed_amount"] or 0)) == (
            currency,
            Fraction(confirmed or 0),
        )
    figures = report.figures
    for keys, _, amount in (row for row in found if len(row) == 3):
        for key in keys.replace("`", "").split(" = "):
            of = figures["pledges"] if key.startswith("pledges.") else figures
            assert of[key.removeprefix("pledges.")] == int(amount), key


def test_the_part_pledges_of_the_page_are_those_of_the_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(tmp_path, monkeypatch)
    report = BoardReport.load(round="parts", as_of=part_round.DAY, future=True)
    found = rows("Part pledges")
    stated = {row[0]: row for row in found if len(row) == 6}
    assert list(stated) == list("ABCD")
    for code, (_, fee, amount, secured, gift, not_covered) in stated.items():
        row = report.statement.rows_by_code[code]
        assert (row["fee"], row["offered"]) == (int(fee), int(amount or 0))
        assert (row["secured"], row["gift"]) == (int(secured), int(gift))
        counted = row["secured"] or row["offered"]
        assert row["fee"] - counted == int(not_covered)
    for key, _, amount in (row for row in found if len(row) == 3):
        assert report.figures[key] == int(amount), key


def test_the_page_states_the_rule_of_the_appeal() -> None:
    [section] = re.findall(r"^## Pledges\n(.*?)(?=^## )", TEXT, re.MULTILINE | re.DOTALL)
    rule = section.partition("[pricing]")[2].partition("```")[0]
    assert appeal_round.ROUND.partition("[pricing]")[2] == rule
