"""The 2019 round, configured from what is published of it: a rate with a ceiling.

Source: SKL, "Gemensam utveckling av kunskapsstyrning i socialtjänsten", 4 July 2019: 1.95 kronor
per inhabitant and year for 2020 to 2023, at most 19.5 million a year, reply by 15 June 2019.
Inhabitants on 31 December 2018: SCB. Which members said yes is not in the source; the answers here
are made up, to work out the account by hand.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from helpers.checking.register_review import review_register
from helpers.data.round.round_inputs import load_inputs
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement

ROUND_TOML = """\
name = "kunskapsstyrning-2019"
currency = "SEK"
years = [2020, 2021, 2022, 2023]
recommended_on = 2018-12-14
members = "../../municipalities.csv"
languages = ["sv"]
reconstructed = false
title.sv = "Ett system för kunskapsstyrning i socialtjänsten"
organiser = { short = "SKL", name = "Sveriges Kommuner och Landsting" }

[pricing]
rule = "rate-with-ceiling"
population_year = 2018
rate = 1.95
ceiling = 19_500_000

[[events]]
kind = "deadline"
on = 2019-06-15
known_from = 2018-12-14
text.sv = "Sista svarsdag"
"""
PUBLISHED_TOML = """\
[[figure]]
figure = "requested"
kind = "exact"
value = 19_500_000
state_on = 2019-06-15
known_from = 2019-07-04
source = "SKL, 4 juli 2019"
why.sv = "Taket är det önskade beloppet."
"""
DAY = date(2019, 7, 4)


@pytest.fixture
def asked(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data" / "rounds" / "kunskapsstyrning-2019"
    folder.mkdir(parents=True)
    shutil.copy(project / "data" / "municipalities.csv", tmp_path / "data")
    (folder / "round.toml").write_text(ROUND_TOML, encoding="utf-8")
    (folder / "published.toml").write_text(PUBLISHED_TOML, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def reported(folder: Path, no: tuple[str, ...] = (), silent: tuple[str, ...] = ()) -> Statement:
    """All 290 say yes but for the codes given."""
    rows = (folder.parents[1] / "municipalities.csv").read_text(encoding="utf-8").splitlines()[1:]
    codes = [row.split(",")[0] for row in rows]
    lines = ["code,decided_on,received_on,registered_on,decision"]
    lines += [
        f"{code},2019-06-01,2019-06-02,,{'no' if code in no else 'yes'}"
        for code in codes
        if code not in silent
    ]
    (folder / "decisions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    given = load_inputs(folder.name)
    return compute_statement(given.round, given.members, given.register, given.published, DAY, DAY)


def test_stockholm_pays_the_stated_rate_until_the_ceiling_is_reached(asked: Path) -> None:
    # 1.95 × 962 154 = 1 876 200.30. All 10 230 185 at 1.95 are 19 948 860.75, above 19 500 000;
    # without Stockholm 18 072 660.45, below it.
    statement = reported(asked, no=("0180",))
    assert statement.prices.fees["0180"] == 1_876_200
    total = statement.total
    assert total.requested == 19_500_000
    # Each of 289 fees is rounded, by half a krona at most.
    assert abs(total.funded - 18_072_660) <= 145
    assert total.declined == 1_876_200
    assert total.requested == (
        total.funded + total.declined + total.unanswered_fees - total.over_ceiling
    )
    assert all(line.agrees for line in statement.reconciliation)


def test_if_all_say_yes_the_ceiling_is_shared_by_inhabitants(asked: Path) -> None:
    # 19 500 000 × 962 154 / 10 230 185 = 1 833 984.72.
    statement = reported(asked)
    assert statement.total.funded == 19_500_000
    by_code = statement.answers.set_index("code")["secured"]
    assert by_code["0180"] == 1_833_985
    assert statement.by_year == dict.fromkeys((2020, 2021, 2022, 2023), 19_500_000)
    assert statement.funded_all_years == 78_000_000


def test_a_yes_of_the_last_large_member_is_cut_at_the_ceiling(asked: Path) -> None:
    # Of Stockholm's 1 876 200, 19 500 000 − 18 072 660 ≈ 1 427 340 may still come.
    total = reported(asked, silent=("0180",)).total
    assert total.unanswered_fees == 1_876_200
    assert total.possible == 19_500_000 - total.funded
    assert abs(total.possible - 1_427_340) <= 145


def test_check_finds_nothing_that_differs(asked: Path) -> None:
    reported(asked)
    assert review_register("kunskapsstyrning-2019").problems == []
