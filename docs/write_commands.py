"""Writes docs/commands.md from the command line's own help; a test says when to run it again."""

from pathlib import Path

import click

from helpers.cli import cli

HEAD = """# Commands

Each command's `--help`, written by `python docs/write_commands.py`.
"""


def page() -> str:
    """The page as markdown: a section for the group and for each of its commands."""
    names = ["-h", "--help"]
    group = click.Context(
        cli, info_name="funding-report", terminal_width=80, help_option_names=names
    )
    parts = [HEAD, _section(group)]
    for name in cli.list_commands(group):
        command = cli.commands[name]
        parts.append(_section(click.Context(command, group, name, terminal_width=80)))
    return "\n".join(parts)


def _section(context: click.Context) -> str:
    return f"## `{context.command_path}`\n\n```text\n{context.command.get_help(context)}\n```\n"


if __name__ == "__main__":
    Path(__file__).with_name("commands.md").write_text(page(), encoding="utf-8", newline="\n")
