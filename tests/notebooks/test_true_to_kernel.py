"""Cells of analysts' notebooks under the engine "fork" and under a stock kernel: same outputs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from papermill.engines import papermill_engines

from helpers.notebooks import execution
from helpers.notebooks.engine_choice import ENGINE_VARIABLE
from helpers.notebooks.execution import NotebookStoppedError, run_notebook

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

# A kernel reads what others write to the two descriptors in a thread: a cell waits for it.
WAIT = "time.sleep(0.4)"
CELLS = [
    "%matplotlib inline\nimport matplotlib.pyplot as plt",
    "import os, subprocess, sys, time\nplt.plot([1, 2, 4]);",
    "%config InlineBackend.figure_formats = ['svg']\nplt.rcParams['svg.hashsalt'] = 'x'\n"
    "plt.rcParams['svg.fonttype'] = 'none'",
    "fig, ax = plt.subplots(figsize=(2, 1))\nplt.close(fig)\ntype(fig).__name__",
    "type(get_ipython().kernel).__name__, get_ipython().kernel.shell is get_ipython()",
    "get_ipython().kernel.execution_count, get_ipython().kernel.implementation",
    "get_ipython().run_line_magic('matplotlib', 'inline')",
    "%store -z",
    "stored = {'a': 1}\n%store stored",
    "del stored\n%store -r stored\nstored",
    "%store",
    f"print('A'); subprocess.run(['echo', 'B']); {WAIT}\n"
    f"print('C'); subprocess.run('echo D', shell=True); {WAIT}\nprint('E')",
    f"print('A'); os.system('echo B'); print('C'); os.system('echo D >&2'); {WAIT}; print('E')",
    f"subprocess.run('echo to a file that it opens > /dev/stdout', shell=True); {WAIT}",
    # One after the other: each has its pipe, and either may be read first.
    f"subprocess.run('echo out; sleep 0.6; echo error >&2', shell=True); {WAIT}",
    f"subprocess.run(['printf', 'no end of line']); {WAIT}; print(' then one')",
    f"subprocess.run(['printf', 'åäö €']); {WAIT}",
    f"print('over 64 kB'); subprocess.run('seq 20000', shell=True); {WAIT}; print('end')",
    f"print('one', end=''); _ = os.write(1, b' two '); {WAIT}; print('three')",
    # Flushed: a kernel prints what waits in its buffer in both processes.
    f"print('before', flush=True)\nif os.fork() == 0:\n    print('in a raw fork'); os._exit(0)\n"
    f"_ = os.wait(); {WAIT}; print('after')",
    "if os.fork() == 0:\n    print('flushed', flush=True); os._exit(0)\n_ = os.wait()\n"
    f"{WAIT}; print('after')",
    f"if os.fork() == 0:\n    os.write(1, b'by number\\n'); os._exit(0)\n_ = os.wait(); {WAIT}",
    "import multiprocessing\nfork = multiprocessing.get_context('fork')\n"
    "process = fork.Process(target=print, args=('in a process',))\nprocess.start()\n"
    f"process.join(); {WAIT}; print('joined')",
    "import threading\nthread = threading.Thread(target=print, args=('in a thread',))\n"
    "thread.start(); thread.join(); print('joined')",
    "print('one', flush=True); print('two', flush=True)",
    "print('out'); print('err', file=sys.stderr); print('out again')",
    "print('out'); time.sleep(0.6); print('err', file=sys.stderr); time.sleep(0.6); print('out')",
    "for n in range(3):\n    print(n); time.sleep(0.3)",
    "%%bash\necho one\necho two >&2",
    "%%capture captured\nprint('kept')",
    "captured.stdout",
    "lines = !echo a; echo b\nlines",
    "!echo one; echo two",
    "%%timeit -n1 -r1 -q\npass",
    "%env NAME=value\n%env NAME",
    "%pwd\n%precision 2\n3.14159",
    "%%html\n<b>x</b>",
    "%%latex\n$x$",
    "%%javascript\n1",
    "%%markdown\n# x",
    "%who_ls",
    "%history -n 1-3",
    "%load_ext autoreload\n%autoreload 2",
    "# fails\n%no_such_magic",
    "# fails\n%%no_such_magic\nx",
    "from tqdm.auto import trange\nprint('not a bar')",
    "import ipywidgets as widgets\nshown = widgets.Output()\nwith shown:\n    print(1)\nshown",
    "shown.outputs",
    "widgets.IntSlider(3)",
    "widgets.Image(value=b'bytes', width=2)",
    "import logging; logging.getLogger('x').warning('warned')",
    "import faulthandler, warnings; warnings.warn('x', stacklevel=1)",
    "get_ipython().getoutput('echo x')",
    "import asyncio\ntask = asyncio.create_task(asyncio.sleep(0.01, 'done'))\nawait task",
    "# fails\nawait asyncio.wait_for(asyncio.sleep(9), 0.01)",
    "# fails\nsys.exit('as text')",
    "# fails\nraise KeyboardInterrupt",
    "sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.writable()",
    "sys.stdout.writelines(['a\\n', 'b\\n'])",
    "exit()",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _own_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`%store` writes into IPython's profile."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))


def run_with(engine: str | None, *sources: str, seconds: int = 60) -> NotebookNode:
    notebook = new_notebook(metadata={"papermill": {}})
    for number, source in enumerate(sources):
        tags = ["raises-exception"] if source.startswith("# fails") else []
        metadata = {"tags": tags, "papermill": {}}
        notebook.cells.append(new_code_cell(source, id=f"cell-{number}", metadata=metadata))
    options = {"progress_bar": False, "execution_timeout": seconds}
    with patch.dict(os.environ):
        # Under pytest, a kernel would not read the descriptors.
        os.environ.pop("PYTEST_CURRENT_TEST", None)
        executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
            engine, notebook, "python3", **options
        )
    return executed


def whole_streams(outputs: list[NotebookNode]) -> list[Any]:
    """The outputs; texts of a stream in sequence are one, since a kernel splits them by time."""
    joined: list[Any] = []
    for name, group in groupby(outputs, lambda output: output.get("name")):
        pieces = list(group)
        joined += [{"name": name, "text": "".join(p.text for p in pieces)}] if name else pieces
    return joined


def comparable(cell: NotebookNode) -> str:
    """What a cell shows, without the number of its process and the random number of a widget."""
    text = json.dumps([cell.execution_count, whole_streams(cell.outputs)])
    return re.sub(r"ipykernel_\d+|[0-9a-f]{32}", "N", text)


def test_the_outputs_of_analysts_cells_are_a_stock_kernels() -> None:
    forked, stock = run_with("fork", *CELLS), run_with(None, *CELLS)
    for source, by_fork, by_kernel in zip(CELLS, forked.cells, stock.cells, strict=True):
        assert comparable(by_fork) == comparable(by_kernel), source
    assert widget_states(forked) == widget_states(stock)


def widget_states(executed: NotebookNode) -> list[str]:
    (stored,) = executed.metadata.widgets.values()
    states = (json.dumps(state, sort_keys=True) for state in stored["state"].values())
    return sorted(re.sub("[0-9a-f]{32}", "N", state) for state in states)


def test_explicit_flushes_are_outputs_as_in_a_kernel_and_time_splits_nothing() -> None:
    flushed = "print('one', flush=True); print('two', flush=True)"
    slow = "import time\nfor n in range(4):\n    print(n); time.sleep(0.3)"
    by_flush, by_time = (run_with("fork", source).cells[0].outputs for source in (flushed, slow))
    assert [output.text for output in by_flush] == ["one\n", "two\n"]
    assert [output.text for output in by_time] == ["0\n1\n2\n3\n"]


def test_a_cell_after_exit_is_an_error_that_names_it() -> None:
    executed = run_with("fork", "1", "exit()", "print('after')")
    (error,) = executed.cells[2].outputs
    assert (error.ename, executed.cells[2].execution_count) == ("DeadKernelError", None)
    assert error.evalue.startswith("exit() in cell 2 ended the process")


def test_exit_that_keeps_the_kernel_ends_nothing() -> None:
    assert run_with("fork", "exit(keep_kernel=True)", "1 + 1").cells[1].outputs


PRINTS = """\
import time
for second in range(60):
    print("second", second, flush=True)
    display(second)
    time.sleep(0.5)
