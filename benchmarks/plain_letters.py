"""Measures the processor time of a letter against that of a plain function that makes it.

The function composes the same sections and writes the same page and PDF, without a notebook, a
process for it alone, or the checks of a release.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from letters import AS_OF, a_project
from process_cost import cost_of
from stock import BIN
from table import Row

FEW, MANY = 40, 290
PAIRS, MOST = 3, 1.9
_RELEASED, _PLAIN = "reports", "plain"


def of_a_letter() -> Iterator[Row]:
    """What a further letter costs, by the command and by the function, in turn in one run."""
    with a_project() as project:
        pairs = [(_by_command(project), _by_function(project)) for _ in range(PAIRS)]
    ratio = statistics.median(command / plain for command, plain in pairs)
    ours, plain = (1000 * statistics.median(one) for one in zip(*pairs, strict=True))
    how = (
        f"{ours:.0f} ms and {plain:.0f} ms, of all processes: what {MANY} letters cost more than "
        f"{FEW}, by {MANY - FEW}; median of {PAIRS} pairs"
    )
    what = "processor time of a letter relative to a function"
    yield what, f"{ratio:.2f}×", f"at most {MOST:g}×", ratio <= MOST, how


def _by_command(project: Path) -> float:
    members = (project / "data" / "municipalities.csv").read_text(encoding="utf-8")
    codes = [line.partition(",")[0] for line in members.splitlines()[1:]]

    def seconds(number: int) -> float:
        shutil.rmtree(project / _RELEASED, ignore_errors=True)
        only = [word for code in codes[:number] for word in ("--only", code)]
        command = [BIN / "funding-report", "letters", "skl-2016", "--as-of", AS_OF, *only]
        return cost_of(command, project).seconds

    return (seconds(MANY) - seconds(FEW)) / (MANY - FEW)


def _by_function(project: Path) -> float:
    def seconds(number: int) -> float:
        shutil.rmtree(project / _PLAIN, ignore_errors=True)
        return cost_of([sys.executable, __file__, str(number)], project).seconds

    return (seconds(MANY) - seconds(FEW)) / (MANY - FEW)


def write_letters(number: int) -> None:
    """Write the page and the PDF of some letters, one after the other in this process."""
    import nbformat
    from nbformat.v4 import new_output

    from helpers.documents.document import read_document
    from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
    from helpers.letters.job import letter_notebook
    from helpers.report.board_report import BoardReport
    from helpers.report.letter_report import MunicipalityLetter

    report = BoardReport.load(round="skl-2016", as_of=AS_OF)
    frame = nbformat.read(letter_notebook("feedback"), as_version=4)
    to_html, to_pdf = BoardHTMLExporter(), BoardPDFExporter()
    folder = Path(_PLAIN)
    folder.mkdir()
    for code in report.inputs.members["code"].tolist()[:number]:
        letter, filled = MunicipalityLetter.of(report, code), deepcopy(frame)
        for cell in filled.cells:
            name = cell.source.removeprefix("letter.").removesuffix("()")
            if name in (*letter.parts, "hand_over"):
                data = getattr(letter, name)()._repr_mimebundle_()
                cell.outputs = [new_output("execute_result", data=data, execution_count=1)]
        document = read_document(filled, code)
        (folder / f"{code}.html").write_text(to_html.write(document), encoding="utf-8")
        (folder / f"{code}.pdf").write_bytes(to_pdf.write(document))


if __name__ == "__main__":
    write_letters(int(sys.argv[1]))
