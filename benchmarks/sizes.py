"""Print the sizes of the code as a table: `python benchmarks/sizes.py [CHECKOUT ...]`.

A room is a folder of src/helpers. A branch is an if, a loop, an except, a case, a condition in a
comprehension or an operand of and/or. A name is doubled where two files define it: a class, a
constant at the top of a module, or the file itself. A function passes on where its body is one call
of another function with nothing but its own arguments.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BRANCHES = (
    ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.match_case, ast.comprehension,
)  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef
HEADINGS = ["room", "files", "lines", "functions", "longest", "branches", "fmt: skip", "pass on"]


@dataclass
class Sizes:
    """What is counted of the modules of a room."""

    files: int = 0
    lines: int = 0
    functions: int = 0
    longest: int = 0
    branches: int = 0
    fmt_skip: int = 0
    pass_on: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    constants: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    folders: Counter[str] = field(default_factory=Counter)

    def add(self, path: Path) -> None:
        """Count a module in."""
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
        self.files += 1
        self.lines += len(text.splitlines())
        self.functions += len(functions)
        self.longest = max([self.longest, *map(_length, functions)])
        self.branches += sum(map(_branches, ast.walk(tree)))
        self.fmt_skip += text.count("# fmt: skip")
        self.pass_on += sum(map(_passes_on, functions))
        self.classes.update({n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef)})
        self.constants.update(set(_constants(tree)))
        if path.name != "__init__.py":
            self.names[path.name] += 1
            self.folders[path.parent.as_posix().rpartition("/helpers/")[2]] += 1

    def row(self, room: str) -> list[str]:
        """The room's line of the table, under HEADINGS."""
        counts = (self.files, self.lines, self.functions, self.longest, self.branches)
        return [room, *map(str, (*counts, self.fmt_skip, self.pass_on))]


def _length(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return int(isinstance(node, BRANCHES))


def _constants(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        for target in targets:
            if isinstance(target, ast.Name) and target.id.isupper():
                yield target.id


def _passes_on(function: Function) -> bool:
    body = [n for n in function.body if not _is_docstring(n)]
    if len(body) != 1 or not isinstance(body[0], ast.Return | ast.Expr):
        return False
    call = body[0].value
    if not isinstance(call, ast.Call):
        return False
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    own = function.args
    names = {a.arg for a in (*own.posonlyargs, *own.args, *own.kwonlyargs)} - {"self", "cls"}
    passed = {a.id for a in arguments if isinstance(a, ast.Name)}
    return len(passed) == len(arguments) and bool(names) and passed == names


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def measure(package: Path) -> dict[str, Sizes]:
    """By room, the sizes of the modules in it; those at the top of the package are "(top)"."""
    rooms: dict[str, Sizes] = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).parts
        rooms.setdefault(parts[0] if len(parts) > 1 else "(top)", Sizes()).add(path)
    return rooms


def table(checkout: Path) -> Iterator[str]:
    """The lines that are printed of a checkout."""
    rooms = measure(checkout / "src" / "helpers")
    whole = Sizes()
    for path in sorted((checkout / "src" / "helpers").rglob("*.py")):
        whole.add(path)
    rows = [HEADINGS, *(sizes.row(room) for room, sizes in sorted(rooms.items()))]
    for row in [*rows, whole.row("all")]:
        yield f"{row[0]:<14}" + "".join(f"{cell:>11}" for cell in row[1:])
    for kind, counts in (
        ("classes", whole.classes),
        ("constants", whole.constants),
        ("files", whole.names),
    ):
        doubled = sorted(name for name, count in counts.items() if count > 1)
        yield f"doubled {kind}: {len(doubled)}  {', '.join(doubled)}".rstrip()
    folder, most = whole.folders.most_common(1)[0]
    yield f"most files in a folder: {most} ({folder})"


def main() -> None:
    """Print the table of each checkout that is named, or of this one."""
    for checkout in [Path(argument) for argument in sys.argv[1:]] or [ROOT]:
        sys.stdout.write("\n".join(table(checkout)) + "\n")


if __name__ == "__main__":
    main()
