"""Detect a text's encoding; an uncertain one is refused, since a wrong guess loses columns.

The letters decide: in a wrong encoding a Swedish word has symbols or capitals within it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.data.cells.column_headings import column_for_heading
from helpers.errors import DataError, Problem

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_ENCODING_NAMES = {
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "latin-1": "ISO 8859-1",
    "mac_roman": "Mac OS Roman",
    "cp850": "CP850 (MS-DOS)",
}
_SAVE_AS_UTF_8 = 'Open the original and save it as "CSV UTF-8".'
_SWEDISH = "åäöéÅÄÖÉ"
_PUNCTUATION = "…–—’”“"  # which Word and Excel put in as one types
# Swedish letters after UTF-8 was read in another encoding and saved again.
_TWICE_READ_IN = ("cp1252", "latin-1", "mac_roman", "cp850")
_LONE_LETTERS = "åöàéøæÅÖÀÉ"
_SIGNS_IN_WORDS = "’´`·–—\u00ad"
_LOST = "\ufffd"
_ACCENTED_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_UTF_8_LETTER = re.compile(
    rb"\xc3[\x84\x85\x89\x96\xa4\xa5\xa9\xb6]|\xe2\x80[\x93\x94\x99\x9c\x9d\xa6]"
)
_CELL = re.compile(rb"[^,;\t|\r\n\"]*[\x80-\xff][^,;\t|\r\n\"]*")
_HEADING_BYTES = 20_000


def decode_text(data: bytes, file: str, encoding: str | None = None) -> tuple[str, list[str]]:
    """Return the text, and a note that names its encoding unless it is plain UTF-8.

    Detects UTF-8, UTF-16 with or without a byte order mark, Windows-1252, Mac OS Roman and MS-DOS's
    CP850. UTF-8 that was read as one of the last three and saved again is repaired. `encoding` is
    what a round states; then nothing is detected. Raises DataError, with the row, for anything
    else.
    """
    if encoding is not None:
        return _decode_as_stated(data, file, encoding)
    mark = next((mark for mark in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if mark:
        return _decode_marked(data, _BYTE_ORDER_MARKS[mark], file)
    if b"\0" in data:
        return _decode_unmarked_utf_16(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf_8(data, error.start, file)
        likely = _guess_encoding(data, file)
        return data.decode(likely), [f"Read as {_ENCODING_NAMES[likely]}."]
    return _put_right_twice_encoded(text, file)


def _decode_as_stated(data: bytes, file: str, encoding: str) -> tuple[str, list[str]]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), [f"Read as {encoding}."]
    except UnicodeError as error:
        row = _row_of(data, error.start) if isinstance(error, UnicodeDecodeError) else None
        what = f"is not text in {encoding}, the encoding that round.toml states."
        remedy = "Correct encoding under [register] in round.toml, or leave it out."
        raise DataError([Problem(file, what, remedy, row)]) from None


def _decode_marked(data: bytes, encoding: str, file: str) -> tuple[str, list[str]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown_encoding_error(file) from None
    if encoding == "utf-8-sig":
        return _put_right_twice_encoded(text, file)
    return text, [f"Read as {_ENCODING_NAMES[encoding]}."]


def _decode_unmarked_utf_16(data: bytes) -> tuple[str, list[str]]:
    """Decode UTF-16 without a byte order mark: every other byte of ordinary letters is NUL."""
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if len(data) % 2 == 0 and zeros.count(0) > 0.8 * len(zeros):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text, ["Read as UTF-16 without a byte order mark."]
    return data.decode("utf-8", "replace"), []  # whose NUL characters the caller refuses


def _refuse_damaged_utf_8(data: bytes, position: int, file: str) -> None:
    """Raise DataError for a byte that is not UTF-8 in a file that otherwise is.

    Two files in different encodings were probably joined.
    """
    if _UTF_8_LETTER.search(data):
        row = _row_of(data, position)
        what = f"the byte 0x{data[position]:02X} is not UTF-8, which the rest of the file is."
        remedy = f"Correct the letter in this row. {_SAVE_AS_UTF_8}"
        raise DataError([Problem(file, what, remedy, row)])


def _put_right_twice_encoded(text: str, file: str) -> tuple[str, list[str]]:
    found = None if text.isascii() else _find_twice_encoded(text)
    if found is None:
        return text, []
    for encoding in _TWICE_READ_IN:
        once = _undo_reading(text, encoding)
        if once is not None:
            name = _ENCODING_NAMES[encoding]
            return once, [f"Read as UTF-8 that had been read as {name} and saved as UTF-8 again."]
    what = f"{found!r} is a letter that was encoded twice, and other rows are not so."
    row = text[: text.index(found)].count("\n") + 1
    raise DataError([Problem(file, what, _SAVE_AS_UTF_8, row)])


def _find_twice_encoded(text: str) -> str | None:
    """Return the characters that stand for a letter or sign that was encoded twice, or None."""
    written = _SWEDISH + _PUNCTUATION
    signs = (_as_read_in(encoding, letter) for encoding in _TWICE_READ_IN for letter in written)
    return next((sign for sign in signs if sign in text), None)


def refuse_garbled_headings(headings: list[str], row: int, file: str, sheet: str | None) -> None:
    """Raise DataError for a heading with letters that another program lost or misread.

    Otherwise its column would be left out without a message.
    """
    problems = [
        Problem(file, f"the heading {heading!r} has letters in a wrong encoding.",
                f"Correct it. {_SAVE_AS_UTF_8}", row, sheet=sheet)
        for heading in headings
        if not heading.isascii() and (_LOST in heading or _find_twice_encoded(heading))
    ]  # fmt: skip
    if problems:
        raise DataError(problems)


def _as_read_in(encoding: str, letter: str) -> str:
    return "".join(_sloppy_character(byte, encoding) for byte in letter.encode())


def _sloppy_character(byte: int, encoding: str) -> str:
    """Decode a byte as Windows does, which maps the five undefined bytes to control characters."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def _undo_reading(text: str, encoding: str) -> str | None:
    """Return the text before it was decoded with the wrong encoding; None if that is impossible."""
    bytes_of = {_sloppy_character(byte, encoding): byte for byte in range(256)}
    try:
        return bytes(map(bytes_of.__getitem__, text)).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


