"""What docs/reference/round.md shows of round.toml and published.toml is read as it stands."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from helpers.data.round.round_inputs import load_inputs
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import (
    AnswerRules,
    BoardSettings,
    InvoicingSettings,
    LetterSettings,
)
from support.new_rounds import create_round

PAGE = "docs/reference/round.md"


def blocks(project: Path, heading: str) -> list[str]:
    """The examples in TOML of a section, in order."""
    text = (project / PAGE).read_text(encoding="utf-8")
    section = re.split(r"(?m)^#+ ", text.partition(f"{heading}\n")[2])[0]
    found = re.findall(r"(?s)```toml\n(.*?)```", section)
    assert found, heading
    return found


def test_what_a_round_may_also_state_is_read_as_the_page_has_it(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "rounds").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    folder = create_round("prov", date(2026, 1, 10), own_members=True)
    tables, top = blocks(project, "### What a round may also state")
    [published] = blocks(project, "## `published.toml`")
    path = folder / "round.toml"
    text = path.read_text(encoding="utf-8").replace("[title]", f"{top}\n[title]", 1)
    path.write_text(f"{text}\n{tables}", encoding="utf-8")
    (folder / "published.toml").write_text(published, encoding="utf-8")
    members = "code,name,weight,county\n0001,Alm,1,Norra\n"  # a threshold is for every county
    (folder / "members.csv").write_text(members, encoding="utf-8")
    given = load_inputs("prov")
    assert [entry.figure for entry in given.published] == ["yes"]
    assert given.round.members_on == date(2026, 1, 10)
    stated = given.round.model_fields_set
    # The page shows these in other sections, or the settings have pages of their own.
    elsewhere = {"contingency", "words", "member", "brand", "register_settings"}
    filled_in = {"requested_of_years", "counted_year", "requested_as_stated"}
    assert set(Round.model_fields) - stated - elsewhere <= filled_in


@pytest.mark.parametrize(
    "settings", [AnswerRules, BoardSettings, InvoicingSettings, LetterSettings]
)
def test_every_setting_is_on_the_page_or_that_of_invoices(
    project: Path, settings: type[AnswerRules]
) -> None:
    text = "".join(
        (project / page).read_text(encoding="utf-8")
        for page in (PAGE, "docs/reference/invoices.md")
    )
    assert [name for name in settings.model_fields if not re.search(rf"\b{name}\b", text)] == []
