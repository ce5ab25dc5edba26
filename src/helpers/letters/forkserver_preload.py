"""Imports for multiprocessing's forkserver; importing this module performs them.

No thread may be started here, since a process with threads cannot fork safely. Typst's compiler
starts one, so that each worker creates its own.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from types import TracebackType

from helpers.system.control.signals import ignore_sigint
from helpers.system.private_environment import ONE_THREAD_ENVIRONMENT


def _print_unless_refused(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Print an uncaught error, except one of the system: the parent process explains it.

    The forkserver of multiprocessing ends with it where the system refuses another process.
    """
    if not issubclass(kind, OSError):
        sys.__excepthook__(kind, error, traceback)


def _preload_modules() -> None:
    ignore_sigint()
    sys.excepthook = _print_unless_refused
    # multiprocessing starts a forkserver that has ended again, without server_environment.
    os.environ.update(ONE_THREAD_ENVIRONMENT)
    gc.disable()  # importing creates many objects and no garbage: collecting would take long
    import_module("helpers.system.control.import_stubs")  # before the imports that it shortens
    import_module("helpers.notebooks.fork.cell_runner")
    import_module("helpers.i18n.localizer").Localizer("en")
    import_module("helpers.letters.worker")
    gc.freeze()
    gc.enable()


_preload_modules()
