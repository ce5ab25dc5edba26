"""A convention of 196 parties: a scale in percent with decimals, a ceiling and a cap for a group.

The shape of the scales of assessments of the United Nations' conventions (for instance decision
14/37 of the Convention on Biological Diversity, 5 December 2018): shares in percent with three
decimals that do not add up to 100, no party above 22 %, no least developed country above 0.01 %.
The parties and their shares are made up, so that the contributions can be worked out by hand.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.data.round.round_inputs import load_inputs
from helpers.funding.billing.fee_breakdown import break_down_fee
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.sections.letter.fee_steps import fee_steps_block
from support.section_contexts import context_of

DAY = date(2025, 6, 1)
ROUND_TOML = """\
name = "convention-2025"
currency = "USD"
requested = 10_000_000
years = [2025, 2026]
recommended_on = 2024-11-01
members = "members.csv"
languages = ["en"]
reconstructed = false
title.en = "Core budget"
organiser = {{ short = "S", name = "Secretariat" }}
invoicing = {{ organisation_numbers = "none" }}

[pricing]
rule = "by-weight"
{rounding}
[pricing.limits]
highest_percent = "22"
group_highest_percent = {{ LDC = "0.01" }}

[groups]
LDC.en = "Least developed countries"
"""
# 1 party of 24 %, 5 of 9.2, 40 of 0.5, 104 of 0.05, 45 least developed of 0.02 and 1 of 0.002.
SIZES = [
    (1, "24", ""),
    (5, "9.2", ""),
    (40, "0.5", ""),
    (104, "0.05", ""),
    (45, "0.02", "LDC"),
    (1, "0.002", "LDC"),
]


@pytest.fixture
def stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data" / "rounds" / "convention-2025"
    folder.mkdir(parents=True)
    parties = [(weight, group) for number, weight, group in SIZES for _ in range(number)]
    lines = [
        f"P{at:03},Party {at},{group or 'Other'},{weight}"
        for at, (weight, group) in enumerate(parties, 1)
    ]
    (folder / "members.csv").write_text("\n".join(["code,name,group,weight", *lines]) + "\n")
    (folder / "decisions.csv").write_text(
        "code,decided_on,received_on,registered_on,decision\nP001,2025-01-10,2025-01-12,,yes\n"
    )
    monkeypatch.chdir(tmp_path)
    return folder


def reported(folder: Path, rounding: str = "") -> Statement:
    (folder / "round.toml").write_text(ROUND_TOML.format(rounding=rounding), encoding="utf-8")
    given = load_inputs(folder.name)
    return compute_statement(given.round, given.members, given.register, [], DAY, DAY)


# 22 % of 10 million is 2 200 000 for P001. 0.01 % is 1 000: 45 × 1 000 for the capped least
# developed. The rest, 7 755 000, is shared by 46 + 20 + 5.2 + 0.002 = 71.202. A party of 9.2 pays
# 1 002 022.415, one of 0.5 54 457.740, one of 0.05 5 445.774, and the one of 0.002 217.831.
PRICE = Fraction(7_755_000) / Fraction("71.202")


def test_the_contributions_keep_to_the_ceiling_and_the_cap(stated: Path) -> None:
    statement = reported(stated)
    fees = statement.prices.fees
    assert len(fees) == 196
    assert sum(fees.values()) == statement.total.requested == 10_000_000
    assert fees["P001"] == 2_200_000
    assert [fees[f"P{at}"] for at in range(151, 196)] == [1_000] * 45
    assert statement.prices.exact["P002"] == PRICE * Fraction("9.2")
    assert round(float(statement.prices.exact["P002"]), 3) == 1_002_022.415
    # Rounded down, 7 755 000 − 5 × 1 002 022 − 40 × 54 457 − 104 × 5 445 − 217 leaves 113 units. No
    # choice of 5, 40, 104 and 1 is 113: that of 0.002, the 104 and the first 8 of the 40 get one.
    assert statement.prices.equal_members_differ
    assert [fees[f"P{at:03}"] for at in range(2, 7)] == [1_002_022] * 5
    assert [fees[f"P{at:03}"] for at in range(7, 47)] == [54_458] * 8 + [54_457] * 32
    assert [fees[f"P{at:03}"] for at in range(47, 151)] == [5_446] * 104
    assert fees["P196"] == 218
    assert set(statement.prices.capped_groups.values()) == {"LDC"}
    assert len(statement.prices.limited) == 46


def test_rounded_one_by_one_the_sum_is_off_by_what_the_page_states(stated: Path) -> None:
    # 1 002 022 × 5 + 54 458 × 40 + 5 446 × 104 + 218 = 7 755 032: 32 more than 7 755 000.
    statement = reported(stated, 'rounding = "each"')
    fees = statement.prices.fees
    assert [fees[code] for code in ("P002", "P007", "P047", "P196")] == [
        1_002_022,
        54_458,
        5_446,
        218,
    ]
    assert statement.prices.rounding_difference == 32
    total = statement.total
    assert (total.requested, total.funded) == (10_000_032, 2_200_000)
    assert total.unanswered_fees == 7_800_032
    assert total.requested == total.funded + total.unanswered_fees


def test_a_scale_need_not_add_up_to_100_percent(stated: Path) -> None:
    # 24 + 46 + 20 + 5.2 + 0.9 + 0.002.
    assert reported(stated).total.population == Fraction("96.102")


def test_a_letter_names_the_group_whose_highest_fee_it_is(stated: Path) -> None:
    statement = reported(stated)
    context = context_of(statement, "en")
    capped, highest = (
        fee_steps_block(context, break_down_fee(statement, code)).plain.replace("\u00a0", " ")
        for code in ("P151", "P001")
    )
    group = "The highest fee in the group Least developed countries"
    assert f"{group} | SEK 1,000.00" in capped
    assert "The round’s highest fee | SEK 2,200,000.00" in highest
