"""Several runs at once, and a clock that goes back."""

from pathlib import Path

from support.command_server import Ready
from support.release_folders import content, hidden, listed

FOLDER = Path("reports/few")
DAYS = [f"2026-03-{day:02}" for day in range(1, 9)]


def test_eight_runs_of_the_same_report_at_once_make_one_release(
    board_project: Path, ready: Ready
) -> None:
    asked = ("board", "few", "--as-of", "2026-03-01")
    (board_project / "slow.txt").write_text("0.5")
    runs = [ready.start(board_project, *asked) for _ in range(8)]
    codes = [ready.wait(pid) for pid in runs]
    assert codes.count(0) >= 1
    assert set(codes) <= {0, 5}
    assert 5 in codes
    refused = ready.said(runs[codes.index(5)], "err")
    assert refused == (
        "funding-report: Another run is making few. Wait for it, and run this again.\n"
    )
    assert listed(FOLDER) == ["2026-03-01"]
    assert hidden(FOLDER) == []
    again = ready.run(board_project, *asked)
    assert again[0] == 0
    assert again[2].startswith(
        "Nothing has changed since this report was made.\nSHA-256 of run.json: "
    )


def test_eight_days_at_once_are_all_made_in_the_end(board_project: Path, ready: Ready) -> None:
    """One at a time: those that met the lock are to be asked again."""
    left, rounds = list(DAYS), 0
    while left:
        runs = {day: ready.start(board_project, "board", "few", "--as-of", day) for day in left}
        codes = {day: ready.wait(pid) for day, pid in runs.items()}
        assert set(codes.values()) <= {0, 5}
        assert 0 in codes.values()
        left, rounds = [day for day, code in codes.items() if code == 5], rounds + 1
        assert len(listed(FOLDER)) == 8 - len(left)
        assert rounds <= 8
    assert listed(FOLDER) == DAYS
    assert hidden(FOLDER) == []


def test_each_round_has_a_separate_lock(board_project: Path, ready: Ready) -> None:
    assert (
        ready.run(
            board_project, "new-round", "other", "--own-members", "--begins-on", "2026-01-10"
        )[0]
        == 0
    )
    (board_project / "slow.txt").write_text("1")
    runs = [
        ready.start(board_project, "board", name, "--as-of", "2026-03-01")
        for name in ("few", "other")
    ]
    assert [ready.wait(pid) for pid in runs] == [0, 0]


def test_a_clock_set_back_does_no_harm(board_project: Path, ready: Ready) -> None:
    """Today is the day in Sweden: 23:30 in London on 9 March is 10 March there."""
    asked = ("board", "few", "--as-of", "today")
    assert ready.run(board_project, *asked, now="2026-03-10T00:30:00+01:00")[0] == 0
    assert listed(FOLDER) == ["2026-03-10"]
    kept = content(FOLDER, "2026-03-10")
    assert ready.run(board_project, *asked, now="2026-03-02T12:00:00+01:00")[0] == 0
    assert listed(FOLDER) == ["2026-03-02", "2026-03-10"]
    code, _, err = ready.run(board_project, *asked, now="1970-01-01T01:00:00+01:00")
    assert (code, "before the round few began on 2026-01-10" in err) == (1, True)
    assert ready.run(board_project, *asked, now="2026-03-10T08:00:00+01:00")[0] == 0
    # A second one of that day: there is an earlier report now to tell what has changed since.
    assert listed(FOLDER) == ["2026-03-02", "2026-03-10", "2026-03-10.2"]
    assert content(FOLDER, "2026-03-10") == kept
