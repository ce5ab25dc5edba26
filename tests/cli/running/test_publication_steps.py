"""What a command states of a release that it did not have to make again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.cli.running.publication_steps import prepare_delivery, report_outcome
from helpers.errors import EXIT_DIFFERENCE, MismatchError
from helpers.releases.listing import unchanged
from support.release_folders import put


def replaced_by_a_link(release: Path) -> None:
    page = release / "page.html"
    page.rename(release.parents[2] / "elsewhere.html")
    page.symlink_to(release.parents[2] / "elsewhere.html")


def a_folder_more(release: Path) -> None:
    (release / "empty").mkdir()


def another_run_json(release: Path) -> None:
    run = release / "run.json"
    run.write_text(run.read_text(encoding="utf-8").replace("false", "true"), encoding="utf-8")
    (release.parents[1] / "releases.sha256").write_text(f"{'0' * 64}  a/{release.name}/run.json\n")


def test_an_unchanged_release_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report_outcome(put(tmp_path / "reports", "2026-03-01"), new=False, what="this report was")
    assert "Nothing has changed since this report was made." in capsys.readouterr().err


@pytest.mark.parametrize("change", [replaced_by_a_link, a_folder_more, another_run_json])
def test_a_release_that_was_changed_is_not_called_unchanged(
    tmp_path: Path, change: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    release = put(tmp_path / "reports", "2026-03-01")
    change(release)
    with pytest.raises(MismatchError, match="was changed after it was made") as caught:
        report_outcome(release, new=False, what="this report was")
    assert caught.value.exit_code == EXIT_DIFFERENCE == 4
    assert "Nothing has changed" not in capsys.readouterr().err


@pytest.mark.parametrize("compared", [True, False])
def test_a_release_that_was_just_compared_with_its_hashes_is_not_compared_again(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compared: bool
) -> None:
    comparisons: list[Path] = []
    monkeypatch.setattr(unchanged, "find_change", comparisons.append)  # which finds no change
    copies = tmp_path / "copies"
    copies.mkdir()
    finish = prepare_delivery(draft=False, reports=tmp_path / "reports", publish_to=(str(copies),))
    finish(release, compared)
    assert list(copies.iterdir())
    assert comparisons == ([] if compared else [release])