@dataclass(frozen=True)
class _Fit:
    """How well an encoding reads a file's words."""

    encoding: str
    swedish: int
    other: int
    wrong: list[bytes]
    headings: int

    @property
    def score(self) -> float:
        return 5 * self.headings + 2 * self.swedish + self.other / 2 - 4 * len(self.wrong)

    @property
    def is_likely(self) -> bool:
        """Return whether the encoding may be used; any but Windows-1252 must show Swedish words.

        Windows-1252 is what Excel writes.
        """
        if self.wrong:
            return False
        return self.encoding == "cp1252" or self.swedish > self.other


def _guess_encoding(data: bytes, file: str) -> str:
    words = set(_ACCENTED_WORD.findall(data))
    cells = set(_CELL.findall(data[:_HEADING_BYTES]))
    fits = [_measure_fit(encoding, words, cells) for encoding in ("cp1252", "mac_roman", "cp850")]
    ranked = sorted((fit for fit in fits if fit), key=lambda fit: -fit.score)
    likely = [fit for fit in ranked if fit.is_likely]
    if not likely or (len(likely) > 1 and likely[0].score == likely[1].score):
        best = ranked[0] if ranked else None
        row = _row_of(data, data.index(best.wrong[0])) if best and best.wrong else None
        raise _unknown_encoding_error(file, row)
    return likely[0].encoding


def _measure_fit(encoding: str, words: set[bytes], cells: set[bytes]) -> _Fit | None:
    try:
        decoded = {word: word.decode(encoding) for word in words}
        headings = sum(column_for_heading(cell.decode(encoding)) is not None for cell in cells)
    except UnicodeDecodeError:
        return None
    texts = [text for text in decoded.values() if len(text) > 1]  # a lone letter may be any sign
    letters = [letter for text in texts for letter in text if not letter.isascii()]
    swedish = sum(letter in _SWEDISH for letter in letters)
    other = sum(letter.isalpha() and letter not in _SWEDISH for letter in letters)
    wrong = [word for word, text in decoded.items() if not _is_word(text)]
    return _Fit(encoding, swedish, other, sorted(wrong), headings)


def _is_word(text: str) -> bool:
    """Return whether the letters can be one word: no symbol and no capital within it."""
    if len(text) == 1:
        return not text.isalpha() or text in _LONE_LETTERS
    around = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    return all(one.isascii() or _can_stand_between(before, one, after)
               for before, one, after in around)  # fmt: skip


def _can_stand_between(before: str, letter: str, after: str) -> bool:
    if letter.isupper():
        return not before.islower() and not (before.isalpha() and after.islower())
    if letter.isalpha():
        return before.islower() or after.islower() or not (before.isalpha() or after.isalpha())
    return not (before.isalpha() and after.isalpha()) or letter in _SIGNS_IN_WORDS


def _row_of(data: bytes, position: int) -> int:
    return (
        data.count(b"\n", 0, position) + 1 if b"\n" in data else data.count(b"\r", 0, position) + 1
    )


def _unknown_encoding_error(file: str, row: int | None = None) -> DataError:
    what = (
        "cannot be read as CSV: it is neither UTF-8, UTF-16 nor Windows-1252, nor another "
        "encoding that gives Swedish words."
    )
    return DataError([Problem(file, what, _SAVE_AS_UTF_8, row)])
