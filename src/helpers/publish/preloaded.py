"""Made ready once, in the process that workers are forked from: imported for what it does.

Only what starts no thread: Typst's compiler does, and is each worker's own.
"""

from __future__ import annotations

import gc
from importlib import import_module

from helpers.interrupts import leave_to_the_asker


def _prepare() -> None:
    leave_to_the_asker()
    # Python would go through all that is imported, again and again, for what nobody uses.
    gc.disable()
    import_module("helpers.publish.lean")  # before what it makes lean
    import_module("helpers.publish.shell")
    import_module("helpers.formats").Speech("en")
    import_module("helpers.publish.making").exporters()
    gc.freeze()
    gc.enable()


_prepare()
