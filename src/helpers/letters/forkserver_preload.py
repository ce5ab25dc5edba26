"""Made ready once, in the process that workers are forked from: imported for what it does.

Only what starts no thread: Typst's compiler does, and is each worker's own.
"""

from __future__ import annotations

import gc
from importlib import import_module

from helpers.system.signals import ignore_sigint


def _preload_modules() -> None:
    ignore_sigint()
    # Python would go through all that is imported, again and again, for what nobody uses.
    gc.disable()
    import_module("helpers.notebooks.fork.import_stubs")  # before what it makes lean
    import_module("helpers.notebooks.fork.cell_runner")
    import_module("helpers.i18n.localizer").Localizer("en")
    import_module("helpers.letters.worker").letter_exporters()
    gc.freeze()
    gc.enable()


_preload_modules()
