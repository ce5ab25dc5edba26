"""Typst runs in a process whose memory and time are bounded, and which ends with its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from helpers.documents.brand_style import typst_style
from helpers.documents.page_templates import read_template
from helpers.documents.typst import compiler_process
from helpers.documents.typst.compiler_process import TypesettingError, draw_png
from helpers.documents.typst.pdf_compiler import compile_pdf
from helpers.errors import ExhaustedError, NotebookError
from helpers.model.brand.brand_look import BrandLook
from support.waiting import wait_until

DAY = datetime(2026, 3, 1, tzinfo=UTC)
SHORT = '#set document(title: "T")\n#set text(lang: "sv")\n= Rubrik\nText.'
DOUBLED = '#let a = "x"\n#for i in range(60) { a = a + a }'
# The ranges are short: Typst holds a range in memory, and would come to that limit first.
_LOOP = "for _ in range(9000) {{ {} }}"
ENDLESS = "#" + _LOOP.format(_LOOP.format(_LOOP.format("let a = 1")))


@pytest.fixture(autouse=True)
def _own_compiler() -> Iterator[None]:
    compiler_process._end_process()
    yield
    compiler_process._end_process()


def compiler_pid() -> int:
    return compiler_process._running[0]._process.pid


def test_a_document_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler_process, "MAX_COMPILER_BYTES", 500_000_000)
    made = compile_pdf(SHORT, DAY)
    with pytest.raises(NotebookError, match="takes more than 500 MB of memory"):
        compile_pdf(DOUBLED, DAY)
    assert compile_pdf(SHORT, DAY) == made


def test_a_document_that_takes_too_much_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler_process, "MAX_SECONDS", 1)
    made = compile_pdf(SHORT, DAY)
    with pytest.raises(NotebookError, match="takes more than 1 seconds of processor time"):
        compile_pdf(ENDLESS, DAY)
    assert compile_pdf(SHORT, DAY) == made


def test_where_typst_settles_no_places_charts_stay_in_the_text() -> None:
    """A chart that would be on the second page, where a text has no place that stays."""
    call = 'chart(finding: "Bild", alternative: "b", svg: "<svg viewBox=\\"0 0 9 9\\"/>")'
    body = f"#v(15cm)\n#{call}\n#v(1cm)\nSist."
    look = typst_style(BrandLook()) + read_template("report.typ")
    dated = 'title: "T", date: datetime(year: 2026, month: 3, day: 1)'
    facts = f'{dated}, see: "se sidan {{page}}", see-here: "ovan"'
    start = f"{look}\n#show: report.with({facts})"
    assert "Bild (se sidan 2)." in first_page(f"{start}\n{body}")
    # Of two pages it asks for one more, and of three it does not.
    endless = "#context if counter(page).final().first() == 2 [#pagebreak() #v(1cm)]"
    assert "se sidan" not in first_page(f"{start}\n{body}\n{endless}")


def first_page(source: str) -> str:
    return PdfReader(BytesIO(compile_pdf(source, DAY))).pages[0].extract_text()


def test_a_document_uses_what_its_style_defines() -> None:
    """Also a second document, for which Typst has kept the style of the first."""
    style = '#let greeting(name) = [Hej #name, #if extra-fonts == () { "hej!" }]'
    for name in ("Alma", "Bo"):
        content = compile_pdf(f'{SHORT} #greeting("{name}")', DAY, style=style)
        assert f"Hej {name}, hej!" in PdfReader(BytesIO(content)).pages[0].extract_text()


def test_what_typst_refuses_is_its_own_message() -> None:
    with pytest.raises(TypesettingError, match=r"^unknown variable: nothing$"):
        compile_pdf("#nothing", DAY)


def test_one_process_serves_all_documents_and_is_replaced_if_it_is_lost() -> None:
    made = compile_pdf(SHORT, DAY)
    first = compiler_pid()
    assert compile_pdf(SHORT, DAY) == made
    assert compiler_pid() == first
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert compile_pdf(SHORT, DAY) == made
    assert compiler_pid() != first


class _StoppedError(Exception):
    pass


def test_a_stopped_document_is_not_the_answer_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise _StoppedError

    before = signal.signal(signal.SIGALRM, stop)
    made = compile_pdf(SHORT, DAY)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(_StoppedError):
            compile_pdf(ENDLESS, DAY)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert compiler_process._running == []
    assert compile_pdf(SHORT, DAY) == made


def test_it_has_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "secret-1")
    monkeypatch.setenv("FUNDING_REPORT_SMTP_PASSWORD", "secret-2")
    compile_pdf(SHORT, DAY)
    environment = Path(f"/proc/{compiler_pid()}/environ")
    if environment.exists():  # Linux
        assert b"secret-" not in environment.read_bytes()


COMPILE = """\
import os, signal, sys, threading, time
from datetime import UTC, datetime
from helpers.documents.typst import compiler_process, pdf_compiler
def end():
    while not compiler_process._running:
        time.sleep(0.05)
    print(compiler_process._running[0]._process.pid, flush=True)
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGKILL)
threading.Thread(target=end).start()
pdf_compiler.compile_pdf(sys.argv[1], datetime(2026, 3, 1, tzinfo=UTC))
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux")
def test_it_ends_when_its_parent_is_killed_while_it_compiles() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMPILE, ENDLESS], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    state = Path(f"/proc/{int(done.stdout)}/stat")
    assert wait_until(lambda: not state.exists() or ") Z " in state.read_text(encoding="utf-8"))


def test_a_document_does_not_fail_because_of_the_memory_of_those_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compiler_process, "MAX_COMPILER_BYTES", 700_000_000)
    pids = set()
    for number in range(12):
        rows = "".join(f"[{number} {row}], " for row in range(4_000))
        compile_pdf(f'#set document(title: "T")\n#set text(lang: "sv")\n= R\n#table({rows})', DAY)
        pids.add(compiler_pid())
    assert len(pids) > 1


def test_a_process_that_does_not_start_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler_process, "_CHILD_MODULE", "no_such_module")
    with pytest.raises(ExhaustedError, match=r"Typst failed: .*Raise its limits"):
        compile_pdf(f"{SHORT}\n// {'x' * 3_000_000}", DAY)


def test_of_several_pages_the_first_is_drawn() -> None:
    page = "#set page(width: 30pt, height: 20pt)\nA"
    drawn = draw_png(f"{page}\n#pagebreak()\nB", 72)
    assert drawn == draw_png(page, 72)
    assert drawn[16:24] == bytes([0, 0, 0, 30, 0, 0, 0, 20])  # its width and height, in pixels
