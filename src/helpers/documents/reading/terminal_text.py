"""What a terminal shows at last of what a program printed: colours, returns and erased lines."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"(\x1b\[[0-9;?]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_=>78]|[\r\n\x08])"
)
_MOVES = re.compile(r"[\r\x08\x1b]")
_CURSOR = re.compile(r"\x1b\[(\d*)([ABCDGKJ])")


def shown_text(printed: str) -> str:
    """Return the text that a terminal shows at the end; the same without control characters."""
    if not _MOVES.search(printed):
        return printed
    screen = _Screen()
    for number, piece in enumerate(_CONTROL.split(printed.replace("\r\n", "\n"))):
        if number % 2:
            screen.obey(piece)
        elif piece:
            screen.write(piece)
    return "\n".join(screen.lines)


class _Screen:
    """Lines of any length, and a cursor."""

    def __init__(self) -> None:
        self.lines = [""]
        self.row = self.column = 0

    def write(self, text: str) -> None:
        line = self.lines[self.row]
        if len(line) < self.column:
            line = line.ljust(self.column)
        self.lines[self.row] = line[: self.column] + text + line[self.column + len(text) :]
        self.column += len(text)

    def obey(self, control: str) -> None:
        if control == "\n":
            self.row, self.column = self.row + 1, 0
            if self.row == len(self.lines):
                self.lines.append("")
        elif control == "\r":
            self.column = 0
        elif control == "\x08":
            self.column = max(0, self.column - 1)
        elif found := _CURSOR.fullmatch(control):
            self._move(found[2], found[1])

    def _move(self, letter: str, digits: str) -> None:
        count = int(digits or 1)
        if letter == "A":
            self.row = max(0, self.row - count)
        elif letter == "B":
            self.row = min(len(self.lines) - 1, self.row + count)
        elif letter == "C":
            self.column += min(count, 1000)
        elif letter == "D":
            self.column = max(0, self.column - count)
        elif letter == "G":
            self.column = min(count, 1000) - 1
        elif letter == "K":
            self._erase(digits)
        elif letter == "J" and digits in ("2", "3"):
            self.lines, self.row, self.column = [""], 0, 0

    def _erase(self, digits: str) -> None:
        line = self.lines[self.row]
        if digits == "2":
            self.lines[self.row] = ""
        elif digits == "1":
            self.lines[self.row] = " " * min(self.column, len(line)) + line[self.column :]
        else:
            self.lines[self.row] = line[: self.column]
