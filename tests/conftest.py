"""Fixtures shared by the tests of data and funding: the shipped round, and one made up by hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from helpers.data.register.register_corrections import RegisterCorrection
from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_published, load_round
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.published_figure import PublishedFigure
from support.loaded_register import load_register

# A PostgreSQL server, the shipped round's documents and a real browser, where they are needed; and
# `funding-report` without its start.
pytest_plugins = [
    "support.postgres_server",
    "support.board_documents",
    "support.chromium",
    "support.delivery_servers",
    "support.pseudo_language",
    "support.signing_keys",
    "support.small_project",
    "support.command_server",
    "support.xdist_order",
    "support.marker_rules",
]

# The tests read messages in English, whatever the locale of the person who runs them.
os.environ["LC_ALL"] = "C.UTF-8"

# How long one example takes says more of the machine than of the code; and processes that share
# the tests out would write their findings into one folder.
settings.register_profile("ours", deadline=None)
settings.register_profile("shared out", settings.get_profile("ours"), database=None)
settings.load_profile("shared out" if "PYTEST_XDIST_WORKER" in os.environ else "ours")

ROOT = Path(__file__).resolve().parents[1]
BEGINS_ON = date(2016, 6, 10)
HEADING = "code,decided_on,received_on,registered_on,decision"


@pytest.fixture(scope="session")
def project() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shipped_folder(project: Path) -> Path:
    return project / "data" / "rounds" / "skl-2016"


@pytest.fixture(scope="session")
def shipped_round(shipped_folder: Path) -> Round:
    return load_round(shipped_folder)


@pytest.fixture(scope="session")
def shipped_members(shipped_folder: Path, shipped_round: Round) -> pd.DataFrame:
    return load_members(shipped_folder, shipped_round)


@pytest.fixture(scope="session")
def shipped_register(
    shipped_folder: Path, shipped_round: Round, shipped_members: pd.DataFrame
) -> Register:
    return load_register(shipped_folder / "decisions.csv", shipped_members, shipped_round)


@pytest.fixture(scope="session")
def shipped_published(shipped_folder: Path) -> list[PublishedFigure]:
    return load_published(shipped_folder)


@pytest.fixture(scope="session")
def shipped_on(
    shipped_round: Round,
    shipped_members: pd.DataFrame,
    shipped_register: Register,
    shipped_published: list[PublishedFigure],
) -> Callable[[date, date], Statement]:
    """Asks for the shipped round's statement: as of a day, as known on a day."""
    parts = (shipped_round, shipped_members, shipped_register, shipped_published)
    return lambda as_of, known_on: compute_statement(*parts, as_of, known_on)


@pytest.fixture(scope="session")
def five_members() -> pd.DataFrame:
    """Five members, 20 000 inhabitants; the last one alone is above the rebate's 8 000."""
    rows = [
        ("0001", "Alm", "Norra län", "A1", 1_000),
        ("0002", "Berg", "Norra län", "B3", 2_000),
        ("0003", "Dal", "Norra län", "A1", 3_000),
        ("0004", "Ek", "Södra län", "B3", 4_000),
        ("0005", "Fors", "Södra län", "B3", 10_000),
    ]
    return pd.DataFrame(rows, columns=["code", "name", "county", "group", "population"])


@pytest.fixture(scope="session")
def five_round() -> Round:
    """1 900 a year; weights 1 000, 2 000, 3 000, 4 000, 9 000: fees 100, 200, 300, 400, 900."""
    return Round.model_validate(
        {
            "name": "five-2016",
            "title": {"sv": "Fem"},
            "organiser": {"short": "F", "name": "Förbundet"},
            "currency": "SEK",
            "requested": 1_900,
            "years": [2017, 2018],
            "recommended_on": BEGINS_ON,
            "members": "members.csv",
            "languages": ["sv"],
            "reconstructed": False,
            "pricing": {
                "rule": "membership-fee",
                "population_year": 2015,
                "rebate_above": 8_000,
                "rebate_percent": 10,
            },
        }
    )


@pytest.fixture(scope="session")
def register_of(
    tmp_path_factory: pytest.TempPathFactory, five_members: pd.DataFrame, five_round: Round
) -> Callable[..., Register]:
    """Makes a register of CSV lines, read as the real one is; the members are the five.

    Corrections are dictionaries, as they stand in corrections.toml.
    """
    folder, numbers = tmp_path_factory.mktemp("registers"), count()

    def make(
        *lines: str, heading: str = HEADING, corrections: Sequence[dict[str, object]] = ()
    ) -> Register:
        path = folder / f"decisions-{next(numbers)}.csv"
        path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
        entries = [RegisterCorrection.model_validate(entry) for entry in corrections]
        return load_register(path, five_members, five_round, entries)

    return make


@pytest.fixture(scope="session")
def as_line() -> Callable[..., str]:
    """Makes a line of a register out of a member's last digit and numbers of days.

    The days are from the round's first day until the answer is decided, from then until it is
    received, and from then until it is registered.
    """

    def make(digit: int, decided: int, lag: int, late: int, decision: str) -> str:
        decided_on = BEGINS_ON + timedelta(days=decided)
        received_on = decided_on + timedelta(days=lag)
        registered_on = received_on + timedelta(days=late)
        return f"000{digit},{decided_on},{received_on},{registered_on},{decision}"

    return make
