"""Imports for the forkserver that workers are forked from; importing this module does them.

Nothing that starts a thread may be created here. Typst's compiler does, so each worker has its own.
"""

from __future__ import annotations

import gc
from importlib import import_module

from helpers.system.signals import ignore_sigint


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
