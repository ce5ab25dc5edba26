"""A round's folder: where it lies, and its round.toml and published.toml read into models."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from helpers.errors import DataError, Problem, ReportError
from helpers.pricing import RULES
from helpers.rounds import Published, Round
from helpers.terms import Language
from helpers.texts import first_language, without_text

ROUND_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FAILED = "failed"  # in the folder of releases, where notebooks that stopped are kept
TAKEN = (
    f"{FAILED!r} cannot name a round: its releases would lie in reports/{FAILED}, where notebooks "
    "that stopped are kept."
)
_RULES = {get_args(rule.model_fields["rule"].annotation)[0] for rule in RULES}
_NAMES = {"sv": "Swedish", "en": "English"}
_SOURCE_TREE = Path(__file__).resolve().parents[3]

Model = TypeVar("Model", bound=BaseModel)


def project_root() -> Path:
    """The nearest folder upwards from the working folder that holds data/rounds.

    Outside any project, the source tree that this package was installed from.
    """
    here = Path.cwd()
    candidates = (here, *here.parents)
    return next((p for p in candidates if (p / "data" / "rounds").is_dir()), _SOURCE_TREE)


def round_folder(name: str) -> Path:
    """The folder of a round by its name; ReportError, listing the rounds there are, if none."""
    known = round_names()
    if name not in known:
        there_are = ", ".join(known) or "none yet"
        raise ReportError(f"There is no round named {name!r}. The rounds are: {there_are}.")
    return project_root() / "data" / "rounds" / name


def round_names() -> list[str]:
    """The names of the rounds there are, in order."""
    folders = (path.parent.name for path in (project_root() / "data/rounds").glob("*/round.toml"))
    return sorted(folder for folder in folders if ROUND_NAME.fullmatch(folder))


def load_round(folder: Path, name: str | None = None) -> Round:
    """Read and check round.toml; every mistake is named at once, by key.

    `name` is what the round has to be called, by default as its folder is.
    """
    path = folder / "round.toml"
    if name is None and folder.name == FAILED:
        raise ReportError(f"{TAKEN} Rename the folder {folder}, and name in its {path.name}.")
    loaded = _checked(TypeAdapter(Round), _read_toml(path), path)
    wanted = folder.name if name is None else name
    if loaded.name != wanted:
        raise ReportError(
            f"{path.name}: name is {loaded.name!r} but the folder is {wanted!r}. "
            "Give both the same name."
        )
    if loaded.pricing.needs_requested and not loaded.requested:
        remedy = f'The pricing rule "{loaded.pricing.rule}" shares it: write the amount a year.'
        raise DataError([Problem(path.name, "requested is missing.", remedy, column="requested")])
    _check_texts(loaded, loaded.languages, path)
    return loaded


def load_published(folder: Path, languages: Sequence[Language] = ("sv",)) -> list[Published]:
    """Read and check published.toml; a round that has published nothing has no such file.

    `languages` are the round's: as in round.toml, the texts are there in the first of them.
    """
    path = folder / "published.toml"
    entries = load_entries(path, "figure", Published)
    _check_texts(entries, languages, path)
    return entries


def load_entries(path: Path, name: str, model: type[Model]) -> list[Model]:
    """The [[name]] entries of a TOML file, each checked; none where there is no such file."""
    if not path.exists():
        return []
    values = _read_toml(path)
    unknown = sorted(set(values) - {name})
    if unknown:
        raise ReportError(f"{path.name}: unknown: {', '.join(unknown)}. Write [[{name}]].")
    return _checked(TypeAdapter(list[model]), values.get(name, []), path)  # type: ignore[valid-type]


def read_bytes(path: Path) -> bytes:
    """The bytes of an input file; ReportError where it cannot be read."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise ReportError(f"There is no file {path}. Check the path.") from None
    except PermissionError:
        raise ReportError(f"The file {path} may not be read. Check its permissions.") from None
    except OSError as error:  # a name that is too long, a disk that fails
        raise ReportError(f"{path} cannot be read: {error.strerror}. Check the path.") from None


def _check_texts(
    loaded: Round | list[Published], languages: Sequence[Language], path: Path
) -> None:
    """DataError, with every place, where a text lacks the language that all have to have."""
    language = first_language(languages)
    problems = [
        Problem(path.name, f"{key} has no text in {_NAMES[language]}.", f"Write {key}.{language}.",
                column=key)
        for key in without_text(loaded, language)
    ]  # fmt: skip
    if problems:
        raise DataError(problems)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        # Windows' editors may begin a file with a byte order mark, which is not TOML.
        return tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Problem(path.name, f"is not valid TOML: {error}.", "Correct that place.")
        raise DataError([problem]) from None


Checked = TypeVar("Checked")


def _checked(
    adapter: TypeAdapter[Checked], values: Mapping[str, Any] | Sequence[Any], path: Path
) -> Checked:
    try:
        return adapter.validate_python(values, strict=True)
    except ValidationError as error:
        raise DataError([_as_problem(detail, path.name) for detail in error.errors()]) from None


def _as_problem(detail: Any, file: str) -> Problem:
    places = list(detail["loc"])
    if places[:1] == ["pricing"] and places[1:2] and places[1] in _RULES:
        del places[1]  # the rule's name, which pydantic puts there and no file has
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in places)
    value = repr(detail["input"])
    return Problem(
        file,
        f"{key}: {detail['msg']}.",
        "See the comments in data/rounds/skl-2016/round.toml for what a round holds.",
        column=key,
        value=value if len(value) <= 80 else value[:77] + "...",
    )
