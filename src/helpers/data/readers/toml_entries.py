"""Read TOML files of a round and validate them with a model; every problem is reported at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from helpers.base_model import validation_words
from helpers.errors import DataError, Problem, ReportError
from helpers.pricing import PRICING_RULES
from helpers.system.environment import ENVIRONMENT_PREFIX
from helpers.system.files import MAX_SETTINGS_BYTES, is_present, read_bytes
from helpers.system.redaction import holds_secret, is_secret_name

_MAX_KEY_PARTS = 100
_KEY_PART = r"""(?:(?<![\w-])[A-Za-z0-9_-]++|"(?:[^"\\]|\\.)*+"|'[^']*+')[ \t]*+\.[ \t]*+"""
_MANY_KEY_PARTS = re.compile(f"(?:{_KEY_PART}){{{_MAX_KEY_PARTS},}}")
_MAX_DIGITS, _MAX_MAGNITUDE = 100, 30  # the latter in powers of ten
_REMEDIES = {
    "brand.toml": "See docs/how-to/brand.md for the keys of a brand.",
    "commentary.toml": "See docs/how-to/comment.md for the keys of a comment.",
    "corrections.toml": "See docs/how-to/correct.md for the keys of a correction.",
    "published.toml": "See docs/reference/round.md for the keys of a published figure.",
}
_RULE_NAMES = {get_args(rule.model_fields["rule"].annotation)[0] for rule in PRICING_RULES}


class _NumberTooLargeError(Exception):
    """A number whose digits would take long to write out or to calculate with."""


EntryModel = TypeVar("EntryModel", bound=BaseModel)


def load_toml_entries(path: Path, name: str, model: type[EntryModel]) -> list[EntryModel]:
    """Return the validated [[name]] entries of a TOML file; [] if the file does not exist."""
    if not is_present(path):
        return []
    values = read_toml(path)
    unknown = sorted(set(values) - {name})
    if unknown:
        raise ReportError(f"{path.name}: unknown: {', '.join(unknown)}. Write [[{name}]].")
    return validate_toml(TypeAdapter(list[model]), values.get(name, []), path)  # type: ignore[valid-type]


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises DataError if it is not valid TOML or contains a password.
    """
    try:
        # Windows' editors may begin a file with a byte order mark, which is not TOML.
        text = read_bytes(path, MAX_SETTINGS_BYTES).decode("utf-8-sig")
        if any(map(_has_many_key_parts, text.splitlines())):
            raise RecursionError  # tomllib takes the square of a key's parts in memory
        content = tomllib.loads(text, parse_float=_parse_decimal)
        _refuse_large_integers(content)
        _refuse_secrets(content, path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Problem(path.name, f"is not valid TOML: {error}.", "Correct that line.")
        raise DataError([problem]) from None
    except RecursionError:
        problem = Problem(path.name, "is nested too deeply.", "Write its values in fewer levels.")
        raise DataError([problem]) from None
    except (_NumberTooLargeError, ValueError):  # the latter of a whole number of 4,301 digits
        problem = Problem(path.name, "has a number with too many digits.", "Correct the number.")
        raise DataError([problem]) from None
    return content


def _has_many_key_parts(line: str) -> bool:
    return not line.lstrip().startswith("#") and bool(_MANY_KEY_PARTS.search(line))


def _parse_decimal(text: str) -> Decimal:
    """A number exactly as it is written, 1.95; of 1e400000 the whole digits would take seconds."""
    try:
        number = Decimal(text)
    except InvalidOperation:  # beyond any exponent of Decimal
        raise _NumberTooLargeError from None
    if len(text) > _MAX_DIGITS or abs(number.adjusted()) > _MAX_MAGNITUDE:
        raise _NumberTooLargeError
    return number


def _refuse_large_integers(value: Any) -> None:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _refuse_large_integers(inner)
    elif isinstance(value, int) and abs(value) > 10**_MAX_MAGNITUDE:
        raise _NumberTooLargeError


def _refuse_secrets(content: dict[str, Any], file: str) -> None:
    """Raise DataError for secrets: a round's files are in git and archived with every release."""
    what = "holds a password, a key or a token."
    remedy = (
        "Remove it, and change it: the file may have been copied. Set it in an environment "
        "variable, and write env:NAME where an address is asked for."
    )
    problems = [Problem(file, f"{key} {what}", remedy, column=key) for key in _secret_keys(content)]
    if problems:
        raise DataError(problems)


def _secret_keys(value: Any, key: str = "") -> Iterator[str]:
    """Yield the dotted keys whose name or value looks like a secret; values are never quoted."""
    if isinstance(value, dict | list):
        named = value.items() if isinstance(value, dict) else enumerate(value, start=1)
        for name, inner in named:
            yield from _secret_keys(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, str) and _is_secret(key.rpartition(".")[2], value):
        yield key


def _is_secret(name: str, value: str) -> bool:
    if value.startswith(ENVIRONMENT_PREFIX):
        return False
    return bool(value and is_secret_name(name)) or holds_secret(value)


Validated = TypeVar("Validated")


def validate_toml(
    adapter: TypeAdapter[Validated], values: Mapping[str, Any] | Sequence[Any], path: Path
) -> Validated:
    """Return the content of a file as a model; raises DataError with every problem at once."""
    try:
        return adapter.validate_python(values, strict=True)
    except ValidationError as error:
        raise DataError(
            [_validation_problem(detail, path.name) for detail in error.errors()]
        ) from None


def _validation_problem(detail: Any, file: str) -> Problem:
    key_path = list(detail["loc"])
    if key_path[:1] == ["pricing"] and key_path[1:2] and key_path[1] in _RULE_NAMES:
        del key_path[1]  # the rule's name, which pydantic puts there and no file has
    if key_path[:1] == ["requested_of_years"]:  # years, and not positions in a list
        key_path = ["requested", *map(str, key_path[1:])]
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in key_path)
    stated = detail["input"]
    value = f"{stated:f}" if isinstance(stated, Decimal) else repr(stated)
    return Problem(
        file,
        f"{key}: {validation_words(detail)}.",
        _remedy(file, key),
        column=key,
        value=value if len(value) <= 80 else value[:77] + "...",
    )


def _remedy(file: str, key: str) -> str:
    if key.startswith("brand."):
        return _REMEDIES["brand.toml"]
    return _REMEDIES.get(file, "See docs/reference/round.md for the keys of a round.")
