"""Measures letters against the stock tools, and a notebook's process against a plain function."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from stock import BIN, seconds, three_commands
from table import ROOT, Row

AS_OF, LETTER, BOARD = "2017-02-22", "municipality_letter.ipynb", "board_report.ipynb"
MEMBERS = 290
TIMES = 3
TURNS = 5
NO_LIMITS = nullcontext()


def median(measure: Callable[[], float], times: int = TIMES) -> float:
    """The median of some measurements."""
    return statistics.median(measure() for _ in range(times))


def in_turn(*measures: Callable[[], float], times: int = TURNS) -> list[float]:
    """The median of each, measured in turn: a machine's speed swings from minute to minute."""
    rounds = [[measure() for measure in measures] for _ in range(times)]
    return [statistics.median(found) for found in zip(*rounds, strict=True)]


@contextmanager
def a_project() -> Iterator[Path]:
    """A separate folder with the data and the notebooks."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        for name in ("data", "notebooks"):
            shutil.copytree(ROOT / name, project / name)
        yield project


def of_letters() -> Iterator[Row]:
    """What letters cost, and their size."""
    with a_project() as project:
        yield from batch(project)
        yield from sizes(project, "2017-02-22-letters", "0180", 100, 50)


def of_a_process() -> Iterator[Row]:
    """What is measured inside a separate process."""
    with a_project() as project:
        yield from within(project)


def batch(project: Path) -> Iterator[Row]:
    """All letters of the round by one worker and by two, and by the stock commands for one."""
    stock = median(lambda: three_commands(project, LETTER, code="0180", as_of=AS_OF))
    alone, one, two = in_turn(
        lambda: release(project, 1, one_processor()),
        lambda: release(project, 1),
        lambda: release(project, 2),
    )
    ratio = stock / (two / MEMBERS)
    how = f"{two / MEMBERS:.3f} s a letter of {MEMBERS} by 2 workers, start and release included"
    how += f"; the three commands {stock:.1f} s"
    yield "letters: speed relative to stock", f"{ratio:.0f}×", "at least 40×", ratio >= 40, how
    how = f"{alone:.1f} s and {two:.1f} s for {MEMBERS} letters, a processor for each worker"
    ratio = alone / two
    yield "two workers relative to one", f"{ratio:.2f}×", "at least 1.7×", ratio >= 1.7, how
    how = f"{one:.1f} s: while it writes a letter, the process of the notebook before ends"
    yield "the same, to one with both cores", f"{one / two:.2f}×", "–", True, how
    hour = f"{3600 * MEMBERS / two:,.0f} letters"
    yield "letters an hour", hour, "–", True, "2 workers, as above"


@contextmanager
def one_processor() -> Iterator[None]:
    """Keep us, and what we start, to one processor, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def release(project: Path, workers: int, limits: AbstractContextManager[None] = NO_LIMITS) -> float:
    """Seconds for a whole release of letters."""
    shutil.rmtree(project / "reports", ignore_errors=True)
    asked = ["letters", "skl-2016", "--as-of", AS_OF, "--workers", str(workers)]
    with limits:
        return seconds(BIN / "funding-report", *asked, folder=project)


def sizes(project: Path, release: str, name: str, page: int, paper: int) -> Iterator[Row]:
    """How large a document is as page and as PDF, and the most that it may be, in kilobytes."""
    for kind, most in (("html", page), ("pdf", paper)):
        file = project / "reports" / "skl-2016" / release / f"{name}.sv.{kind}"
        size = file.stat().st_size / 1000
        how = "with typeface, charts, style" if kind == "html" else "PDF/A-2a, PDF/UA-1"
        what = f"size of {file.name}"
        yield what, f"{size:.0f} kB", f"at most {most} kB", size <= most, how


