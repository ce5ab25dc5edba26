"""Write each command's `--help` into its page in docs/reference; a test checks that it is current.

A page is prose written by hand around one block of text that begins with "Usage:". Only that block
is replaced.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from helpers.cli.commands import cli

REFERENCE = Path(__file__).with_name("reference")
_HELP = re.compile(r"```text\nUsage: .*?```\n", re.DOTALL)


def pages() -> Iterator[tuple[Path, str]]:
    """Each page of a command and the text that it should have; the group's page comes first."""
    names = ["-h", "--help"]
    group = click.Context(
        cli, info_name="funding-report", terminal_width=80, help_option_names=names
    )
    yield REFERENCE / "commands.md", _page(REFERENCE / "commands.md", group)
    for name in cli.list_commands(group):
        context = click.Context(cli.commands[name], group, name, terminal_width=80)
        path = REFERENCE / "commands" / f"{name}.md"
        yield path, _page(path, context)


def _page(path: Path, context: click.Context) -> str:
    shown = f"```text\n{context.command.get_help(context)}\n```\n"
    if not path.exists():  # a new command: the prose is still to be written
        return f"# `{context.command_path}`\n\n{shown}"
    text, times = _HELP.subn(lambda _: shown, path.read_text(encoding="utf-8"))
    if times != 1:
        raise SystemExit(f"{path} has {times} blocks that begin with 'Usage:', not one.")
    return text


if __name__ == "__main__":
    for page, content in pages():
        page.write_text(content, encoding="utf-8", newline="\n")