"""


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_the_limit_is_on_the_cell_whatever_it_prints(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "DEFAULT_CELL_SECONDS", 2)
    monkeypatch.setenv(ENGINE_VARIABLE, engine)
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = tmp_path / "prints.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(PRINTS)], metadata=spec), path)
    with pytest.raises(NotebookStoppedError, match="CellTimeoutError") as caught:
        run_notebook(path, {}, "out.ipynb")
    kept = (caught.value.content or b"").decode()
    assert "second 0" in kept  # what it has shown is kept
    assert "second 10" not in kept


def test_what_a_stopped_cell_printed_without_a_flush_is_kept() -> None:
    source = "import time\nfor n in range(90):\n    print('number', n); time.sleep(0.1)"
    stream, error = run_with("fork", source, seconds=2).cells[0].outputs
    assert stream.text.startswith("number 0\nnumber 1\n")
    assert error.ename == "CellTimeoutError"


def test_papermills_execution_timeout_is_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "prints.ipynb"
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=[new_code_cell(PRINTS)], metadata=spec), path)
    command = [sys.executable, "-m", "papermill", "--engine", "fork", "--execution-timeout", "2"]
    done = subprocess.run(
        [*command, "--no-progress-bar", str(path), str(tmp_path / "out.ipynb")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode != 0
    assert "CellTimeoutError: the cell took more than 2 seconds" in done.stderr


def test_a_display_in_a_raw_fork_arrives() -> None:
    source = "import os\nif os.fork() == 0:\n    display('x' * 100_000); os._exit(0)\n_ = os.wait()"
    (shown,) = run_with("fork", source).cells[0].outputs
    assert len(shown.data["text/plain"]) == 100_002


def test_messages_of_forked_processes_do_not_mix() -> None:
    source = (
        "import os\nfor n in range(4):\n    if os.fork() == 0:\n"
        "        for _ in range(20): display(str(n) * 50_000)\n        os._exit(0)\n"
        "for _ in range(20): display('p' * 50_000)\nfor _ in range(4): os.wait()"
    )
    shown = [output.data["text/plain"] for output in run_with("fork", source).cells[0].outputs]
    assert sorted(text[1] for text in shown) == sorted("0123p" * 20)
    assert all(text == repr(text[1] * 50_000) for text in shown)


def test_a_forked_process_that_returns_runs_no_more_cells() -> None:
    cells = run_with("fork", "import os; forked = os.fork() == 0", "forked", "1").cells
    assert [cell.outputs[0].data["text/plain"] for cell in cells[1:]] == ["False", "1"]


def test_papermill_runs_it_with_the_state_of_its_widgets(tmp_path: Path) -> None:
    path = tmp_path / "widget.ipynb"
    source = "import ipywidgets as widgets; widgets.IntSlider(7)"
    nbformat.write(new_notebook(cells=[new_code_cell(source)]), path)
    engine = {"engine_name": "fork", "kernel_name": "python3", "language": "python"}
    executed = papermill.execute_notebook(path, None, **engine, progress_bar=False)
    assert any('"value": 7' in state for state in widget_states(executed))
