"""Load once, compute once: notebooks get what the command has loaded."""

from __future__ import annotations

from contextlib import suppress

from helpers.notebooks.engine_choice import uses_fork
from helpers.notebooks.fork import client
from helpers.notebooks.fork.child_failure import ForkServerEndedError
from helpers.notebooks.private_parameters import REPLACES_VARIABLE, via_environment
from helpers.releases.recompute import MOST_ROWS_MEANWHILE
from helpers.report.report_data import ReportData
from helpers.report.shared_report import SharedReport, share_report
from helpers.system.private_environment import environment_replaced, server_environment


def share_with_notebooks(report: ReportData) -> None:
    """Give the fork server the inputs, the statement and the comparisons, for every language.

    They are pickled there, in milliseconds: each notebook would read and compute for half a second.
    If the server has ended, or where the system cannot fork, a notebook loads the round itself, and
    so it does if the register is large: the server would keep it all the time.
    """
    if not uses_fork() or len(report.inputs.register.rows) > MOST_ROWS_MEANWHILE:
        return
    params = report.params
    with (
        via_environment(params.decisions) as decisions,
        via_environment(params.replaces, REPLACES_VARIABLE) as replaces,
    ):
        params = params.model_copy(update={"decisions": decisions, "replaces": replaces})
    shared = SharedReport(params, report.inputs, report.statement, report.group_profile)
    server = client.start_fork_server()
    with (
        suppress(ForkServerEndedError),
        environment_replaced(server_environment()),
    ):
        server.preload(share_report, shared)
