"""The process of a letter that runs the next one: which notebooks may, and that nothing is left."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from helpers.letters.job import LETTER_NOTEBOOKS, letter_notebook
from helpers.letters.worker import preload_round
from helpers.model.letter_kind import LetterKind
from helpers.notebooks.execution import NotebookStoppedError, run_notebook
from helpers.notebooks.fork.client import MAX_NOTEBOOKS, start_fork_server
from helpers.notebooks.letter_cells import runs_only_letter_sections

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

WriteNotebook = Callable[..., Path]
LOAD = "from helpers import MunicipalityLetter\nletter = MunicipalityLetter.load(code=code)"
PROCESS = "import os; os.getpid()"


@pytest.fixture
def write_cells(tmp_path: Path) -> WriteNotebook:
    """A function that writes cells as a notebook and returns its path."""

    def write(*sources: str) -> Path:
        cells = [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
        spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        path = tmp_path / f"{len([*tmp_path.iterdir()])}.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata=spec), path)
        return path

    return write


def run(path: Path, *, keeps: bool = True) -> NotebookNode:
    return run_notebook(path, {}, "out.ipynb", keeps_process=keeps)


def shown(executed: NotebookNode) -> str:
    return str(executed.cells[-1].outputs[0].data["text/plain"])


@pytest.mark.parametrize("kind", LETTER_NOTEBOOKS)
def test_the_notebook_of_each_kind_runs_only_sections(kind: LetterKind) -> None:
    assert runs_only_letter_sections(letter_notebook(kind))


PLAIN = [
    'code = "0180"\nknown_on = None\nfuture = False',
    LOAD,
    "letter = MunicipalityLetter.load()\nletter.fee()",
    'letter.fee(title="Avgiften", top=3)',
    '"A text."',
    "",
]
OTHERS = [
    "import os",
    "from os import environ",
    "from helpers import BoardReport",
    "from helpers import MunicipalityLetter as letter",
    "from .helpers import MunicipalityLetter",
    "MunicipalityLetter = 3",
    "letter.fee = 3",
    "a, b = 1, 2",
    "x = [1]",
    "x = letter",
    "letter = print()",
    "letter = other.load()",
    "letter.statement.fee()",
    "letter.fee().show()",
    "letter.write_text()",
    "letter.fee(1)",
    "letter.fee(title=input())",
    "letter.fee(**options)",
    "for x in y: letter.fee()",
    "%matplotlib inline",
    "!ls",
    "letter.fee?",
]


@pytest.mark.parametrize("source", PLAIN)
def test_a_section_and_a_plain_value_leave_nothing(write_cells: WriteNotebook, source: str) -> None:
    assert runs_only_letter_sections(write_cells("letter.opening()", source))


@pytest.mark.parametrize("source", OTHERS)
def test_any_other_code_may_leave_something(write_cells: WriteNotebook, source: str) -> None:
    assert not runs_only_letter_sections(write_cells("letter.opening()", source))


def test_one_process_runs_notebooks_up_to_a_number(write_cells: WriteNotebook) -> None:
    path = write_cells(PROCESS)
    first = shown(run(path, keeps=False))
    pids = [shown(run(path)) for _ in range(MAX_NOTEBOOKS + 1)]
    assert len({first, *pids}) == 3
    assert pids == [pids[0]] * MAX_NOTEBOOKS + [pids[-1]]


def test_the_next_notebook_begins_as_in_a_new_process(write_cells: WriteNotebook) -> None:
    one = run(write_cells("left = 1", "left", PROCESS))
    names = "sorted(globals()), len(In), Out, _, __, ___, _i, _ii, _iii, _ih, _oh, _dh"
    state = write_cells(names, "get_ipython().user_ns_hidden.keys() - globals()", PROCESS)
    other, fresh = run(state), run(state, keeps=False)
    assert shown(one) == shown(other) != shown(fresh)
    for cell, new in zip(other.cells[:2], fresh.cells[:2], strict=True):
        assert (cell.outputs, cell.execution_count) == (new.outputs, new.execution_count)


def test_the_folders_of_a_notebook_begin_with_its_own(
    write_cells: WriteNotebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(write_cells("1"), keeps=False)  # the fork server has been started, in this folder
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    (cell,) = run(write_cells("_dh"), keeps=False).cells
    assert cell.outputs[0]["data"]["text/plain"] == repr([tmp_path / "other"])


CHANGES = {
    "the folder": "import os; os.chdir('/')",
    "the environment": "import os; os.environ['LEFT'] = '1'",
    "the path of modules": "import sys; sys.path.append('/')",
    "a warning": "import warnings; warnings.simplefilter('ignore')",
    "a thread": "import threading, time; threading.Thread(target=time.sleep, args=(60,)).start()",
    "a stream": "import sys; sys.stdout = sys.stderr",
    "a signal": "import signal; _ = signal.signal(signal.SIGALRM, print)",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_process_that_finds_itself_changed_runs_no_other_notebook(
    write_cells: WriteNotebook, change: str
) -> None:
    kept = shown(run(write_cells(PROCESS)))
    assert shown(run(write_cells(PROCESS, CHANGES[change], PROCESS))) == kept
    assert shown(run(write_cells(PROCESS))) != kept


@pytest.mark.parametrize("end", ["1 / 0", "exit()"])
def test_a_process_whose_notebook_failed_runs_no_other(
    write_cells: WriteNotebook, end: str
) -> None:
    kept = shown(run(write_cells(PROCESS)))
    with pytest.raises(NotebookStoppedError):
        run(write_cells(end, "2"))
    assert shown(run(write_cells(PROCESS))) != kept


def test_a_kept_process_that_was_killed_is_replaced(write_cells: WriteNotebook) -> None:
    path = write_cells(PROCESS)
    kept = shown(run(path))
    os.kill(int(kept), signal.SIGKILL)
    assert shown(run(path)) != kept


def test_another_folder_another_variable_or_what_is_loaded_needs_another_process(
    write_cells: WriteNotebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_cells(PROCESS)
    pids = [shown(run(path))]
    monkeypatch.chdir(tmp_path)
    pids.append(shown(run(path)))
    monkeypatch.setenv("FUNDING_REPORT_NOTEBOOK_VARIABLES", "ADDED")
    pids.append(shown(run(path)))
    start_fork_server().preload(os.getpid)
    pids.append(shown(run(path)))
    assert len({*pids}) == 4


def test_a_letter_is_the_same_from_its_own_process_and_after_others() -> None:
    notebook = letter_notebook("feedback")
    shared = {"round": "skl-2016", "as_of": "2017-02-22", "language": "sv"}
    start_fork_server().preload(preload_round, shared, "feedback", {})

    def letter(code: str, *, keeps: bool) -> str:
        executed = run_notebook(
            notebook, {**shared, "code": code}, "out.ipynb", keeps_process=keeps
        )
        return str(nbformat.writes(executed))

    codes = ["0180", "1480", "0114", "0180"]  # two have answered yes, the others differ
    assert [letter(code, keeps=True) for code in codes] == [
        letter(code, keeps=False) for code in codes
    ]
