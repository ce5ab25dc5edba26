"""A fund's published accounts: agreed contributions, payments and what is outstanding, by state.

Source: third meeting of the Parties to the Montreal Protocol (Nairobi, 1991), annex III, "Status of
contributions by Parties towards the Montreal Protocol Trust Fund for 1990 and 1991", the year 1991,
in US dollars: the parties from Argentina to Japan that had a contribution to pay.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpers.report.board_report import BoardReport
from support.new_rounds import create_round
from support.optional_values import present

# Agreed, paid and outstanding; below zero where more was paid than agreed.
ACCOUNTS = {
    "Argentina": (15_806, 0, 15_806),
    "Australia": (41_195, 16_790, 24_405),
    "Austria": (19_417, 7_945, 11_472),
    "Belgium": (30_699, 0, 30_699),
    "Brazil": (38_046, 0, 38_046),
    "Bulgaria": (3_444, 0, 3_444),
    "Byelorussian S.S.R.": (8_659, 0, 8_659),
    "Canada": (81_077, 0, 81_077),
    "Czechoslovakia": (17_318, 0, 17_318),
    "Denmark": (18_105, 0, 18_105),
    "Finland": (13_382, 5_584, 7_798),
    "France": (163_991, 68_357, 95_634),
    "Germany, F.R.": (245_593, 173_464, 72_129),
    "Greece": (10_495, 3_774, 6_721),
    "Iran": (16_525, 0, 16_525),
    "Ireland": (4_723, 6_833, -2_110),
    "Italy": (104_692, 0, 104_692),
    "Japan": (298_595, 124_432, 174_163),
}
CODES = {name: f"{number:04}" for number, name in enumerate(ACCOUNTS, start=1)}
DAY = date(1991, 6, 19)


@pytest.fixture
def fund(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The round's folder: listed fees in dollars, every party invoiced, no answers yet."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/rounds").mkdir(parents=True)
    create_round("fund", date(1991, 1, 1), own_members=True)
    folder = tmp_path / "data/rounds/fund"
    (folder / "round.toml").write_text(ROUND, encoding="utf-8")
    rows = [f'{CODES[name]},"{name}",{agreed}' for name, (agreed, _, _) in ACCOUNTS.items()]
    (folder / "members.csv").write_text("\n".join(["code,name,fee", *rows]) + "\n", "utf-8")
    accounts = [
        f"{CODES[name]},1991,1991-01-10,{agreed},{DAY if paid else ''},{paid or ''}"
        for name, (agreed, paid, _) in ACCOUNTS.items()
    ]
    heading = "code,year,invoiced_on,amount,paid_on,paid"
    (folder / "payments.csv").write_text("\n".join([heading, *accounts]) + "\n", "utf-8")
    (folder / "decisions.csv").write_text("code,decided_on,received_on,decision\n", "utf-8")
    return folder


ROUND = """
name = "fund"
currency = "USD"
years = [1991]
recommended_on = 1991-01-01
members = "members.csv"
languages = ["en"]
reconstructed = false
[title]
en = "Trust Fund"
[organiser]
short = "UNEP"
name = "UNEP"
[pricing]
rule = "annex"
"""


def test_before_any_yes_all_that_is_paid_is_paid_without_one(fund: Path) -> None:
    report = BoardReport.load(round="fund", as_of=str(DAY), language="en")
    ledger = present(report.receivables)
    # 16 790 + 7 945 + 5 584 + 68 357 + 173 464 + 3 774 + 6 833 + 124 432, of eight parties.
    assert ledger.all_years.paid_without_yes == 1000 * 407_179
    assert (ledger.all_years.paid_net, ledger.all_years.overpaid) == (0, 0)
    assert ledger.counts.without_yes == 8
    page = report.answer().plain.replace("\u00a0", " ")
    assert page.startswith("Nothing is secured of USD 1.1 million")
    assert "have paid USD 407,179 in total without a yes for the year." in page


def test_with_every_yes_each_party_owes_what_the_accounts_say(fund: Path) -> None:
    said = [f"{code},1991-02-01,1991-02-01,yes" for code in CODES.values()]
    heading = "code,decided_on,received_on,decision"
    (fund / "decisions.csv").write_text("\n".join([heading, *said]) + "\n", "utf-8")
    report = BoardReport.load(round="fund", as_of=str(DAY), language="en")
    ledger = present(report.receivables)
    owed = {p.name: p.outstanding_net for p in ledger.positions}
    assert owed == {name: 1000 * outstanding for name, (_, _, outstanding) in ACCOUNTS.items()}
    # Ireland alone has paid more than everything, seven a part, ten nothing.
    counts = ledger.counts
    assert (counts.settled, counts.overpaid, counts.part, counts.nothing) == (0, 1, 7, 10)
    # 1 131 762 agreed; 407 179 paid, 2 110 of it too much.
    assert (ledger.all_years.secured, ledger.all_years.paid_net) == (1_131_762_000, 405_069_000)
    assert report.invoice_basis.rows == []
