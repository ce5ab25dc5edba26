"""The optional files of a round are hashed and archived too, their known columns alone."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from helpers.data.round.round_inputs import load_inputs

PAYMENTS = (
    "code,contact,year,invoiced_on,amount,paid_on,paid\n0180,Kim Hemlig,2017,2017-03-20,5,,\n"
)
INVOICING = "code,organisation_number,buyer_reference,phone\n0180,212000-0142,R1,070-000\n"


@pytest.fixture
def folder(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped round in a project of its own, which is where we stand."""
    shutil.copytree(project / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "rounds" / "skl-2016"


def test_a_round_without_them_has_neither(folder: Path) -> None:
    inputs = load_inputs("skl-2016")
    assert inputs.payments is None
    assert inputs.invoicing.empty
    assert not {"payments", "invoicing"} & set(inputs.hashes())
    assert not {"payments.csv", "invoicing.csv"} & set(inputs.archived_texts())


def test_they_are_hashed_as_they_are_and_archived_without_strangers(folder: Path) -> None:
    (folder / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    (folder / "invoicing.csv").write_text(INVOICING, encoding="utf-8")
    inputs = load_inputs("skl-2016")
    assert inputs.hashes()["payments"] == {
        "file": "payments.csv",
        "sha256": sha256(PAYMENTS.encode()).hexdigest(),
    }
    kept = inputs.archived_texts()
    assert kept["payments.csv"] == (
        "code,year,invoiced_on,amount,paid_on,paid\n0180,2017,2017-03-20,5,,\n"
    )
    assert kept["invoicing.csv"] == (
        "code,organisation_number,buyer_reference\n0180,212000-0142,R1\n"
    )
    for name in ("payments.csv", "invoicing.csv"):  # what is archived can be read again
        (folder / name).write_text(kept[name], encoding="utf-8")
    again = load_inputs("skl-2016")
    assert again.payments is not None
    assert inputs.payments is not None
    assert again.payments.equals(inputs.payments)
    assert again.invoicing.equals(inputs.invoicing)
