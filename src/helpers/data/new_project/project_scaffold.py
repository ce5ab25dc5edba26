"""Create the folder of a new project, with an example round, so that every command runs in it."""

from __future__ import annotations

import re
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from string import Template

from helpers.data.new_project.environment_file import environment_text
from helpers.data.new_project.shipped_files import shipped_files
from helpers.errors import ReportError
from helpers.model.localized_text import Language
from helpers.system.new_folder import new_folder

# The folder that a project is written in before it is renamed. It is in a folder of the user's,
# where what has this prefix is removed.
_PROJECT_WORK_PREFIX = ".funding-report-new-project-"
_PROJECT_LOCK_NAME = ".funding-report-new-project.lock"
_EXAMPLE_FOLDER = "data/rounds/example"
# What the parameters of the notebooks are in the new project, instead of the shipped round.
_EXAMPLE_PARAMETERS = {
    "round": "example",
    "code": "0001",
    "as_of": "2025-10-15",
}
# A member that has not answered by that day, for the notebooks that ask.
_ASKED_MEMBER = "0005"
_ASKING_NOTEBOOKS = {"member_paper.ipynb", "reminder_letter.ipynb", "request_letter.ipynb"}


def create_project(
    folder: Path, language: Language = "en", *, municipalities: bool = False
) -> Path:
    """Create a project and return its folder.

    It has notebooks, the docs, an example round with made-up members and texts in the language, an
    empty folder of reports, environment.yml and README.md; with `municipalities` also the file of
    the Swedish municipalities. Raises ReportError if the folder or a file of its name exists, if
    its parent does not, or if it cannot be written. After an error no files are left.
    """
    folder = folder.absolute()
    if not folder.parent.is_dir():
        raise ReportError(f"There is no folder {folder.parent}. Create it first.")
    copies = shipped_files(municipalities=municipalities)
    texts = {PurePosixPath(name): text for name, text in _own_texts(folder.name, language)}
    taken = f"{folder} exists already. Name a folder that does not exist."
    with new_folder(folder, _PROJECT_WORK_PREFIX, _PROJECT_LOCK_NAME, taken) as work:
        for path, source in copies.items():
            _write(work / path, _copied(path, source, language))
        for path, text in texts.items():
            _write(work / path, text.encode())
    return folder


def _own_texts(name: str, language: Language) -> list[tuple[str, str]]:
    """The files that are written for the project, by their path in it."""
    templates = files("helpers.data.new_project").joinpath("templates")
    own = templates.joinpath(language)
    example = [(file, templates.joinpath(file)) for file in ("members.csv", "decisions.csv")]
    example.append(("round.toml", own.joinpath("round.toml")))
    values = {"name": name, "version": version("funding-report")}
    return [
        *((f"{_EXAMPLE_FOLDER}/{file}", _text(source)) for file, source in example),
        ("notebooks/explore.ipynb", _text(templates.joinpath("explore.ipynb"))),
        ("README.md", Template(_text(own.joinpath("README.md"))).substitute(values)),
        ("reports/README.md", _text(own.joinpath("reports.md"))),
        ("environment.yml", environment_text(_text(own.joinpath("environment.yml")))),
    ]


def _text(source: Traversable) -> str:
    return source.read_text(encoding="utf-8")


def _copied(path: PurePosixPath, source: Path, language: Language) -> bytes:
    if path.suffix == ".png":
        return source.read_bytes()
    text = source.read_text(encoding="utf-8")
    return (_with_example(path, text, language) if path.suffix == ".ipynb" else text).encode()


def _with_example(path: PurePosixPath, text: str, language: Language) -> str:
    """The text of a notebook with the example round in its parameters."""
    asked = {"code": _ASKED_MEMBER} if path.name in _ASKING_NOTEBOOKS else {}
    for parameter, value in {**_EXAMPLE_PARAMETERS, **asked, "language": language}.items():
        line = re.compile(rf'(?m)^(\s*"{parameter} = \\")[^"\\]*(\\")')
        text = line.sub(rf"\g<1>{value}\g<2>", text)
    return text


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
