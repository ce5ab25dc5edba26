"""A round of pledges that `new-round` begins: its files, and the options that only it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from helpers.data.new_round.round_scaffold import scaffold_round
from helpers.data.round.round_inputs import load_inputs
from helpers.funding.statement.statement_computation import compute_statement
from helpers.pricing.kinds.pledges import Pledges
from support.new_rounds import MUNICIPAL, ROOF, created, refused


def test_pledges_need_no_number_of_a_member(root: Path) -> None:
    given = created(ROOF, rule="pledges", amounts=("500000",))
    assert isinstance(given.round.pricing, Pledges)
    assert (given.round.requested, given.round.pricing.secured) == (500_000, "pledged")
    folder = root / "data/rounds/roof"
    assert (folder / "members.csv").read_text(encoding="utf-8").splitlines() == [
        "code,name,group", "0001,Norra,A", "0002,Mellersta,A", "0003,Södra,B",
    ]  # fmt: skip
    heading = (folder / "decisions.csv").read_text(encoding="utf-8").strip().split(",")
    assert heading[4:7] == ["decision", "amount", "confirmed"]
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "| who is asked: code, name and group |" in readme
    assert "A yes must state `amount`, the amount per year." in readme
    day = date(2026, 2, 1)
    answers = compute_statement(given.round, given.members, given.register, [], day, day).answers
    assert answers["fee"].tolist() == [0, 0, 0]


def test_pledges_of_several_currencies(root: Path) -> None:
    rates = ("EUR=11.2345, 2026-01-02, The bank, daily", "NOK=0.98,2026-01-02,The bank")
    pricing = created(
        ROOF, rule="pledges", secured="confirmed", reference_rates=rates
    ).round.pricing
    assert isinstance(pricing, Pledges)
    assert pricing.secured == "confirmed"
    euro = pricing.rates["EUR"]
    assert (euro.rate, euro.per, euro.source) == (Fraction(112_345, 10_000), 1, "The bank, daily")
    assert pricing.rates["NOK"].on == date(2026, 1, 2)
    # 1,000.50 euros: 11,240.11725 of the round's currency.
    assert pricing.converted(Fraction(2001, 2), "EUR") == 11_240
    heading = (root / "data/rounds/roof/decisions.csv").read_text(encoding="utf-8")
    assert ",decision,amount,currency,confirmed," in heading


def test_a_register_of_pledges_is_read_as_it_is_begun(root: Path) -> None:
    scaffold_round(replace(ROOF, rule="pledges", secured="confirmed", amounts=("10000",)))
    with (root / "data/rounds/roof/decisions.csv").open("a", encoding="utf-8") as register:
        register.write("0001,2026-01-20,2026-01-21,,yes,4000,1500,,,\n")
    given = load_inputs("roof")
    day = date(2026, 2, 1)
    total = compute_statement(given.round, given.members, given.register, [], day, day).total
    assert (total.funded, total.requested) == (1_500, 10_000)


def test_the_municipalities_may_pledge() -> None:
    given = created(MUNICIPAL, rule="pledges")
    assert (len(given.members), given.round.pricing.rule) == (290, "pledges")


def pledged_at(*rates: str) -> dict[str, Any]:
    return {"rule": "pledges", "reference_rates": rates}


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"secured": "paid", "rule": "pledges"}, "--secured: 'paid' is neither."),
    ({"secured": "pledged"}, "--secured: The rule by-weight has fees"),
    ({"reference_rates": ("EUR=11, 2026-01-02, B",)}, "--reference-rate: The rule by-w"),
    (pledged_at("EUR=11"), "--reference-rate: 'EUR=11' is not a reference rate."),
    (pledged_at("EUR=0, 2026-01-02, B"), "--reference-rate: 'EUR=0, 2026-01-02, B' is not"),
    (pledged_at("EUR=11, 2026-02-30, B"), "--reference-rate: 'EUR=11, 2026-02-30, B' has no day"),
    (pledged_at("EUR=11, 2026-01-02, B\n"), "--reference-rate: 'EUR=11, 2026-01-02, B\\n' is not"),
    (pledged_at("XQX=1, 2026-01-02, B"), "--reference-rate: 'XQX' is not a currency."),
    (pledged_at("SEK=1, 2026-01-02, B"), "--reference-rate: SEK has a rate already"),
    (pledged_at(*2 * ["EUR=1, 2026-01-02, B"]), "--reference-rate: EUR has a rate already"),
]  # fmt: skip


@pytest.mark.parametrize(("chosen", "message"), MISTAKES)
def test_a_mistake_says_what_to_write(chosen: dict[str, Any], message: str) -> None:
    [problem] = refused(ROOF, **chosen)
    assert problem.startswith(message)
    assert problem.endswith(".")


def test_a_rate_is_not_compared_with_a_currency_that_could_not_be_read() -> None:
    rates = pledged_at("SEK=11, 2026-01-02, B")
    [problem] = refused(ROOF, currency="xx", **rates)
    assert problem.startswith("--currency: 'xx' is not a currency.")
