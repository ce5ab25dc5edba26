"""Figures compared one by one, and the check that stands between a release and its place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.errors import MismatchError
from helpers.releases import recompute
from helpers.releases.figure_files import figure_files
from helpers.releases.manifest import release_manifest
from helpers.releases.recompute import (
    check_before_publishing,
    compare_figures,
    figure_hashes,
    truncate_lines,
)
from helpers.releases.storage import file_hashes
from helpers.report.board_report import BoardReport

FIGURES: dict[str, Any] = {
    "funded": 900,
    "by_year": {"2017": 900, "2018": 900},
    "share": 0.5,
    "member_list": [{"code": "0001", "fee": 100}, {"code": "0002", "fee": 200}],
    "none": None,
}


def changed(**values: Any) -> dict[str, Any]:
    return {**json.loads(json.dumps(FIGURES)), **values}


def texts(printed: Any, computed: Any) -> list[str]:
    return [one.text for one in compare_figures(printed, computed)]


def test_equal_figures_have_no_difference() -> None:
    assert texts(changed(), FIGURES) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"funded": 901}, ["funded is 901, computed 900"]),
        ({"funded": "900"}, ['funded is "900", computed 900']),
        ({"funded": True}, ["funded is true, computed 900"]),
        ({"none": 0}, ["none is 0, computed null"]),
        ({"by_year": {"2017": 900, "2018": 1}}, ["by_year.2018 is 1, computed 900"]),
        ({"by_year": {"2017": 900}}, ["by_year.2018 is missing"]),
        ({"extra": 1}, ["extra is not a figure that is computed"]),
        (
            {"member_list": [{"code": "0001", "fee": 100}, {"code": "0002", "fee": 1}]},
            ["member_list.0002.fee is 1, computed 200"],
        ),
        ({"member_list": []}, ["member_list has 0 entries, computed 2"]),
    ],
)
def test_each_figure_that_differs_is_named_by_its_path(
    values: dict[str, Any], expected: list[str]
) -> None:
    assert texts(changed(**values), FIGURES) == expected


def test_a_figure_that_is_only_computed_is_missing() -> None:
    found = list(compare_figures({"a": 1}, {"a": 1, "b": 2}))
    assert [(one.text, one.missing) for one in found] == [("b is missing", True)]


def test_a_long_list_is_cut_and_counted() -> None:
    # 20 are shown of 23.
    assert truncate_lines([str(n) for n in range(23)])[-2:] == ["19", "… and 3 more"]


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    for name, content in figure_files(FIGURES).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "page.html").write_text("page")
    return tmp_path


Check = Callable[[dict[str, Any], dict[str, Any]], None]


@pytest.fixture
def check(finished: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Check the finished release against its run.json and against what its inputs give."""

    def against(run: dict[str, Any], computed: dict[str, Any]) -> None:
        monkeypatch.setattr(recompute, "recompute_figures", lambda *_: computed)
        check_before_publishing(finished, run, figure_hashes(computed))

    return against


def test_a_release_that_agrees_with_its_inputs_is_published(finished: Path, check: Check) -> None:
    check({"outputs": file_hashes(finished)}, FIGURES)


def test_a_figure_that_its_inputs_do_not_give_blocks_a_release(
    finished: Path, check: Check
) -> None:
    run = {"outputs": file_hashes(finished)}
    with pytest.raises(MismatchError, match="funded is 900, computed 901") as caught:
        check(run, changed(funded=901))
    assert caught.value.exit_code == 4
    assert "was not published" in str(caught.value)


def test_figures_in_another_order_block_a_release(finished: Path, check: Check) -> None:
    run = {"outputs": file_hashes(finished)}
    with pytest.raises(MismatchError, match="its figures are written in another form"):
        check(run, dict(reversed(FIGURES.items())))


def test_a_file_that_changes_after_it_was_written_blocks_a_release(
    finished: Path, check: Check
) -> None:
    run = {"outputs": file_hashes(finished)}
    (finished / "page.html").write_text("other")
    with pytest.raises(MismatchError, match="a file has changed since it was written"):
        check(run, FIGURES)


@pytest.mark.usefixtures("small_project")
@pytest.mark.parametrize("most_rows", [0, 100])
def test_figures_are_recomputed_meanwhile_or_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_rows: int
) -> None:
    monkeypatch.setattr(recompute, "MOST_ROWS_MEANWHILE", most_rows)
    report = BoardReport.load(round="few", as_of="2026-03-01")
    (tmp_path / "inputs").mkdir()
    for name, content in report.inputs.archived_files().items():
        (tmp_path / "inputs" / name).write_bytes(content)
    manifest = release_manifest(report, "board-report", Path(__file__), ["sv"], {})
    with recompute.recomputed_apart(report, manifest, tmp_path) as computed:
        assert computed() == figure_hashes(report.figures)
