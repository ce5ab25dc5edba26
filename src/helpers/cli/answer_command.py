"""The command that records an answer, or a correction of one, in a round's own register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.cli.running import clock
from helpers.cli.running.message_language import message_language_option
from helpers.cli.running.options import output_option, round_name_argument
from helpers.errors import ReportError

if TYPE_CHECKING:
    from helpers.model.localized_text import Language
    from helpers.report.recording.answer_recorder import RegisterChange

_RECORDABLE_ANSWERS = ("yes", "no")
_DAY_OPTIONS = ("decided_on", "received_on", "registered_on")


@click.command()
@round_name_argument
@click.argument("code", required=False)
@click.argument("decision", metavar="[yes|no]", required=False)
@click.option(
    "--decided-on", metavar="DATE", help="The day the member decided: YYYY-MM-DD or today."
)
@click.option(
    "--received-on", metavar="DATE", help="The day the answer came in: YYYY-MM-DD or today."
)
@click.option(
    "--registered-on",
    metavar="DATE",
    help="The day the answer was registered [the day it came in].",
)
@click.option("--case-number", metavar="TEXT", help="The case number of the answer.")
@click.option("--condition", metavar="TEXT", help="The condition of a yes, in its own words.")
@click.option("--years", metavar="YEARS", help="The years that a yes covers, if not all.")
@click.option("--amount", metavar="NUMBER", help="The amount of a pledge, a year.")
@click.option("--currency", metavar="CODE", help="Its currency, if not the round's.")
@click.option("--confirmed", metavar="NUMBER", help="How much of it is confirmed, or yes for all.")
@click.option(
    "--correct",
    type=click.IntRange(1),
    metavar="ROW",
    help="Correct this row of the register instead: what is given is what the row should say.",
)
@click.option("--remove", is_flag=True, help="With --correct: the row should not be there at all.")
@click.option("--reason", metavar="TEXT", help="With --correct: what was wrong.")
@click.option("--dry-run", is_flag=True, help="Print what would change, and write nothing.")
@output_option
@message_language_option
def answer(
    round_name: str,
    code: str | None,
    decision: str | None,
    correct: int | None,
    output: str,
    *,
    dry_run: bool,
    message_language: Language,
    **options: Any,
) -> None:
    """Record a member's answer in ROUND's register.

    It is the answer yes or no of the member CODE, in the round's decisions.csv. Prints the member's
    answer and the headline, before and after.
    """
    how = {name: options.pop(name) for name in ("reason", "remove")}
    if code in _RECORDABLE_ANSWERS and decision is None and correct is not None:
        code, decision = None, code
    values = _stated_values(round_name, code, decision, options)
    if correct is None:
        change = _new_answer(round_name, values, message_language, **how)
    else:
        change = _correction(round_name, correct, values, message_language, **how)
    for line in change.effect:
        click.echo(line)
    if not dry_run:
        change.save(Path(output))


def _stated_values(
    round_name: str, code: str | None, decision: str | None, options: Mapping[str, str | None]
) -> dict[str, str]:
    """Return the values on the command line, by column of the register."""
    values = {name: value for name, value in options.items() if value is not None}
    for name in _DAY_OPTIONS:
        if name in values:
            values[name] = _resolve_day(name, values[name])
    if decision is not None and decision not in _RECORDABLE_ANSWERS:
        raise click.UsageError(f"The answer is yes or no, not {decision!r}.")
    if code is not None:
        values["code"] = _member_code(round_name, code)
    return values if decision is None else {**values, "decision": decision}


def _new_answer(
    round_name: str,
    values: dict[str, str],
    language: Language,
    *,
    remove: bool,
    reason: str | None,
) -> RegisterChange:
    from helpers.data.register.register_writer import NewAnswer
    from helpers.report.recording.answer_recorder import propose_answer

    if remove or reason:
        raise click.UsageError("--remove and --reason belong to --correct ROW.")
    if {"code", "decision"} - values.keys():
        raise click.UsageError("Give the member's code and its answer, yes or no.")
    for name in ("decided_on", "received_on"):
        if name not in values:
            raise click.UsageError(f"Missing option '--{name.replace('_', '-')}'.")
    return propose_answer(round_name, NewAnswer(**values), clock.today(), language)


def _correction(
    round_name: str,
    row: int,
    values: dict[str, str],
    language: Language,
    *,
    remove: bool,
    reason: str | None,
) -> RegisterChange:
    from helpers.report.recording.answer_recorder import propose_correction

    if not (reason or "").strip():
        raise click.UsageError('A correction states what was wrong: --reason "…".')
    if remove == bool(values):
        raise click.UsageError("Give the row's right values, or --remove to take it out.")
    return propose_correction(round_name, row, values, str(reason), clock.today(), language)


def _member_code(round_name: str, written: str) -> str:
    from helpers.data.register.columns.member_names import resolve_member_code
    from helpers.data.round.members_file import load_members
    from helpers.data.round.round_config import load_round, round_folder

    folder = round_folder(round_name)
    members = load_members(folder, load_round(folder))
    return resolve_member_code(written, dict(zip(members["code"], members["name"], strict=True)))


def _resolve_day(name: str, written: str) -> str:
    day = str(clock.resolve_day(written))
    try:
        if len(day) != len("YYYY-MM-DD"):
            raise ValueError
        return date.fromisoformat(day).isoformat()
    except ValueError:
        option = f"--{name.replace('_', '-')}"
        raise ReportError(
            f"{option} {written!r} is not a day. Write it as YYYY-MM-DD, or today."
        ) from None
