"""The options for the language of messages, of the commands for the keeper of a register."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import click

from helpers.cli.running.options import CommandFunction
from helpers.cli.running.runner import explain_os_error
from helpers.errors import ReportError

if TYPE_CHECKING:
    from helpers.model.localized_text import Language


def _with_message_language(
    option: str, meaning: str
) -> Callable[[CommandFunction], CommandFunction]:
    """Add an option for the language of messages to a command, which gets `message_language`.

    Without the option, the locale decides. The errors of the command are in that language, too.
    """

    def decorate(command: CommandFunction) -> CommandFunction:
        @click.option(option, "message_language", type=click.Choice(["sv", "en"]), help=meaning)
        @functools.wraps(command)
        def run(*, message_language: Language | None, **options: Any) -> None:
            from helpers.i18n.localized_problems import locale_language

            chosen = message_language or locale_language(os.environ)
            with _errors_in(chosen):
                command(message_language=chosen, **options)

        return cast("CommandFunction", run)

    return decorate


@contextmanager
def _errors_in(language: Language) -> Iterator[None]:
    """Put the message of an error into the language; its class and exit code stay."""
    from helpers.i18n.localized_problems import error_text, localize_text

    try:
        yield
    except ReportError as error:
        error.args = (error_text(error, language),)
        raise
    except click.UsageError as error:
        if type(error) is not click.UsageError:  # an error of click's own
            raise
        raise click.UsageError(localize_text(error.message, language), error.ctx) from None
    except OSError as error:
        explanation = explain_os_error(error)
        if not explanation or language == "en":
            raise
        raise ReportError(localize_text(explanation, language)) from None


message_language_option = _with_message_language(
    "--language", "The language of what is printed [sv if the locale is Swedish, else en]."
)
comments_option = _with_message_language(
    "--comments",
    "The language of the comments in the files and of messages [sv if the locale is Swedish, "
    "else en].",
)
project_language_option = _with_message_language(
    "--language",
    "The language of README.md, of the example and of messages [sv if the locale is Swedish, else "
    "en].",
)
