"""The example of amounts that differ by year in docs/explanation/money.md, computed again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round

TEXT = (Path(__file__).resolve().parents[2] / "docs/explanation/money.md").read_text("utf-8")
CODES = dict(zip("ABCDE", ("0001", "0002", "0003", "0004", "0005"), strict=True))
ANSWERS = {"yes": "yes,", "no": "no,", "yes for 2017": "yes,2017"}
DAY = date(2016, 8, 1)


def test_the_example_comes_to_what_it_says(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> None:
    section = TEXT.partition("\n## Amounts that differ by year\n")[2]
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in section.splitlines() if "|" in line]
    members = [row for row in rows if row[0] in CODES]
    lines = [
        f"{CODES[name]},2016-07-01,2016-07-02,{ANSWERS[answer]}"
        for name, *_, answer in members
        if answer != "unanswered"
    ]
    register = register_of(*lines, heading="code,decided_on,received_on,decision,years")
    values = {**five_round.model_dump(), "requested": {2017: 1_900, 2018: 2_850}}
    round_ = Round.model_validate(values)
    made = statement_figures(compute_statement(round_, five_members, register, [], DAY, DAY))
    fees = {one["code"]: one["fee_by_year"] for one in made["member_list"]}
    assert fees == {
        CODES[name]: {"2017": int(first), "2018": int(second)} for name, first, second, _ in members
    }
    documented = [row for row in rows if row[0].startswith("`")]
    assert len(documented) == 10
    for name, _, amount in documented:
        key, _, year = name.replace("`", "").partition(" ")
        assert (made[key][year] if year else made[key]) == int(amount), name
