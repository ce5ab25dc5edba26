"""Where the marks on a page of a PDF are: its letters, lines, areas and pictures.

It follows the operators of ISO 32000-1, annex A, that Typst writes, also in the forms that drawings
become. A path that only clips, and an area in white, are not marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Matrix, Name

_STROKES = {"S", "s"}
_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
_FILL_COLOURS = {"sc", "scn", "rg", "g"}
_TEXTS = {"Tj", "TJ", "'", '"'}


def mark_heights(page: pikepdf.Page) -> list[float]:
    """Heights above the foot of the page, in points, of its marks' ends and its lines of text."""
    return list(_Walk(Matrix()).heights(page, page.obj.get(Name.Resources)))


@dataclass
class _Walk:
    """Through the operators of a page or a form."""

    matrix: Matrix
    is_white: bool = False
    line: Matrix = field(default_factory=Matrix)
    path: list[float] = field(default_factory=list)
    saved: list[tuple[Matrix, bool]] = field(default_factory=list)

    def heights(self, content: Any, resources: Any) -> Iterator[float]:
        for instruction in pikepdf.parse_content_stream(content):
            name, operands = str(instruction.operator), list(instruction.operands)
            if name in _TEXTS:
                yield self._height(self.line, 0, 0)
            elif name in _STROKES or name in _FILLS or name == "n":
                is_mark = name in _STROKES or (name in _FILLS and not self.is_white)
                yield from self.path if is_mark else ()
                self.path = []
            elif name == "Do":
                yield from self._form_heights(resources[Name.XObject][operands[0]])
            else:
                self._change_state(name, operands)
                self._extend_path(name, operands)
                self._move_line(name, operands)

    def _height(self, matrix: Matrix, x: Any, y: Any) -> float:
        return float((matrix @ self.matrix).transform((float(x), float(y)))[1])

    def _change_state(self, name: str, operands: list[Any]) -> None:
        if name == "q":
            self.saved.append((self.matrix, self.is_white))
        elif name == "Q":
            self.matrix, self.is_white = self.saved.pop()
        elif name == "cm":
            self.matrix = Matrix(*map(float, operands)) @ self.matrix
        elif name in _FILL_COLOURS:
            self.is_white = all(one == 1 for one in operands)

    def _extend_path(self, name: str, operands: list[Any]) -> None:
        if name == "re":
            x, y, width, height = map(float, operands)
            self._add(x, y, x + width, y + height, x, y + height, x + width, y)
        elif name in ("m", "l", "c", "v", "y"):
            self._add(*operands)

    def _add(self, *numbers: Any) -> None:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        self.path += [self._height(Matrix(), x, y) for x, y in pairs]

    def _move_line(self, name: str, operands: list[Any]) -> None:
        if name == "BT":
            self.line = Matrix()
        elif name == "Tm":
            self.line = Matrix(*map(float, operands))
        elif name == "Td":
            self.line = Matrix(1, 0, 0, 1, *map(float, operands)) @ self.line

    def _form_heights(self, form: Any) -> Iterator[float]:
        if form.Subtype == Name.Image:
            yield from (self._height(Matrix(), x, y) for x in (0, 1) for y in (0, 1))
            return
        own = Matrix(*map(float, form.get(Name.Matrix, [1, 0, 0, 1, 0, 0])))
        yield from _Walk(own @ self.matrix).heights(form, form.get(Name.Resources))
