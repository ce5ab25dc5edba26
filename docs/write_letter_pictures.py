"""Write the pictures of docs/explanation/letters-2016.md: the letters to three municipalities.

`python docs/write_letter_pictures.py` in the project's folder; it needs pdftoppm (poppler-utils).
"""

import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import nbformat
from nbformat.v4 import new_output
from PIL import Image, ImageOps

from helpers.documents.exporters import BoardPDFExporter
from helpers.letters.job import letter_notebook
from helpers.model.letter_kind import LetterKind
from helpers.report.board_report import BoardReport
from helpers.report.correspondence.member_letter import MemberLetter
from helpers.report.letter_classes import LETTER_CLASSES

ROUND = "skl-2016"
REGISTER = Path("data") / "rounds" / ROUND / "decisions.csv"
JOINS = "1862,2017-03-06,2017-03-10,,yes,,,an example for the docs"
PICTURES: dict[str, list[tuple[LetterKind, str]]] = {
    "2262": [("request", "2016-06-10"), ("reminder", "2016-11-01"), ("feedback", "2017-02-22")],
    "1862": [("request", "2016-06-10"), ("feedback", "2017-02-22"), ("feedback", "2017-03-15")],
    "0382": [("request", "2016-06-10"), ("reminder", "2016-11-01"), ("feedback", "2017-02-22")],
}
DOTS_PER_INCH = 75


def write_pictures(folder: Path) -> None:
    """Write a picture for each municipality: its letters next to each other."""
    with tempfile.TemporaryDirectory() as temporary:
        register = Path(temporary) / "decisions.csv"
        register.write_text(REGISTER.read_text(encoding="utf-8") + JOINS + "\n", encoding="utf-8")
        for code, letters in PICTURES.items():
            pages = [_page(code, kind, day, register) for kind, day in letters]
            _side_by_side(pages).save(folder / f"letters-{code}.png", optimize=True)


def _page(code: str, kind: LetterKind, day: str, register: Path) -> Image.Image:
    """The first page of a letter as a picture."""
    report = BoardReport.load(round=ROUND, as_of=day, decisions=str(register), language="en")
    pdf = _pdf(LETTER_CLASSES[kind].of(report, code), kind)
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603 as written here
    return Image.open(BytesIO(done.stdout)).convert("RGB")


def _pdf(letter: MemberLetter, kind: LetterKind) -> bytes:
    notebook = nbformat.read(letter_notebook(kind), as_version=4)
    for cell in notebook.cells:
        name = cell.source.removeprefix("letter.").removesuffix("()")
        if name in {*letter.parts, "hand_over"}:
            data = getattr(letter, name)()._repr_mimebundle_()
            cell.outputs = [new_output("execute_result", data=data, execution_count=1)]
    pdf, _ = BoardPDFExporter().from_notebook_node(notebook)
    return bytes(pdf)


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    framed = [ImageOps.expand(page, border=1, fill="#999999") for page in pages]
    width, height = sum(page.width + 12 for page in framed), max(page.height for page in framed)
    picture = Image.new("RGB", (width, height), "white")
    left = 0
    for page in framed:
        picture.paste(page, (left, 0))
        left += page.width + 12
    return picture.quantize(16)


if __name__ == "__main__":
    write_pictures(Path(__file__).parent / "explanation")
