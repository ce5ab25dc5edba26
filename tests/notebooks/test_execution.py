from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from helpers.errors import NotebookError, ReportError
from helpers.notebooks import execution
from helpers.notebooks.execution import cell_time_limit, run_keeping_failure
from helpers.system.environment import CELL_SECONDS_VARIABLE


def write(folder: Path, *sources: str) -> Path:
    cells = [new_code_cell("x = 0", metadata={"tags": ["parameters"]}, id="parameters")]
    cells += [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / "small.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata=spec), path)
    return path


def test_a_notebook_is_run_with_its_parameters(tmp_path: Path) -> None:
    executed = run_keeping_failure(
        write(tmp_path, "x * 2"), {"x": 21}, "out.ipynb", tmp_path / "failed"
    )
    assert executed.cells[-1].outputs[0].data["text/plain"] == "42"
    assert not (tmp_path / "failed").exists()


def test_only_timings_differ_between_runs(tmp_path: Path) -> None:
    path = write(tmp_path, "x")
    first, second = (
        run_keeping_failure(path, {"x": 1}, "out.ipynb", tmp_path / "f") for _ in range(2)
    )
    assert without_timings(first) == without_timings(second)
    assert str(tmp_path) not in nbformat.writes(first)
    assert first.metadata.papermill.output_path == "out.ipynb"


def without_timings(executed: NotebookNode) -> NotebookNode:
    plain: NotebookNode = nbformat.from_dict(executed)
    for holder in (plain, *plain.cells):
        metadata = holder.metadata.get("papermill", {})
        for name in ("start_time", "end_time", "duration"):
            metadata.pop(name, None)
        holder.metadata.pop("execution", None)
    return plain


def test_nothing_is_printed_where_stderr_is_not_a_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run_keeping_failure(write(tmp_path, "x"), {}, "out.ipynb", tmp_path / "f")
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_a_failed_notebook_is_kept_and_named(tmp_path: Path) -> None:
    path = write(tmp_path, "1 / x")
    with pytest.raises(NotebookError, match="ZeroDivisionError: division by zero") as caught:
        run_keeping_failure(path, {"x": 0}, "out.ipynb", tmp_path / "failed")
    kept = tmp_path / "failed" / "out.ipynb"
    assert str(kept) in str(caught.value)
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")
    assert "\n" not in str(caught.value)


def test_a_cell_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "DEFAULT_CELL_SECONDS", 1)
    path = write(tmp_path, "import time; time.sleep(60)")
    with pytest.raises(NotebookError, match=r"small\.ipynb stopped"):
        run_keeping_failure(path, {}, "out.ipynb", tmp_path / "failed")


@pytest.mark.parametrize("setting", ["junk", "0", "-1", "1.5", "1_000", "٣", "1000000"])
def test_an_invalid_cell_time_limit_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(CELL_SECONDS_VARIABLE, setting)
    with pytest.raises(ReportError, match=f"CELL_SECONDS is '{setting}'. Set it to whole seconds"):
        run_keeping_failure(write(tmp_path, "x"), {}, "out.ipynb", tmp_path / "failed")
    assert not (tmp_path / "failed").exists()


@pytest.mark.parametrize(("setting", "seconds"), [(" 07 ", 7), ("", 300), ("999999", 999_999)])
def test_a_limit_is_whole_seconds(
    monkeypatch: pytest.MonkeyPatch, setting: str, seconds: int
) -> None:
    monkeypatch.setenv(CELL_SECONDS_VARIABLE, setting)
    assert cell_time_limit() == seconds


def test_a_kernel_that_dies_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path, "import os; os._exit(7)")
    with pytest.raises(NotebookError, match=r"small\.ipynb stopped"):
        run_keeping_failure(path, {}, "out.ipynb", tmp_path / "failed")
