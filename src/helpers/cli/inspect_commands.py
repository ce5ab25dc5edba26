"""The commands that read a round and write no release: status and check."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpers.cli.running import clock
from helpers.cli.running.message_language import message_language_option
from helpers.cli.running.options import (
    any_day_option,
    decisions_option,
    future_option,
    output_option,
    round_name_argument,
    table_option,
)
from helpers.cli.running.runner import with_time_limit
from helpers.errors import EXIT_DATA, DataError, Problem, ReportError, escape_control_characters

if TYPE_CHECKING:
    from helpers.checking.register_review import RegisterReview
    from helpers.model.localized_text import Language
    from helpers.report.report_data import ReportData


@click.command()
@round_name_argument
@any_day_option
@decisions_option
@table_option
@output_option
@future_option
@click.option(
    "--json", "as_json", is_flag=True, help="Print the figures as JSON, as in figures.json."
)
@with_time_limit
def status(
    round_name: str,
    as_of: str | None,
    decisions: str | None,
    table: str,
    output: str,
    *,
    future: bool,
    as_json: bool,
) -> None:
    """Print the key figures of ROUND."""
    from helpers.data.register.rules.future_days import refuse_future_days
    from helpers.data.round.round_inputs import load_inputs
    from helpers.model.parameters import report_params
    from helpers.report.report_data import ReportData
    from helpers.system.json_text import json_text

    inputs = load_inputs(round_name, decisions, table)
    refuse_future_days(inputs.register, clock.today())
    day = clock.resolve_day(as_of) or str(inputs.register.latest or inputs.round.recommended_on)
    source_options = {"decisions": decisions, "table": table, "language": "en"}
    params = report_params(round=round_name, as_of=day, **source_options)
    # A round that has not begun has no earlier day to show.
    report = ReportData(clock.mark_future(params, allowed=future or as_of is None), inputs)
    for note in inputs.register.table.notes:
        click.echo(note, err=True)
    _warn_of_fewer_answers(report, Path(output))
    if as_json:
        click.echo(json_text(report.figures), nl=False)
        return
    for line in _status_lines(report):
        click.echo(line)


def _status_lines(report: ReportData) -> list[str]:
    from helpers.sections.board.status.membership_section import membership_text
    from helpers.sections.board.status.threshold_block import threshold_texts
    from helpers.sections.components.notices import page_notice
    from helpers.sections.components.payment_texts import money_texts
    from helpers.sections.pricing.contingency_sentences import contingency_text

    context = report.context
    lines = [context.wording.status_line(), context.wording.lead(), context.wording.bounds()]
    lines += [contingency_text(context.statement, context.loc), *threshold_texts(context)]
    lines += money_texts(report.receivables, context.loc) if report.receivables else []
    return [line for line in (*lines, membership_text(context), page_notice(context)) if line]


def _warn_of_fewer_answers(report: ReportData, reports: Path) -> None:
    """Warn on stderr if the `board` command would refuse the report."""
    from helpers.releases.answer_count import explain_fewer_answers, find_fewer_answers
    from helpers.releases.storage import BOARD_REPORT_KIND

    earlier = find_fewer_answers(report, reports, BOARD_REPORT_KIND)
    if earlier:
        click.echo(f"warning: {explain_fewer_answers(report, earlier)}", err=True)


@click.command()
@round_name_argument
@decisions_option
@table_option
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option(
    "--annotate",
    metavar="PATH",
    help="Write a copy of the register to PATH with each problem noted in its row.",
)
@click.option(
    "--letters",
    is_flag=True,
    help="Also list the facts of address that letters do not state; not with --json.",
)
@message_language_option
@with_time_limit
def check(
    round_name: str,
    decisions: str | None,
    table: str,
    *,
    as_json: bool,
    annotate: str | None,
    letters: bool,
    message_language: Language,
) -> None:
    """List all problems in ROUND's register.

    Exits with 1 if one of them is an error.
    """
    from helpers.checking.register_review import review_register

    if as_json and letters:
        raise click.UsageError(
            "--letters lists facts as text, which --json cannot have. Choose one of them."
        )
    try:
        review_result = review_register(round_name, decisions, table, clock.today())
    except ReportError as error:
        if as_json and isinstance(error, DataError):
            _print_problems(error.problems, message_language)
            sys.exit(error.exit_code)
        _offer_block(round_name, decisions, table, message_language)
        raise
    if as_json:
        _print_problems(review_result.problems, message_language)
    else:
        click.echo(review_result.text(message_language, letters=letters))
        _offer_block(round_name, decisions, table, message_language)
    if annotate:
        source = decisions or _own_register(round_name)
        written = _annotate(source, Path(annotate), review_result, message_language)
        click.echo(written, err=as_json)
    if review_result.failed:
        sys.exit(EXIT_DATA)


def _own_register(round_name: str) -> str:
    from helpers.data.round.round_config import round_folder

    return str(round_folder(round_name) / "decisions.csv")


def _annotate(source: str, target: Path, review: RegisterReview, language: Language) -> str:
    """Write the annotated copy, and return what was written."""
    from helpers.checking.annotated_copy import write_annotated_copy
    from helpers.i18n.localized_problems import localize_text

    return localize_text(write_annotated_copy(source, target, review, language), language)


def _offer_block(round_name: str, decisions: str | None, table: str, language: Language) -> None:
    """Print what round.toml may state, so that no option has to be remembered."""
    from helpers.checking.register_block import offer_register_block

    if block := offer_register_block(round_name, decisions, table, language):
        click.echo(f"\n{escape_control_characters(block)}")


def _print_problems(problems: list[Problem], language: Language) -> None:
    from helpers.i18n.localized_problems import localize_problem

    content = [localize_problem(problem, language).as_json() for problem in problems]
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))
