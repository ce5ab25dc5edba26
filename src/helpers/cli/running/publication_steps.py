"""Steps before and after a release is published: its outcome, signature, delivery, the index."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpers.cli.running import runner
from helpers.cli.running.clock import now
from helpers.errors import DeliveryError, MismatchError, ReportError
from helpers.system import log_lines
from helpers.system.private_environment import take_smtp_variables

if TYPE_CHECKING:
    from helpers.model.parameters import RoundParams

_INDEX_EVENT = "index"  # the event in log lines


def prepare_delivery(
    *, draft: bool, reports: Path, sign_with: Path | None = None, **delivery_choices: Any
) -> Callable[[Path, bool], None]:
    """Return a function that signs and delivers a release, if it is as it was published.

    Its second argument states that `report_outcome` has just compared the release with its hashes:
    reading all files of a batch of letters takes time. It removes the SMTP variables from the
    environment: a notebook must not read a password. Raises ReportError for options that cannot
    work.
    """
    sign = _prepare_signing(sign_with)
    if not any(delivery_choices.values()):
        take_smtp_variables(os.environ)
        return sign
    from helpers.delivery.release_delivery import deliver, parse_delivery_request

    request = parse_delivery_request(
        **delivery_choices, draft=draft, reports=reports, environment=os.environ
    )

    def sign_and_deliver(release: Path, compared: bool) -> None:
        sign(release, compared)
        if request:
            notify = partial(runner.print_message, "delivery")
            deliver(release, request, now, notify, compared=compared or sign_with is not None)

    return sign_and_deliver


def _prepare_signing(key: Path | None) -> Callable[[Path, bool], None]:
    """Return a function that signs a release; raises ReportError for a key that cannot sign."""
    if key is None:
        return lambda _release, _compared: None
    from helpers.releases.listing.unchanged import find_change
    from helpers.releases.signatures import require_signing_key, sign_release

    require_signing_key(key)

    def sign(release: Path, compared: bool) -> None:
        if not compared and (change := find_change(release)):
            raise DeliveryError(f"{release} is not signed: {change}")
        try:
            signature = sign_release(release, key)
        except (ReportError, OSError) as error:
            why = _explain(error)
            raise DeliveryError(f"{release} was published, but is not signed. {why}") from None
        runner.print_message("signed", f"Signed: {signature}")

    return sign


def report_outcome(release: Path, *, new: bool, what: str) -> None:
    """Report on stderr whether a release was made, and its hash; its paths go to stdout.

    Raises MismatchError for a release of the same inputs that was changed since it was made.
    """
    from helpers.releases.listing.unchanged import find_change
    from helpers.releases.run_log import release_hash

    if not new and (change := find_change(release)):
        raise MismatchError(
            f"{release} has the same inputs, but it was changed after it was made: {change} Check "
            f"it with `funding-report verify {release}`, or make a new one with --force."
        )
    hash_ = release_hash(release)
    log_lines.log_event(
        "published" if new else "unchanged", release=release.as_posix(), run_sha256=hash_
    )
    if log_lines.is_json():
        return
    if not new:
        click.echo(f"Nothing has changed since {what} made.", err=True)
    click.echo(f"SHA-256 of run.json: {hash_}", err=True)


def write_index(
    reports: Path, removed: set[str] | None = None, published: Path | None = None
) -> None:
    """Write the index after a release was created or removed; an error is only a warning."""
    try:
        update_index_page(reports, removed or set(), published)
    except (OSError, ReportError) as error:
        runner.print_message(
            _INDEX_EVENT, f"index.html could not be written: {_explain(error)}", "warning"
        )


def update_index_page(reports: Path, removed: set[str], published: Path | None = None) -> None:
    """Write the index, after removing what killed runs have left of any round.

    A problem with a release is a warning on stderr.
    """
    from helpers.releases.listing.index_page import update_index
    from helpers.releases.run_lock import sweep_all_leftovers

    sweep_all_leftovers(reports)
    path = f"{published.parent.name}/{published.name}" if published else None
    for line in update_index(reports, removed, path):
        runner.print_message(_INDEX_EVENT, f"index.html: {line}", "warning")


def warn_of_future(params: RoundParams) -> None:
    """Warn that the day of a report or of letters has not come."""
    if params.future:
        message = f"warning: {params.as_of} has not come. Answers may change until then."
        runner.print_message("future", message, "warning")


def _explain(error: Exception) -> str:
    """Return an error in the project's words."""
    explained = runner.explain_os_error(error) if isinstance(error, OSError) else ""
    return explained or str(error)
