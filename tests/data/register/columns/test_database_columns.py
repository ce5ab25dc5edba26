"""Columns of a database's table that are not read are looked into as those of a file are."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pandas as pd

from helpers.data.readers.table_reader import read_table
from helpers.data.register.register_loader import ExaminedRegister, examine_table
from helpers.model.funding_round import Round
from helpers.model.settings.register_settings import RegisterSettings


def examine(
    path: Path, column: str, value: str | None, members: pd.DataFrame, round_: Round
) -> ExaminedRegister:
    with contextlib.closing(sqlite3.connect(path)) as base, base:
        base.execute(
            f'CREATE TABLE decisions (code, decision, decided_on, received_on, "{column}")'
        )
        base.execute(
            "INSERT INTO decisions VALUES ('0001', 'ja', '2016-09-15', '2016-09-20', ?)", [value]
        )
    settings = round_.register_settings
    return examine_table(read_table(f"sqlite:///{path}", settings=settings), members, round_)


def test_a_second_answer_is_an_error_until_the_round_says_what_it_is(
    tmp_path: Path, five_members: pd.DataFrame, five_round: Round
) -> None:
    found = examine(tmp_path / "a.db", "Ändrat_svar", "Nej", five_members, five_round)
    [error] = found.errors
    assert error.what == "the column 'Ändrat_svar' seems to hold answers, and is not read."
    ignoring = RegisterSettings(columns={"Ändrat_svar": "ignore"})
    stated = five_round.model_copy(update={"register_settings": ignoring})
    found = examine(tmp_path / "b.db", "Ändrat_svar", "Nej", five_members, stated)
    assert found.errors == []
    assert found.register.table.unread == ("Ändrat_svar",)


def test_a_blank_column_and_a_telephone_number_are_not_read(
    tmp_path: Path, five_members: pd.DataFrame, five_round: Round
) -> None:
    for name, column, value in (("a.db", "Återtaget", None), ("b.db", "Telefon", "08-1")):
        found = examine(tmp_path / name, column, value, five_members, five_round)
        assert found.errors == []
        assert found.register.table.unread == (column,)
        assert f"Columns not used: {column}." in found.register.table.notes
