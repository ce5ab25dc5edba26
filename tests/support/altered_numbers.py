"""Every place of a document in which a number is printed, each with another number there.

As someone alters it who wants a reader to believe it: one digit is another one, of the same
typeface in a PDF, and what is read besides stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

# What a browser shows or reads aloud: texts and these attributes, not typefaces and coordinates.
_SHOWN = re.compile(r">[^<>]+(?=<)|\b(?:alt|aria-label|title|content)=\"[^\"]*\"")
_STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
# Of a typeface in a PDF: a glyph, and its letter, or the first of those that it stands for.
_CODES = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})[0-9A-F]*>")
Place = tuple[str, bytes]  # where it is, and the file with another number there


def altered_places(path: Path, printed: re.Pattern[str]) -> Iterator[Place]:
    """Yield each place of a page, notebook, list or PDF in which a number is printed."""
    if path.suffix == ".pdf":
        yield from _in_pages(path, printed)
        yield from _in_properties(path, printed)
        return
    text = path.read_text(encoding="utf-8")
    for start, part in _shown(text) if path.suffix == ".html" else [(0, text)]:
        for found in printed.finditer(part):
            begin, end = start + found.start(), start + found.end()
            yield str(begin), (text[:begin] + other_number(found[0]) + text[end:]).encode()


def altered_values(path: Path, value: float | str) -> Iterator[Place]:
    """Yield each key of a JSON file that has a value."""
    content = json.loads(path.read_bytes())
    for at, changed in _other_values(content, value):
        text = json.dumps(changed, ensure_ascii=False, indent=1)
        yield at, f"{text}\n".encode()


def other_number(printed: str) -> str:
    """Return what is printed with one digit less in its first part: 519 600 becomes 518 600."""
    return re.sub(r"\d(?!\d)", lambda digit: _other_digit(digit[0]), printed, count=1)


def _other_digit(digit: str) -> str:
    return str((int(digit) + 9) % 10)


def _shown(page: str) -> Iterator[tuple[int, str]]:
    blanked = _STYLE.sub(lambda style: " " * len(style[0]), page)
    yield from ((part.start(), part[0]) for part in _SHOWN.finditer(blanked))


def _other_values(value: Any, old: float | str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            for at, changed in _other_values(inner, old):
                yield f".{key}{at}", {**value, key: changed}
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            for at, changed in _other_values(inner, old):
                yield f".{number}{at}", [*value[:number], changed, *value[number + 1 :]]
    elif type(value) is type(old) and value == old:
        yield "", other_number(value) if isinstance(value, str) else value / 2


def _in_pages(path: Path, printed: re.Pattern[str]) -> Iterator[Place]:
    """Replace the glyph of a digit in the stream of a page."""
    with pikepdf.open(path) as pdf:
        for count, page in enumerate(pdf.pages, start=1):
            before, letters = page.Contents, list(_letters(page))
            for found in printed.finditer("".join(letter for letter, *_ in letters)):
                digit = re.search(r"\d(?!\d)", found[0])
                assert digit
                at = found.start() + digit.start()
                page.Contents = pdf.make_stream(_with_other_glyph(page, *letters[at][1:]))
                yield f"page {count}, {at}", _saved(pdf)
                page.Contents = before


def _letters(page: pikepdf.Page) -> Iterator[tuple[str, int, int, int]]:
    """Yield each letter of a page, and its instruction, operand and byte; a line ends with \\n."""
    codes: dict[int, str] = {}
    for number, instruction in enumerate(pikepdf.parse_content_stream(page)):
        if str(instruction.operator) == "Tf":
            codes = _letters_of_glyphs(page, instruction.operands[0])
        elif str(instruction.operator) in ("TJ", "Tj"):
            for part, text in enumerate(_strings(instruction.operands)):
                for byte in range(0, len(text), 2):
                    yield codes[int.from_bytes(text[byte : byte + 2])], number, part, byte
            if str(instruction.operator) == "TJ":  # a drawing has one letter in each Tj
                yield "\n", number, 0, 0


def _letters_of_glyphs(page: pikepdf.Page, font: Any) -> dict[int, str]:
    content = page.obj.Resources.Font[font].ToUnicode.read_bytes()
    return {int(glyph, 16): chr(int(letter, 16)) for glyph, letter in _CODES.findall(content)}


def _strings(operands: Any) -> list[bytes]:
    parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    return [bytes(part) if isinstance(part, pikepdf.String) else b"" for part in parts]


def _with_other_glyph(page: pikepdf.Page, number: int, part: int, byte: int) -> bytes:
    """Return the stream of a page with another digit of the same typeface in one place."""
    instructions: list[Any] = list(pikepdf.parse_content_stream(page))
    fonts = [i.operands[0] for i in instructions[:number] if str(i.operator) == "Tf"]
    letters = _letters_of_glyphs(page, fonts[-1])
    text = _strings(instructions[number].operands)[part]
    old = int.from_bytes(text[byte : byte + 2])
    new = next(glyph for glyph, letter in letters.items() if letter.isdigit() and glyph != old)
    changed = pikepdf.String(text[:byte] + new.to_bytes(2) + text[byte + 2 :])
    operands = instructions[number].operands
    if isinstance(operands[0], pikepdf.Array):
        parts = list(operands[0])
        operands = [pikepdf.Array([*parts[:part], changed, *parts[part + 1 :]])]
    else:
        operands = [changed]
    instructions[number] = (operands, instructions[number].operator)
    return pikepdf.unparse_content_stream(instructions)


def _in_properties(path: Path, printed: re.Pattern[str]) -> Iterator[Place]:
    """Alter titles, bookmarks and texts in place of a drawing, and the XMP metadata."""
    with pikepdf.open(path) as pdf:
        owners = [owner for one in pdf.objects for owner in _dictionaries(one)]
        for owner in owners:
            texts = {key: str(text) for key, text in owner.items() if _is_text(text)}
            for key, text in texts.items():
                if found := printed.search(text):
                    owner[key] = text[: found.start()] + other_number(text[found.start() :])
                    yield f"{key} of {owner.objgen}", _saved(pdf)
                    owner[key] = text
        metadata = pdf.Root.Metadata.read_bytes()
        for found in printed.finditer(metadata.decode()):
            changed = other_number(found[0])
            text = f"{found.string[: found.start()]}{changed}{found.string[found.end() :]}"
            pdf.Root.Metadata.write(text.encode())
            yield f"XMP, {found.start()}", _saved(pdf)
            pdf.Root.Metadata.write(metadata)


def _is_text(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.String)


def _dictionaries(one: pikepdf.Object) -> Iterator[Any]:
    """Yield a dictionary, and those in it that are no objects of their own."""
    if isinstance(one, pikepdf.Dictionary):
        yield one
        for inner in one.values():
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                yield from _dictionaries(inner)
    elif isinstance(one, pikepdf.Array):
        for inner in one:
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                yield from _dictionaries(inner)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    file = BytesIO()
    pdf.save(file)
    return file.getvalue()
