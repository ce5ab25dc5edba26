"""The engine "fork" compared with a new kernel: same outputs; nothing reaches the next run."""

import _thread
import errno
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from papermill.engines import papermill_engines

from helpers.errors import ExhaustedError
from helpers.notebooks import execution
from helpers.notebooks.execution import NotebookStoppedError, run_notebook
from helpers.notebooks.fork.client import ForkServerClient, start_fork_server
from helpers.notebooks.fork.server import PRELOAD_REQUEST
from helpers.system.private_environment import server_environment
from support.waiting import wait_until

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

Run = Callable[..., NotebookNode]


@pytest.fixture
def run_cells(tmp_path: Path) -> Run:
    """A function that runs cells as a notebook."""

    def run(*sources: str) -> NotebookNode:
        cells = [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
        spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        path = tmp_path / "cells.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata=spec), path)
        return run_notebook(path, {}, "out.ipynb")

    return run


def outputs_by_cell(executed: NotebookNode) -> list[Any]:
    """The execution count and the outputs of each cell."""
    return [(cell.execution_count, json.loads(json.dumps(cell.outputs))) for cell in executed.cells]


def last(executed: NotebookNode) -> str:
    return str(executed.cells[-1].outputs[0].data["text/plain"])


CELLS = [
    "1 + 1",
    "print('to stdout'); import sys; print('to stderr', file=sys.stderr); 'shown'",
    # A kernel's thread reads what comes by number, and on a busy machine after the cell has ended.
    "import os, time\n"
    "_ = os.system('echo from another process'); _ = os.write(2, b'by number\\n'); time.sleep(1)",
    "from IPython.display import display, HTML, clear_output\ndisplay(HTML('<b>x</b>')); _",
    "print('gone'); clear_output(); print('kept')",
    "handle = display('before', display_id='one')",
    "handle.update('after')",
    "",
    "import pandas as pd; pd.DataFrame({'a': [1, 2]})",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.gcf().get_size_inches().tolist()",
    "# fails\ndef f():\n    return 1 / 0\nf()",
    "# fails\nthis is no Python",
    "# fails\nimport nothing_of_this_name",
    "# fails\nraise SystemExit(3)",
    "class Broken:\n"
    "    def _repr_html_(self): raise ValueError('no')\n"
    "    def __repr__(self): return 'b'\nx = Broken()",
    "display(x)",
    "import asyncio\nawait asyncio.sleep(0, 'awaited')",
    "!echo shell",
    "%%writefile /dev/null\nx",
    "get_ipython().__class__.__name__, __name__, In[1], Out[1], get_ipython().execution_count",
    "import warnings; warnings.warn('take care')",
    "len(sys.stdin.read()) if sys.stdin else 0",
]


def run_with(engine: str | None, *sources: str) -> NotebookNode:
    """Run cells with an engine alone: papermill stops at errors that a cell may raise."""
    notebook = new_notebook()
    for number, source in enumerate(sources):
        tags = ["raises-exception"] if source.startswith("# fails") else []
        metadata = {"tags": tags, "papermill": {}}
        notebook.cells.append(new_code_cell(source, id=f"cell-{number}", metadata=metadata))
    notebook.metadata["papermill"] = {}
    options = {"progress_bar": False, "execution_timeout": 60}
    executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
        engine, notebook, "python3", **options
    )
    return executed


def test_every_kind_of_output_is_what_a_fresh_kernel_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Where pytest runs, ipykernel does not read what others write to the two file descriptors.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    forked, fresh = run_with("fork", *CELLS), run_with(None, *CELLS)
    for source, by_fork, by_kernel in zip(
        CELLS, outputs_by_cell(forked), outputs_by_cell(fresh), strict=True
    ):
        assert without_process_number(by_fork) == without_process_number(by_kernel), source
    assert forked.metadata.language_info == fresh.metadata.language_info


@pytest.mark.parametrize("source", ["input('name?')", "import getpass; getpass.getpass()"])
def test_input_is_refused_as_a_kernel_refuses_it(source: str) -> None:
    (by_fork,), (by_kernel,) = (
        run_with(engine, source).cells[0].outputs for engine in ("fork", None)
    )
    assert (by_fork.ename, by_fork.evalue) == (by_kernel.ename, by_kernel.evalue)
    assert by_fork.ename == "StdinNotImplementedError"


def without_process_number(cell: Any) -> str:
    """A cell's outputs without the process number in the names of its temporary files."""
    return re.sub(r"ipykernel_\d+", "ipykernel_N", json.dumps(cell))


