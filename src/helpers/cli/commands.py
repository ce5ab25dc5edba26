"""The command line `funding-report`: a group with all commands.

The modules of the commands import at their top what options and help need, and in their functions
what a command computes with: `--help` takes a tenth of the time.
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from helpers.cli.answer_command import answer
from helpers.cli.inspect_commands import check, status
from helpers.cli.letters_command import letters
from helpers.cli.make_commands import board
from helpers.cli.new_commands import new_language, new_project, new_report, new_round
from helpers.cli.release_commands import decide, diff, due, index, prune, verify
from helpers.errors import ReportError
from helpers.system.control.time_limit import stop_on_signals

_NEW_OBJECTS = 50_000  # before garbage is looked for; a command makes a few million


class _TerminableGroup(click.Group):
    """A group whose commands clean up when SIGTERM or SIGHUP ends them."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with stop_on_signals():
                return super().invoke(ctx)
        except EOFError as error:  # which click takes for Ctrl-C
            if "marshal" not in str(error):
                raise RuntimeError(str(error)) from error
            folder = Path(__file__).resolve().parents[1]
            raise ReportError(
                "A file in which Python keeps a compiled module is damaged, for example by a full "
                f"disk or by `ulimit -f`. Remove the folders named __pycache__ in {folder}, or of "
                "another library, and run the command again."
            ) from None


@click.group(cls=_TerminableGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="funding-report")
def cli() -> None:
    """Report how much of a jointly requested amount is funded, by whom, and what is missing.

    Start with `funding-report new-project DIR`, which needs no clone.
    """


def _with_quick_imports(run: Callable[..., Any]) -> Callable[..., Any]:
    """Import what a command needs without collecting garbage as often.

    Importing creates many objects and no garbage: by Python's own threshold, of 700 new objects in
    3.11 and of no more than a few thousand later, a tenth of the time would go into looking for it.
    """

    @functools.wraps(run)
    def run_command(*args: Any, **options: Any) -> Any:
        gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
        # OpenBLAS raises SIGINT where it cannot start its threads, as if by Ctrl-C.
        one_thread = import_module("helpers.system.private_environment").without_library_threads
        import_module("helpers.system.control.import_stubs")
        with one_thread():
            import_module("pandas")  # whose libraries start the threads
        return run(*args, **options)

    return run_command


for command in (
    board,
    letters,
    status,
    check,
    answer,
    new_project,
    new_round,
    new_report,
    new_language,
    verify,
    diff,
    due,
    decide,
    prune,
    index,
):
    if command.callback:
        command.callback = _with_quick_imports(command.callback)
    cli.add_command(command)
