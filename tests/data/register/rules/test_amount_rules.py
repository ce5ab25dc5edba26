"""The columns of amounts: what is read, and what `check` names with its row and column."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import pytest

from helpers.data.readers.table_reader import read_table
from helpers.data.register.register_loader import examine_table
from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_round
from helpers.errors import DataError
from helpers.model.answer_register import Register
from support.appeal_round import HEADING, write_answers, write_appeal

Places: TypeAlias = list[tuple[int | None, str | None]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return write_appeal(tmp_path, monkeypatch)


def examined(folder: Path, *lines: str, heading: str = HEADING) -> tuple[Register, Places]:
    write_answers(folder, *lines, heading=heading)
    round_ = load_round(folder)
    read = read_table(str(folder / "decisions.csv"), settings=round_.register_settings)
    found = examine_table(read, load_members(folder, round_), round_)
    return found.register, [(one.row, one.column) for one in found.errors]


def cells(register: Register) -> list[tuple[str, ...]]:
    columns = ["code", "decision", "amount", "currency", "confirmed"]
    return list(register.rows[columns].itertuples(index=False, name=None))


def test_amounts_are_read_exactly(folder: Path) -> None:
    register, errors = examined(
        folder,
        "A,2026-03-03,2026-03-04,yes,300 000,,yes,",
        'B,2026-03-03,2026-03-05,ja,"10000,50",eur,"0,50",',
        "C,2026-03-03,2026-03-05,,1000000,JPY,nej,",
        "D,2026-03-04,2026-03-07,no,0,,-,",
    )
    assert errors == []
    assert cells(register) == [
        ("A", "yes", "300000", "", "300000"),
        ("B", "yes", "10000.5", "EUR", "0.5"),
        ("C", "yes", "1000000", "JPY", ""),  # an amount without an answer is a yes
        ("D", "no", "", "", ""),  # nothing, as a dash and a 0 are in every column
    ]


def test_every_mistake_is_named_with_row_and_column(folder: Path) -> None:
    _, errors = examined(
        folder,
        "A,2026-03-03,2026-03-04,yes,,,,",
        "B,2026-03-03,2026-03-04,yes,much,,,",
        "C,2026-03-03,2026-03-04,yes,1.234,,,",  # one thousand, or a little more than one
        "D,2026-03-03,2026-03-04,no,500,,,",
        "E,2026-03-03,2026-03-04,yes,500,GBP,,",
        "F,2026-03-03,2026-03-04,yes,500,,501,",
        "G,2026-03-03,2026-03-04,yes,500.5,JPY,some,",  # yen have no decimals
        "A,2026-03-04,2026-03-05,yes,-5,,,",
    )
    assert errors == [
        (2, "amount"),
        (3, "amount"),
        (4, "amount"),
        (5, "amount"),
        (6, "currency"),
        (7, "confirmed"),
        (8, "amount"),
        (8, "confirmed"),
        (9, "amount"),
    ]


def test_three_decimals_are_never_guessed(folder: Path) -> None:
    path = folder / "round.toml"
    path.write_text(path.read_text("utf-8").replace("rates.JPY", "rates.KWD"), "utf-8")
    register, errors = examined(
        folder,
        "A,2026-03-03,2026-03-04,yes,1.2340,KWD,,",
        "B,2026-03-03,2026-03-04,yes,1.234,KWD,,",  # a dinar and a little, or a thousand
    )
    assert register.rows["amount"].tolist() == ["1.2340", "1.234"]
    assert errors == [(3, "amount")]


def test_a_list_of_amounts_needs_no_column_of_answers(folder: Path) -> None:
    register, errors = examined(
        folder,
        "Alm,2026-03-03,5000",
        "Berg,,",
        heading="Namn,Inkom,Utfäst belopp",
    )
    assert errors == []
    assert cells(register) == [("A", "yes", "5000", "", "")]


def test_a_row_with_an_amount_is_never_left_out_as_unanswered(folder: Path) -> None:
    _, errors = examined(folder, "A,,,,5000,,,")
    assert {column for _, column in errors} == {"decided_on", "received_on"}


@pytest.mark.parametrize(
    "line", ["A,,,Ej svar,5000,,,", "A,2026-03-03,2026-03-04,Ej svar,5000,,,", "A,,,Ej svar,,,7,"]
)
def test_a_row_that_is_declared_unanswered_and_has_an_amount_is_named(
    folder: Path, line: str
) -> None:
    declare_unanswered(folder, "Ej svar")
    texts = messages(folder, line)
    assert texts[0].endswith(
        "column decision: 'Ej svar' states that there is no answer, and the row states an amount. "
        "Write yes (ja) as the answer, or leave amount and confirmed blank."
    )
    assert len(texts) == 1


def test_a_row_that_is_declared_unanswered_without_money_is_left_out(folder: Path) -> None:
    declare_unanswered(folder, "Ej svar")
    register, errors = examined(folder, "A,,,Ej svar,0,,nej,", "B,,,Ej svar,-,,,")
    assert (errors, len(register.rows)) == ([], 0)


@pytest.mark.parametrize("confirmed", ["5000", "yes"])
def test_a_row_with_only_a_confirmed_amount_is_named(folder: Path, confirmed: str) -> None:
    _, errors = examined(folder, f"A,,,,,,{confirmed},")
    assert (2, "decision") in errors


@pytest.mark.parametrize(
    ("cells_", "what"),
    [
        ("yes,1.234,,yes,", "amount: '1.234' may have three decimals, or be in thousands."),
        ("no,1.234,,,", "amount: '1.234' may have three decimals, or be in thousands."),
        ("yes,12.345678,,,", "amount: '12.345678' has more decimals than the currency."),
        ("yes,-5,,,", "amount: '-5' is below zero."),
        (",1.5 million,,,", "amount: '1.5 million' is not an amount of money."),
        ("yes,1 234 567 890 123,,,", "amount: '1 234 567 890 123' is too large an amount."),
        ("yes,5,kr,,", "currency: 'kr' is not a currency. Write its code, one of these: SEK"),
        ("yes,5,usd,,", "or state the rate under [pricing.rates.USD]."),
        ("yes,,,5000,", "amount: A yes states no amount."),
        ("yes,,,yes,", "amount: A yes states no amount."),
        ("no,,,5000,", "confirmed: '5000' is more than the amount that is pledged."),
        ("yes,many,,,", "amount: 'many' is not an amount of money."),
        ("yes,999999999999,EUR,,", None),
        ("yes,5,,many,", "confirmed: 'many' is not an amount of money."),
    ],
)
def test_each_mistake_is_named_once(folder: Path, cells_: str, what: str | None) -> None:
    texts = messages(folder, f"A,2026-03-03,2026-03-04,{cells_}")
    assert len(texts) == (what is not None)
    assert what is None or what in texts[0]


@pytest.mark.parametrize("amount", ["999999999999", "999999999999.50"])
@pytest.mark.parametrize("confirmed", ["", "yes"])
def test_an_amount_beyond_exact_sums_is_too_large(
    folder: Path, amount: str, confirmed: str
) -> None:
    path = folder / "round.toml"
    path.write_text(path.read_text("utf-8").replace('"11.2345"', '"1123.45"'), "utf-8")
    [text] = messages(folder, f"A,2026-03-03,2026-03-04,yes,{amount},EUR,{confirmed},")
    assert f"column amount: '{amount}' is too large an amount." in text


def declare_unanswered(folder: Path, word: str) -> None:
    path = folder / "round.toml"
    text = f'{path.read_text("utf-8")}\n[register.answers]\n"{word}" = "unanswered"\n'
    path.write_text(text, "utf-8")


def messages(folder: Path, *lines: str) -> list[str]:
    write_answers(folder, *lines)
    round_ = load_round(folder)
    read = read_table(str(folder / "decisions.csv"), settings=round_.register_settings)
    return [str(one) for one in examine_table(read, load_members(folder, round_), round_).errors]


def test_a_round_of_fees_reads_no_amounts(folder: Path) -> None:
    text = (folder / "round.toml").read_text(encoding="utf-8").partition("[pricing]")[0]
    fees = text + '[pricing]\nrule = "by-weight"\n[register.columns]\nSumma = "amount"\n'
    (folder / "round.toml").write_text(fees, encoding="utf-8")
    with pytest.raises(DataError, match=r"names 'Summa' as \"amount\""):
        load_round(folder)
