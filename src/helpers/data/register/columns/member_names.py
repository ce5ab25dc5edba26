"""Find a member by the name or code that an officer wrote; an ambiguous name finds no member."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import cached_property

from helpers.data.cells.cell_values import normalize_text
from helpers.errors import ReportError

# Words after a municipality's name. Each municipality chooses; "stad" has no legal meaning.
_BODY_NAMES = ("kommun", "stad")
# The two of the 290 municipalities whose official name follows neither pattern.
_IRREGULAR_OFFICIAL_NAMES = {"Falun": ["Falu kommun"], "Gotland": ["Region Gotland"]}
_NAME_SEPARATORS = re.compile(r"[ ‐‑‒–—−-]")
_FORMULA_TEXT = re.compile(r'^="([^"]*)"$')  # how programs keep a spreadsheet from counting
_CODE_THEN_NAME = re.compile(r"\(?(?P<code>[0-9]+)\)?(?: ?[-–,:;/.] ?| )(?P<name>[^\W\d_].*)")
_NAME_THEN_CODE = re.compile(r"(?P<name>.*[^\W\d_])(?: ?[-–,:;/] ?| ?)\(?(?P<code>[0-9]+)\)?")
# difflib's ratio. With a lower limit, different short names count as similar.
_SIMILARITY_CUTOFF = 0.7


class MemberNameIndex:
    """The members of a round by every form of their names; `members` maps codes to short names."""

    def __init__(self, members: Mapping[str, str]) -> None:
        self.members = members
        self._names = list(members.values())
        self._codes: dict[str, set[str]] = defaultdict(set)
        for code, name in members.items():
            for form in _name_forms(name):
                self._codes[_name_key(form)].add(code)

    def find_code(self, name: str) -> str | None:
        """Return the code of the only member with a name; None if no member or several have it.

        A name is the short name, the short name or its genitive with 'kommun' or 'stad', or 'Falu
        kommun' and 'Region Gotland'. Case, spaces and hyphens do not matter; accents do (Habo is
        not Håbo).
        """
        codes = self._codes.get(_name_key(name), set())
        return next(iter(codes)) if len(codes) == 1 else None

    @cached_property
    def _codes_without_accents(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for code, name in self.members.items():
            found[_strip_accents(_name_key(name))].append(code)
        return dict(found)

    def accented_twins(self, code: str) -> list[str]:
        """Return the members with the name of `code` but for lost accents: Håbo for Habo."""
        key = _name_key(self.members[code])
        twins = self._codes_without_accents[_strip_accents(key)]
        return [one for one in twins if one != code and _strip_accents(key) == key]

    @cached_property
    def _short_names_by_key(self) -> dict[str, list[str]]:
        """The short names by the key for comparing misspelt names; slow, and seldom needed."""
        nearest_codes = defaultdict(list)
        for name in self._names:
            for bare in {_key_without_body(form) for form in _name_forms(name)}:
                for spelt in {bare, _strip_accents(bare)}:
                    nearest_codes[spelt].append(name)
        return dict(nearest_codes)

    def suggest(self, name: str, most: int = 3) -> list[str]:
        """Return the short names closest to a name that `find_code` refuses, best first.

        Also finds names written without their accents ('Malmo').
        """
        candidates = max(1, len(self._short_names_by_key))
        nearest_codes = get_close_matches(
            _key_without_body(name),
            self._short_names_by_key,
            n=candidates,
            cutoff=_SIMILARITY_CUTOFF,
        )
        return list(
            dict.fromkeys(
                short for form in nearest_codes for short in self._short_names_by_key[form]
            )
        )[:most]


def restore_leading_zeros(text: str, codes: Collection[str]) -> str:
    """Return the code with the leading zeros that a spreadsheet removed.

    The text is returned unchanged unless it consists of digits and, padded with zeros to the length
    of a code in `codes`, equals exactly one of them.
    """
    if text in codes or not re.fullmatch("[0-9]+", text):
        return text
    padded = {text.zfill(len(code)) for code in codes} & set(codes)
    return padded.pop() if len(padded) == 1 else text


def find_member_code(cell: str, names: MemberNameIndex, codes: Collection[str]) -> str | None:
    """Return the code of the member that a cell names by a code, a name or both; None if unclear.

    Accepts 0180, 180, 180.0, ="0180", '0180, SE0180, "0180 Stockholm", "Malmö (1280)" and a name. A
    cell with the code of one member and the name of another is unclear.
    """
    plain = _FORMULA_TEXT.sub(r"\1", normalize_text(cell)).removeprefix("'")
    if code := _plain_code(plain, codes):
        return code
    if meant := names.find_code(plain):
        return meant
    found = _CODE_THEN_NAME.fullmatch(plain) or _NAME_THEN_CODE.fullmatch(plain)
    code = _plain_code(found["code"], codes) if found else None
    if found is None or code is None:
        return None
    named = names.find_code(found["name"])
    return code if named in (code, None) and _is_near(code, found["name"], names) else None


def _is_near(code: str, name: str, names: MemberNameIndex) -> bool:
    nearest_codes = [names.find_code(one) for one in names.suggest(name)]
    return code in (names.find_code(name), *nearest_codes)


def _plain_code(text: str, codes: Collection[str]) -> str | None:
    digits = text.removeprefix("SE").removeprefix("kommun ")
    digits = re.sub(r"(?<=[0-9])\.0$", "", digits)
    digits = re.sub(r"(?<=[0-9]) (?=[0-9])", "", digits)
    code = restore_leading_zeros(digits, codes)
    return code if code in codes else None


def resolve_member_code(written_code: str, members: Mapping[str, str]) -> str:
    """Return the code of a member as typed on the command line.

    `members` maps codes to short names. Leading zeros are restored (see restore_leading_zeros).
    Raises ReportError, with the closest codes, for a code that no member has.
    """
    code = restore_leading_zeros(written_code.strip(), members)
    if code in members:
        return code
    named = MemberNameIndex(members)
    meant = named.find_code(written_code)
    short = [meant] if meant else [named.find_code(name) for name in named.suggest(written_code)]
    nearest_codes = [one for one in short if one] or get_close_matches(
        code, members, n=3, cutoff=0.5
    )
    nearest = ", ".join(f"{one} ({members[one]})" for one in nearest_codes) or "none"
    raise ReportError(
        f"There is no member with the code {written_code!r}. The nearest: {nearest}. "
        "Give a code as the "
        "members' file has it."
    )


def _name_forms(name: str) -> list[str]:
    """Return every form of a member's name; an empty result for a blank name."""
    if not normalize_text(name):
        return []
    genitive = name if name.casefold().endswith(("s", "x", "z")) else f"{name}s"
    official = [f"{stem} {body}" for stem in (name, genitive) for body in _BODY_NAMES]
    return [name, *official, *_IRREGULAR_OFFICIAL_NAMES.get(name, [])]


def _name_key(name: str) -> str:
    return _NAME_SEPARATORS.sub("", normalize_text(name).casefold())


def _key_without_body(name: str) -> str:
    """Return the key without 'kommun' or 'stad', even if misspelt.

    With such a word in common, any two names would be similar.
    """
    first, _, last = normalize_text(name).rpartition(" ")
    shared = first and get_close_matches(last.casefold(), _BODY_NAMES, cutoff=0.8)
    return _name_key(first if shared else name)


def _strip_accents(key: str) -> str:
    letters = unicodedata.normalize("NFD", key)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
