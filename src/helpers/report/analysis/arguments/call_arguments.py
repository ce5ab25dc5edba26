"""Check the arguments of an analyst's call: names, numbers, codes, choices; one error each."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from numbers import Real
from typing import Any, ParamSpec, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from helpers.base_model import validation_words
from helpers.data.register.columns.member_names import resolve_member_code, restore_leading_zeros
from helpers.errors import ReportError
from helpers.model.parameters import Day
from helpers.sections.components.tables.known_names import nearest_hint

_CallParams = ParamSpec("_CallParams")
_Returned = TypeVar("_Returned")


def with_checked_call(method: Callable[_CallParams, _Returned]) -> Callable[_CallParams, _Returned]:
    """Raise ReportError, with the nearest name, where a call does not fit a method's arguments."""
    signature = inspect.signature(method)

    @wraps(method)
    def checked(*args: _CallParams.args, **kwargs: _CallParams.kwargs) -> _Returned:
        try:
            signature.bind(*args, **kwargs)
        except TypeError:
            raise ReportError(_call_problem(method.__name__, signature, args, kwargs)) from None
        return method(*args, **kwargs)

    return checked


class CheckedCalls:
    """An object whose public methods are called with the arguments that they have, or refused."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, member in list(vars(cls).items()):
            if inspect.isfunction(member) and not name.startswith("_"):
                setattr(cls, name, with_checked_call(member))


def _call_problem(
    name: str, signature: inspect.Signature, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> str:
    parameters = [p for p in signature.parameters.values() if p.name not in ("self", "cls")]
    known = [p.name for p in parameters if p.kind is not p.VAR_POSITIONAL]
    shown = ["*" * (p.kind is p.VAR_POSITIONAL) + p.name for p in parameters]
    takes = f"It takes: {', '.join(shown)}." if shown else "It takes no arguments."
    for wrong in (one for one in kwargs if one not in known):
        return f"{name}() has no argument {wrong!r}. {nearest_hint(wrong, known)}{takes}"
    by_position = [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY]
    positional = args[len(signature.parameters) - len(parameters) :]
    if len(positional) > len(by_position):
        return f"{_extra_argument(name, positional[len(by_position)], parameters)} {takes}"
    twice = [one for one in by_position[: len(positional)] if one in kwargs]
    if twice:
        return f"{name}() got {twice[0]} twice. {takes}"
    missing = [p.name for p in parameters[len(positional) :] if p.default is p.empty]
    return f"{name}() needs {next(one for one in missing if one not in kwargs)}. {takes}"


def _extra_argument(name: str, value: object, parameters: Sequence[inspect.Parameter]) -> str:
    """What is wrong with a positional argument that is one too many."""
    by_name = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
    if by_name:
        return (
            f"{name}() does not take {value!r} without the name of an argument. "
            f"Write for instance {by_name[0]}={value!r}."
        )
    return f"{name}() does not take {value!r}: it is one argument too many."


def whole_number(name: str, value: object, *, at_least: int = 0) -> int:
    """Return a whole number; raises ReportError for text, fractions and numbers below a bound."""
    is_whole = isinstance(value, Real) and not isinstance(value, bool) and value == value // 1
    if is_whole:
        if (number := int(cast(Any, value))) >= at_least:
            return number
        raise ReportError(f"{name} is {value}. Give a whole number of {at_least} or more.")
    if not isinstance(value, str):
        raise ReportError(
            f"{name} is {value!r}, which is not a whole number. Give a whole number, as 10000."
        )
    found = _number_in_text(value)
    remedy = f"{name}={found}" if found else "one without quotes, as 10000"
    raise ReportError(f"{name} is {value!r}, which is text. Give a whole number: {remedy}.")


def _number_in_text(text: str) -> str:
    """The whole number in a text, as in '10 000' and '25 %'; '' for another or for several."""
    grouped = re.sub(r"(?<=\d)[\s.,'](?=\d{3}(?!\d))", "", text)
    found = re.findall(r"[-−]?\d+(?:[.,]\d+)?", grouped)
    return found[0] if len(found) == 1 and found[0].isdecimal() else ""


def optional_whole_number(name: str, value: object) -> int | None:
    """Return a whole number or None, as whole_number checks it."""
    return None if value is None else whole_number(name, value)


def whole_numbers(name: str, values: object, *, at_least: int = 0) -> list[int]:
    """Return a list of whole numbers; one number is a list of one."""
    return [whole_number(name, value, at_least=at_least) for value in _as_list(values)]


def text_list(name: str, values: object, example: str) -> list[str]:
    """Return a list of texts; one text is a list of one. Raises ReportError for anything else."""
    listed = _as_list(values)
    for value in listed:
        if not isinstance(value, str):
            raise ReportError(f"{name} is {value!r}, which is not text. Write {name}={example!r}.")
    return listed


def _as_list(values: object) -> list[Any]:
    """Return the values of a list; text or a single value becomes a list of one."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [values]
    return list(values)


def day_argument(name: str, value: object) -> date:
    """Return a day; raises ReportError unless it is one, or text as YYYY-MM-DD."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return TypeAdapter(Day).validate_python(value)
    except ValidationError as error:
        words = validation_words(error.errors()[0])
        raise ReportError(
            f"{name} cannot be {value!r}: {words}. "
            "Write the date as YYYY-MM-DD, for instance 2017-02-22."
        ) from None


def member_code(name: str, value: object, members: Mapping[str, str]) -> str:
    """Return a member's code; `members` maps codes to names.

    Raises ReportError for a number, which has lost its leading zeros, and for a code that no member
    has, with the nearest ones.
    """
    if isinstance(value, str):
        return resolve_member_code(value, members)
    code = restore_leading_zeros(str(value), members)
    example = code if code in members else next(iter(members), "0180")
    about = f" ({members[code]})" if code in members else ""
    raise ReportError(
        f"{name} is {value!r}, which is not text. Codes are text, because a number loses its "
        f"leading zeros: write {example!r}{about}."
    )


def member_codes(name: str, values: object, members: Mapping[str, str]) -> list[str]:
    """Return the codes of several members, as member_code checks each; one code is a list."""
    return list(dict.fromkeys(member_code(name, value, members) for value in _as_list(values)))
