"""Find the files that a new project gets copies of: notebooks, docs and the municipalities."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from helpers.errors import ReportError

_CLONE = Path(__file__).resolve().parents[4]
# Where the wheel installs them, as pyproject.toml states under data-files.
_INSTALLED_FOLDER = "share/funding-report"
_NOTEBOOKS = (
    "board_report.ipynb",
    "credit_letter.ipynb",
    "member_paper.ipynb",
    "municipality_letter.ipynb",
    "reminder_letter.ipynb",
    "request_letter.ipynb",
)
_MUNICIPALITIES = "data/municipalities.csv"


def shipped_files(*, municipalities: bool) -> dict[PurePosixPath, Path]:
    """The files by their path in the project; the municipalities' file only on request.

    Raises ReportError if the installation does not have all of them.
    """
    if (_CLONE / "pyproject.toml").is_file():
        found = dict(_of_source_tree())
    else:
        found = dict(_of_installation())
    wanted = [*(f"notebooks/{name}" for name in _NOTEBOOKS), "docs/index.md", _MUNICIPALITIES]
    missing = [name for name in wanted if PurePosixPath(name) not in found]
    if missing:
        raise ReportError(
            f"This installation of funding-report has no {', '.join(missing)}. Install its wheel "
            "again, without pip's option --target."
        )
    if not municipalities:
        del found[PurePosixPath(_MUNICIPALITIES)]
    return found


def _of_source_tree() -> Iterator[tuple[PurePosixPath, Path]]:
    """The files of a clone that an installation has, too."""
    docs = _CLONE / "docs"
    paths = [
        *(_CLONE / "notebooks" / name for name in _NOTEBOOKS),
        *docs.rglob("*.md"),
        *docs.rglob("*.png"),
        *docs.rglob("*.svg"),
        *(docs / "how-to" / "schedule").iterdir(),
        _CLONE / _MUNICIPALITIES,
    ]
    return ((PurePosixPath(p.relative_to(_CLONE).as_posix()), p) for p in paths if p.exists())


def _of_installation() -> Iterator[tuple[PurePosixPath, Path]]:
    """The files that the wheel's record lists, wherever pip has put them."""
    try:
        listed = distribution("funding-report").files or []
    except PackageNotFoundError:
        return
    for file in listed:
        _, folder, path = file.as_posix().rpartition(f"{_INSTALLED_FOLDER}/")
        located = Path(str(file.locate()))
        if folder and located.is_file():
            yield PurePosixPath(path), located
