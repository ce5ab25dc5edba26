"""What a release archived is read back as it was, under the names and row numbers it had."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.data.round.archived_inputs import (
    PREVIOUS_RELEASE_FILE,
    archived_release_folder,
    expand_row_ranges,
    load_archived_round,
    load_previous_release,
    read_archived_previous_release,
    read_release_json,
    to_row_ranges,
)
from helpers.data.round.round_config import load_round
from helpers.data.round.round_inputs import input_paths, load_inputs
from helpers.errors import DataError, ReportError
from helpers.model.previous_release import PreviousAnswer

REGISTER = """\
code,decided_on,received_on,decision
0001,2026-01-15,2026-01-20,yes

0002,2026-02-10,2026-02-12,no
"""  # rows 2 and 4: a blank line is no row
FIGURES = {
    "as_of": "2026-02-01", "known_on": "2026-02-01", "answered": 1, "yes": 1, "no": 0,
    "funded": 20_000, "corrected": [],
    "member_list": [{"code": "0001", "decision": "yes", "secured": 20_000, "fee": 20_000}],
}  # fmt: skip


def as_json(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """The folder of a release with figures.json alone."""
    return as_json(tmp_path / "2026-02-01" / "figures.json", FIGURES).parent


@pytest.fixture
def release(small_project: Path, earlier: Path) -> Path:
    """A release of the round "few", whose register was svar.csv, in place of an earlier one."""
    (small_project / "svar.csv").write_text(REGISTER, encoding="utf-8")
    inputs = load_inputs("few", "svar.csv", replaces=str(earlier))
    folder = small_project / "release"
    (folder / "inputs").mkdir(parents=True)
    for name, text in inputs.archived_texts().items():
        (folder / "inputs" / name).write_bytes(text.encode())
    ranges = to_row_ranges(inputs.register.rows.index)
    as_json(folder / "run.json", {"inputs": inputs.hashes(), "register_rows": ranges})
    return folder


def test_a_key_that_rounds_no_longer_have_is_still_read_from_a_release(
    release: Path, small_project: Path
) -> None:
    event = (
        '\n[[events]]\nkind = "question"\nknown_from = 2026-01-15\nassumed = true\n'
        'text.sv = "Räcker det?"\n'
    )
    own = small_project / "data/rounds/few"
    for path in (release / "inputs/round.toml", own / "round.toml"):
        path.write_text(path.read_text(encoding="utf-8") + event, encoding="utf-8")
    assert load_archived_round(release / "inputs", "few").events[-1].text == {"sv": "Räcker det?"}
    with pytest.raises(DataError, match=r"assumed: is not a known key"):
        load_round(own)


def test_rows_are_told_as_ranges_and_back() -> None:
    assert to_row_ranges([2, 3, 5, 7, 8, 9]) == [[2, 3], [5, 5], [7, 9]]
    assert to_row_ranges([]) == []
    assert list(expand_row_ranges([[2, 3], [5, 5], [7, 9]], 6)) == [2, 3, 5, 7, 8, 9]


def test_a_release_is_named_outright_or_by_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTER", "release:reports/few/2026-03-01")
    assert archived_release_folder("release:a/b") == Path("a/b")
    assert archived_release_folder("env:REGISTER") == Path("reports/few/2026-03-01")
    assert [archived_release_folder(place) for place in (None, "", "svar.csv", "env:NOTHING")] == [
        None
    ] * 4


def test_all_is_read_from_the_release_as_it_was(release: Path, small_project: Path) -> None:
    first = load_inputs("few", "svar.csv")
    (small_project / "svar.csv").unlink()
    again = load_inputs("few", f"release:{release}")
    assert again.round.model_copy(update={"members": first.round.members}) == first.round
    assert again.members.equals(first.members)
    # The blank line was no row, and the copy has none: the second answer is still row 4.
    assert again.register.rows.index.tolist() == [2, 4]
    assert again.register.rows["decision"].tolist() == ["yes", "no"]
    assert again.register.table.file == "svar.csv"
    assert again.hashes() == first.hashes()
    assert again.previous_release is not None
    assert again.previous_release.release == "2026-02-01"
    # Archived anew it is the same: what it took the place of too.
    assert again.archived_texts()["decisions.csv"] == (release / "inputs/decisions.csv").read_text(
        "utf-8"
    )
    assert again.archived_texts()[PREVIOUS_RELEASE_FILE] == (
        release / "inputs" / PREVIOUS_RELEASE_FILE
    ).read_text(encoding="utf-8")


def test_where_the_row_numbers_do_not_fit_the_copys_own_stand(release: Path) -> None:
    run = read_release_json(release / "run.json")
    as_json(release / "run.json", {**run, "register_rows": [[2, 2]]})
    assert load_inputs("few", f"release:{release}").register.rows.index.tolist() == [2, 3]


@pytest.mark.parametrize(
    "run",
    [
        {},
        {"inputs": []},
        {"inputs": {"decisions": {}}},
        {"inputs": {"decisions": {"file": "a", "sha256": "b"}}, "register_rows": [1]},
    ],
)
def test_a_run_json_without_the_register_is_an_error_with_a_remedy(
    release: Path, run: dict[str, Any]
) -> None:
    as_json(release / "run.json", run)
    with pytest.raises(ReportError, match=r"does not say what the release was made.*verify"):
        load_inputs("few", f"release:{release}")


def test_a_release_that_is_not_there_has_no_files_to_read(small_project: Path) -> None:
    assert input_paths("few", "release:gone") == [Path("gone/run.json")]


def test_the_files_that_are_read_are_named_there_or_not(release: Path) -> None:
    names = [path.name for path in input_paths("few", f"release:{release}") or []]
    assert names[0] == "run.json"
    assert names[1:] == sorted(path.name for path in (release / "inputs").iterdir())
    own = [path.name for path in input_paths("few") or []]
    assert own == [
        "round.toml",
        "published.toml",
        "corrections.toml",
        "commentary.toml",
        "members.csv",
        "contributors.csv",
        "invoicing.csv",
        "payments.csv",
        "brand.toml",
        "decisions.csv",
    ]
    assert input_paths("few", "sqlite:///register.db") is None


def test_what_a_release_said_is_read_for_the_one_that_replaces_it(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = load_previous_release(str(earlier))
    assert (said.release, said.as_of, said.known_on) == (
        "2026-02-01",
        date(2026, 2, 1),
        date(2026, 2, 1),
    )
    assert (said.answered, said.yes, said.no, said.funded) == (1, 1, 0, 20_000)
    assert said.answers == [PreviousAnswer(code="0001", decision="yes", secured=20_000)]
    assert said.corrected == []
    monkeypatch.setenv("EARLIER", str(earlier))
    assert load_previous_release("env:EARLIER") == said


@pytest.mark.parametrize("changed", [{"yes": "one"}, {"member_list": [{}]}, {"member_list": 1}])
def test_figures_of_another_kind_are_no_board_report(
    earlier: Path, changed: dict[str, Any]
) -> None:
    as_json(earlier / "figures.json", FIGURES | changed)
    with pytest.raises(ReportError, match=r"2026-02-01 are not those of a board report.*verify"):
        load_previous_release(str(earlier))


@pytest.mark.parametrize("text", ["[1]", "{", ""])
def test_what_is_no_json_object_is_told_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match=r"run\.json is not a JSON object"):
        read_release_json(tmp_path / "run.json")


def test_json_that_is_nested_too_deeply_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(ReportError, match=r"run\.json is not valid: .* nested too deeply"):
        read_release_json(tmp_path / "run.json")


def test_what_was_replaced_is_nothing_or_as_it_was_archived(tmp_path: Path) -> None:
    assert read_archived_previous_release(tmp_path / PREVIOUS_RELEASE_FILE) is None
    with pytest.raises(ReportError, match=r"replaced\.json does not say what it should"):
        read_archived_previous_release(
            as_json(tmp_path / PREVIOUS_RELEASE_FILE, {"release": "2026-02-01"})
        )
