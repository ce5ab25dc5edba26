"""Made ready once, in the process that workers are forked from: imported for what it does.

Only what starts no thread: Typst's compiler does, and is each worker's own.
"""

from __future__ import annotations

from helpers.formats import Speech
from helpers.interrupts import leave_to_the_asker
from helpers.publish import making, shell

__all__ = ["making", "shell"]

leave_to_the_asker()
Speech("en")
making.exporters()
