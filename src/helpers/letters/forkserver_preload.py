"""Imports for multiprocessing's forkserver; importing this module performs them.

No thread may be started here, since a process with threads cannot fork safely. Typst's compiler
starts one, so that each worker creates its own.
"""

from __future__ import annotations

import gc
from importlib import import_module

from helpers.system.control.signals import ignore_sigint


def _preload_modules() -> None:
    ignore_sigint()
    gc.disable()  # importing creates many objects and no garbage: collecting would take long
    import_module("helpers.notebooks.fork.import_stubs")  # before the imports that it shortens
    import_module("helpers.notebooks.fork.cell_runner")
    import_module("helpers.i18n.localizer").Localizer("en")
    import_module("helpers.letters.worker").letter_exporters()
    gc.freeze()
    gc.enable()


_preload_modules()