def within(project: Path) -> Iterator[Row]:
    """What is measured inside a separate process: the engine's overhead, and memory."""
    done = subprocess.run(
        [sys.executable, __file__], cwd=project, check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    ratio = found["overhead"] / found["kernel"]
    how = f"{found['overhead']:.3f} s, papermill's {found['kernel']:.2f} s, both warm"
    yield "overhead relative to papermill", f"{ratio:.2f}×", "at most 0.2×", ratio <= 0.2, how
    ratio = found["warm"] / found["plain"]
    how = f"cells, HTML and PDF: {found['warm']:.2f} s, the function {found['plain']:.2f} s"
    yield "time relative to a function", f"{ratio:.2f}×", "at most 1.5×", ratio <= 1.5, how
    ratio = found["memory"][1] / found["memory"][0]
    how = "a worker and its warm process after 290 letters, {:.0f} MB, and after 30, {:.0f} MB"
    how = how.format(found["memory"][1], found["memory"][0])
    yield "memory after 290 letters to 30", f"{ratio:.2f}×", "at most 1.15×", ratio <= 1.15, how


def measured() -> dict[str, object]:
    """The figures of `within`, in this process."""
    from helpers.letters import dispatch
    from helpers.letters.batch_plan import letters_manifest, new_letter_job
    from helpers.notebooks import execution
    from helpers.notebooks.engine_choice import ENGINE_VARIABLE
    from helpers.notebooks.fork import client
    from helpers.report.board_report import BoardReport

    report = BoardReport.load(round="skl-2016", as_of=AS_OF)
    order = new_letter_job(report, letters_manifest(report, "feedback", None), "feedback")
    codes = list(report.inputs.members["code"])
    memory, overheads = [], []
    execution._RUN_DETAILS = ()  # the time of each cell stays in the notebook
    for number, code in enumerate(codes, 1):
        letter = dispatch.make_letter(order, code)
        if letter.error:
            sys.exit(letter.error)
        cells = json.loads(letter.files["ipynb"])["cells"]
        inside = sum(cell["metadata"]["papermill"]["duration"] or 0 for cell in cells)
        overheads.append(letter.seconds["notebook"] - inside)
        if number in (30, len(codes)):
            memory.append(resident(os.getpid()) + resident(client.start_fork_server()._pid))

    def run(notebook: str, **parameters: str) -> float:
        begun = time.perf_counter()
        execution.run_notebook(
            Path("notebooks") / notebook, {"as_of": AS_OF, **parameters}, "out.ipynb"
        )
        return time.perf_counter() - begun

    run(LETTER, code="0180")
    warm, plain = median(warm_board), median(plain_board)
    os.environ[ENGINE_VARIABLE] = "kernel"
    kernel = median(lambda: run(LETTER, code="0180"))
    return {
        "overhead": statistics.median(overheads), "kernel": kernel, "memory": memory,
        "warm": warm, "plain": plain,
    }  # fmt: skip


def warm_board() -> float:
    """Seconds for the board report through the engine, from a warm process."""
    from helpers.documents import exporters
    from helpers.notebooks import execution

    begun = time.perf_counter()
    executed = execution.run_notebook(Path("notebooks") / BOARD, {"as_of": AS_OF}, "out.ipynb")
    for exporter in (exporters.BoardHTMLExporter(), exporters.BoardPDFExporter()):
        exporter.from_notebook_node(executed)
    return time.perf_counter() - begun


def plain_board() -> float:
    """Seconds for the same cells run by exec, one after the other, and the same documents."""
    import nbformat
    from nbformat.v4 import output_from_msg

    from helpers.documents import exporters

    begun = time.perf_counter()
    notebook = nbformat.read(Path("notebooks") / BOARD, as_version=4)
    names: dict[str, object] = {}
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        if not cell.source.startswith("report."):
            exec(cell.source, names)
            continue
        data = eval(cell.source, names)._repr_mimebundle_()
        content = {"data": data, "metadata": {}, "execution_count": 1}
        message = {"header": {"msg_type": "execute_result"}, "content": content}
        cell.outputs = [output_from_msg(message)]
    for exporter in (exporters.BoardHTMLExporter(), exporters.BoardPDFExporter()):
        exporter.from_notebook_node(notebook)
    return time.perf_counter() - begun


def resident(pid: int) -> float:
    """The memory of a process that is its own alone, in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    sizes = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return sum(sizes) / 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured()))
