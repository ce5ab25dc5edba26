"""Measures the processor time of a letter against that of a plain function, and in a large round.

The function composes the same sections and writes the same page and PDF, without a notebook, a
process for it alone, or the checks of a release.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path

from large_rounds import SMALL, write_round
from letter_batches import AS_OF, a_project
from process_cost import cost_of
from stock import BIN
from table import Row

FEW, MANY = 40, 290
PAIRS, MOST = 3, 1.9
TEN_TIMES, MOST_OF_TEN_TIMES = 3_000, 1.3  # members, and what a letter may cost with them
_RELEASED, _PLAIN = "reports", "plain"


def of_a_letter() -> Iterator[Row]:
    """What a further letter costs: by command and by function, in a large and in a small round.

    The two of a pair are measured in turn.
    """
    with a_project() as project:
        shipped = project / "data" / "municipalities.csv"
        pairs = [
            (_by_command(project, "skl-2016", shipped), _by_function(project)) for _ in range(PAIRS)
        ]
        yield _compared("processor time of a letter relative to a function", pairs, MOST)
        yield _in_a_large_round(project)


def _in_a_large_round(project: Path) -> Row:
    large, small = (
        partial(_by_command, project, name, project / "data" / "rounds" / name / "members.csv")
        for name in (write_round(project, TEN_TIMES), write_round(project, SMALL))
    )
    pairs = [(large(), small()) for _ in range(PAIRS)]
    what = f"processor time of a letter with {TEN_TIMES:,} members relative to {SMALL}"
    return _compared(what, pairs, MOST_OF_TEN_TIMES)


def _compared(what: str, pairs: list[tuple[float, float]], most: float) -> Row:
    """The row of a letter's seconds against others, by the median of the pairs."""
    ratio = statistics.median(one / other for one, other in pairs)
    ours, others = (1000 * statistics.median(one) for one in zip(*pairs, strict=True))
    how = (
        f"{ours:.0f} ms and {others:.0f} ms, of all processes: what {MANY} letters cost more than "
        f"{FEW}, by {MANY - FEW}; median of {PAIRS} pairs"
    )
    return what, f"{ratio:.2f}×", f"at most {most:g}×", ratio <= most, how


def _by_command(project: Path, name: str, members: Path) -> float:
    lines = members.read_text(encoding="utf-8").splitlines()[1 : MANY + 1]

    def seconds(number: int) -> float:
        shutil.rmtree(project / _RELEASED, ignore_errors=True)
        only = [word for line in lines[:number] for word in ("--only", line.partition(",")[0])]
        words = ["letters", name, "--as-of", AS_OF, *only]
        return cost_of([BIN / "funding-report", *words], project).seconds

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
