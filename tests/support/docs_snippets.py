"""The snippets of a page of docs/, done in order as a reader would who pastes them.

- `console`: commands after `$ `, in one bash for the whole page, and what the terminal then shows.
  `…` stands for anything, alone on a line for any lines. A command has to succeed, unless the next
  one asks for its exit code by `echo $?`. A here-document goes on until its END.
- `python`: a program, and in the `text` after it what it prints.
- `toml` and `text`, where the line before says what to do with them: "Change in `FILE`:" (each line
  in place of the one with the same key, in the same table), "Add to `FILE`:", "Write over `FILE`:".
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"((?:[^\n]+\n)*)\n*```(\w+)\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)
_FILE = re.compile(r"(Change in|Add to|Write over)\s`([^`]+)`:$")
_COMMAND = re.compile(r"^\$ ", re.MULTILINE)
_HERE = re.compile(r"<<'END'\n.*?^END\n", re.DOTALL | re.MULTILINE)
NOT_RUN = {"text", "sql", "{toctree}"}
_MARK = "==== done: "


@dataclass(frozen=True)
class Step:
    """A command of bash, and what the terminal shows when it is done."""

    command: str
    shown: str


def steps(page: str) -> list[Step]:
    """What a page (its path below docs/) has its reader do, in order."""
    return steps_of((ROOT / "docs" / page).read_text(encoding="utf-8"))


def steps_of(text: str) -> list[Step]:
    """What a text in markdown has its reader do, in order."""
    return [step for found in _FENCE.findall(text) for step in _steps(*found)]


def _steps(before: str, kind: str, body: str, after: str) -> Iterator[Step]:
    if kind == "console":
        for part in _COMMAND.split(body)[1:]:
            here = _HERE.search(part)
            end = here.end() if here else part.index("\n") + 1
            yield Step(part[:end].rstrip("\n"), part[end:])
    elif kind == "python":
        yield Step(f"python -c {shlex.quote(body)}", after)
    elif asked := _FILE.search(before.strip()):
        yield Step(shlex.join([sys.executable, __file__, *asked.groups(), body]), "")
    else:
        assert kind in NOT_RUN, f"What is to be done with this?\n{body}"


def copy_of(project: Path, place: Path) -> Path:
    """A copy of a project without what is made anew: the reader's clone."""
    leave = shutil.ignore_patterns(".venv", ".git", "build", ".*_cache", "__pycache__")
    shutil.copytree(project, place, ignore=leave)
    return place


def follow(
    todo: list[Step], place: Path, replace: Mapping[str, str] | None = None, **environment: str
) -> None:
    """Do all steps in a project, and compare what is shown; `replace` is done to each step."""
    for old, new in (replace or {}).items():
        assert any(old in step.command for step in todo), old
        todo = [Step(s.command.replace(old, new), s.shown.replace(old, new)) for s in todo]
    commands = [step.command for step in todo]
    lines = (f'{command}\n_c=$?; echo; echo "{_MARK}$_c"; (exit $_c)' for command in commands)
    done = subprocess.run(
        ["bash", "-c", "\n".join(lines)],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        env=_surroundings(place, environment),
        check=False,
        timeout=600,
    )
    parts = re.split(rf"\n{_MARK}(\d+)\n", done.stdout)
    outputs, codes = parts[:-1:2], parts[1::2]
    assert len(outputs) == len(todo), done.stdout
    asked = [*(step.command for step in todo[1:]), ""]
    wrong = []
    for step, output, code, following in zip(todo, outputs, codes, asked, strict=True):
        shown = output.replace("\u00a0", " ")  # the terminal's no-break spaces
        fails = code != "0" and following != "echo $?"
        if fails or not _pattern(step.shown).fullmatch(shown):
            wrong.append(f"$ {step.command}\n{shown}[exit {code}]")
    assert not wrong, "\n".join(wrong)


def _surroundings(place: Path, environment: Mapping[str, str]) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ours = {"PATH": path, "PYTHONPATH": str(place / "src"), "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
    return {**os.environ, **ours, **environment}


def _pattern(shown: str) -> re.Pattern[str]:
    lines = shown.splitlines(keepends=True)
    parts = (
        r"(?:.*\n)*" if line == "…\n" else re.escape(line).replace("…", ".*") for line in lines
    )
    return re.compile("".join(parts))


def change(how: str, path: Path, text: str) -> None:
    """Do with a file what a page says before its snippet."""
    old = path.read_text(encoding="utf-8")
    made: dict[str, Callable[[str, str], str]] = {
        "Change in": _changed,
        "Add to": lambda old, text: old + text,
        "Write over": lambda _, text: text,
    }
    path.write_text(made[how](old, text), encoding="utf-8")


def _changed(old: str, text: str) -> str:
    """Each line of a text in place of that with its key, in the same table of the file."""
    parts = re.split(r"(?m)^(\[.*\]).*$", text)
    for table, lines in zip(["", *parts[1::2]], parts[::2], strict=True):
        start = old.index(f"\n{table}") if table else 0
        end = old.index("\n[", start + 1)
        inside = old[start:end]
        for line in filter(None, lines.splitlines()):
            key = re.escape(line.partition("=")[0])
            inside, times = re.subn(rf"(?m)^{key}=.*$", lambda _, line=line: line, inside)  # type: ignore[misc]
            assert times == 1, (line, times)
        old = old[:start] + inside + old[end:]
    return old


if __name__ == "__main__":
    change(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