LEAKS = {
    "a variable": ("left = 1", "'left' in globals()", "False"),
    "a changed module": (
        "import helpers.report.board_report; helpers.report.board_report.BoardReport.load = None",
        "import helpers.report.board_report; helpers.report.board_report.BoardReport.load is None",
        "False",
    ),
    "a changed builtin": (
        "import builtins; builtins.left = 3", "import builtins; hasattr(builtins, 'left')", "False",
    ),
    "a module put in": ("import sys; sys.modules['json'] = 3", "import json; json.dumps(1)", "'1'"),
    "an rcParam": (
        "import matplotlib; matplotlib.rcParams['lines.linewidth'] = 77",
        "import matplotlib; matplotlib.rcParams['lines.linewidth']", "1.5",
    ),
    "an open figure": (
        "import matplotlib.pyplot as plt; _ = plt.figure(); _ = plt.figure()",
        "import matplotlib.pyplot as plt; plt.get_fignums()", "[]",
    ),
    "a working directory": (
        "import os; os.chdir('/')", "import os; os.getcwd() == '/'", "False",
    ),
    "a variable of the environment": (
        "import os; os.environ['LEFT'] = '1'", "import os; os.environ.get('LEFT', '-')", "'-'",
    ),
    "a warning turned off": (
        "import warnings; warnings.simplefilter('ignore')",
        "import warnings; ('ignore', None, Warning, None, 0) in warnings.filters", "False",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LEAKS)
def test_nothing_of_one_run_reaches_the_next(run_cells: Run, name: str) -> None:
    before, question, answer = LEAKS[name]
    server = start_fork_server()
    run_cells(before)
    found = last(run_cells(question))
    assert start_fork_server() is server  # both were forked from the same one
    assert found == answer


def test_two_runs_draw_other_numbers(run_cells: Run) -> None:
    source = "import random, numpy; (random.random(), float(numpy.random.rand()))"
    (one, other), (two, another) = (eval(last(run_cells(source))) for _ in range(2))
    assert one != two
    assert other != another


def test_a_child_has_the_folder_and_environment_of_its_client(
    run_cells: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_cells("1")  # the fork server is started, with another folder and environment
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ADDED", "after the start")
    monkeypatch.setenv("FUNDING_REPORT_NOTEBOOK_VARIABLES", "ADDED")
    (tmp_path / "local_module.py").write_text("x = 'found'")
    found = last(
        run_cells("import os, local_module; (os.getcwd(), os.environ['ADDED'], local_module.x)")
    )
    assert eval(found) == (str(tmp_path), "after the start", "found")


def test_an_error_stops_the_notebook_and_keeps_its_traceback(run_cells: Run) -> None:
    with pytest.raises(NotebookStoppedError, match="ZeroDivisionError: division by zero") as caught:
        run_cells("x = 1", "1 / 0", "x")
    kept = nbformat.reads((caught.value.content or b"").decode(), as_version=4)
    failed = next(cell for cell in kept.cells if cell.get("source") == "1 / 0")
    assert failed.outputs[0].ename == "ZeroDivisionError"
    assert "Traceback (most recent call last)" in "".join(failed.outputs[0].traceback)
    assert kept.cells[-1].execution_count is None  # the cell after it was not run
    assert kept.metadata.papermill.exception is True


ENDS = [
    ("import os; os._exit(7)", "DeadKernelError: the process ended itself, with exit code 7"),
    ("import os; os.kill(os.getpid(), 9)", "DeadKernelError: the process was killed by signal 9"),
    ("import time; time.sleep(60)", "CellTimeoutError: the cell took more than 1 seconds"),
]


@pytest.mark.parametrize(("source", "message"), ENDS)
def test_a_process_that_ends_or_hangs_is_a_clear_error(
    run_cells: Run, monkeypatch: pytest.MonkeyPatch, source: str, message: str
) -> None:
    monkeypatch.setattr(execution, "DEFAULT_CELL_SECONDS", 1)
    with pytest.raises(NotebookStoppedError, match=message) as caught:
        run_cells("print('so far')", source)
    assert b"so far" in (caught.value.content or b"")
    assert last(run_cells("'and on'")) == "'and on'"


CHANNEL = "channel = get_ipython().displayhook.session._channel\n"
PICKLE = """
import pathlib
class Hostile:
    def __reduce__(self):
        return pathlib.Path.touch, (pathlib.Path("executed").absolute(),)
channel.send(Hostile())
"""
INVALID_MESSAGES = {
    "a pickle": PICKLE,
    "other bytes": "channel.send_bytes(bytes([0, 255]))",
    "JSON too deep": "channel.send_bytes(b'[' * 100_000)",
    "JSON that is no message": "channel.send_bytes(b'[1, 2]')",
    "an output without content": """channel.send_bytes(b'["stream", {}]')""",
    "a reply without content": """channel.send_bytes(b'["reply", []]')""",
}


@pytest.mark.parametrize("name", INVALID_MESSAGES)
def test_a_cell_that_writes_to_its_channel_is_an_error(
    run_cells: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotebookStoppedError, match="DeadKernelError: the cell sent something"):
        run_cells(CHANNEL + INVALID_MESSAGES[name])
    assert not (tmp_path / "executed").exists()
    assert last(run_cells("'and on'")) == "'and on'"


def test_a_notebooks_processes_end_with_it(run_cells: Run) -> None:
    source = "import subprocess; subprocess.Popen(['sleep', '600']).pid"
    pid = int(last(run_cells(source)))
    deadline = time.monotonic() + 20
    while is_running(pid) and time.monotonic() < deadline:
        run_cells("1")  # the fork server waits for exited children at its next request
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


EXIT_HANDLERS = """\
import atexit, logging.handlers, tempfile, pathlib
kept = logging.handlers.MemoryHandler(99, target=logging.FileHandler("logged"))
logging.getLogger("own").addHandler(kept)
logging.getLogger("own").warning("to the end")
folder = tempfile.TemporaryDirectory()
class Last:
    def __del__(self, path=pathlib.Path("deleted").absolute()): path.touch()
last = Last()
atexit.register(lambda: pathlib.Path("exited").touch())
folder.name
"""


def test_a_notebooks_exit_handlers_run(
    run_cells: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path(eval(last(run_cells(EXIT_HANDLERS))))
    expected = [tmp_path / name for name in ("exited", "logged", "deleted")]
    assert wait_until(lambda: not folder.exists() and all(map(is_written, expected)), 20)


def is_written(path: Path) -> bool:
    return path.exists() and (path.name != "logged" or path.read_text() == "to the end\n")


def test_the_fork_server_has_one_thread(run_cells: Run) -> None:
    parent = int(last(run_cells("import os; os.getppid()")))
    assert len(list(Path(f"/proc/{parent}/task").iterdir())) == 1


def test_a_fork_server_with_two_threads_does_not_fork(run_cells: Run) -> None:
    start_fork_server().preload(_thread.start_new_thread, time.sleep, (600,))
    try:
        assert start_fork_server().fork_child() is None
        assert last(run_cells("type(get_ipython().kernel.shell_stream).__name__")) == "'ZMQStream'"
    finally:
        start_fork_server().close()


def test_a_process_that_the_system_refuses_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, client_pid = os.fork, os.getpid()

    def refused() -> int:
        if os.getpid() != client_pid:  # as under `ulimit -u`, which does not bind root
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    server = ForkServerClient(forked=True)
    try:
        for _ in range(2):  # the server answers again
            with pytest.raises(
                ExhaustedError, match=r"refused a process for a notebook: Resource "
            ):
                server.fork_child()
    finally:
        server.close()


def test_the_fork_server_ends_with_its_client() -> None:
    code = (
        "import os, signal; from helpers.notebooks.fork.client import start_fork_server\n"
        "server = start_fork_server(); child = server.fork_child(); child.channel.recv_bytes()\n"
        "child.channel.send_bytes(b'\"import time; time.sleep(600)\"')\n"
        "print(server._pid, child.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pids = [int(pid) for pid in done.stdout.split()]
    assert len(pids) == 2
    assert wait_until(lambda: not any(map(is_running, pids)), 20)


def test_papermill_knows_the_engine_by_name(tmp_path: Path) -> None:
    path = tmp_path / "one.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("6 * 7")]), path)
    engine = {"engine_name": "fork", "kernel_name": "python3", "language": "python"}
    executed = papermill.execute_notebook(path, None, **engine, progress_bar=False)
    assert last(executed) == "42"


def test_a_fork_server_ends_when_its_client_dies_within_a_request() -> None:
    client_end, server_end = socket.socketpair()
    with client_end, server_end:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "helpers.notebooks.fork.server", str(server_end.fileno())],
            pass_fds=[server_end.fileno()],
            env=server_environment(),
        )
        client_end.sendall(PRELOAD_REQUEST + bytes(3))  # the length has eight
    try:
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
