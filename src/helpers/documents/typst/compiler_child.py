"""The process in which Typst runs, with bounds on its memory and time; compiler_process starts it.

It is `python -m helpers.documents.typst.compiler_child MEMORY`. It reads requests from stdin until
that ends, and answers each on stdout: both are a line of JSON and then bytes.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, cast

import typst

from helpers.system.control.child_limits import (
    limit_memory,
    limit_processor_seconds,
    prefer_to_be_killed,
)
from helpers.system.control.signals import ignore_stop_signals

_NOT_SETTLED = "did not converge"  # of Typst's warning
_BETWEEN_LOOKS = 2.0  # seconds after which it notices that its parent was killed


def serve() -> None:
    """Compile what is requested, until the parent closes the pipe or ends.

    A request states the lengths of the files that follow it, by name; Typst sets main.typ.
    """
    ignore_stop_signals()
    prefer_to_be_killed()
    limit_memory(int(sys.argv[1]))
    threading.Thread(target=_exit_with_parent, args=(os.getppid(),), daemon=True).start()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        request = json.loads(line)
        limit_processor_seconds(request["seconds"])
        files = {name: source.read(length) for name, length in request["lengths"].items()}
        answer, made = _compiled(request, files)
        target.write(json.dumps({**answer, "length": len(made)}).encode() + b"\n" + made)
        target.flush()


def _compiled(request: dict[str, Any], files: dict[str, bytes]) -> tuple[dict[str, str], bytes]:
    """Return the answer and the document, which is empty if Typst reports an error."""
    compiler = cast(Any, _compiler(request))  # its types lack several files, which it documents
    try:
        if request["format"] == "png":
            pages = compiler.compile(files, format="png", ppi=request["ppi"])
            return {}, pages[0] if isinstance(pages, list) else cast(bytes, pages)
        return {}, _settled_pdf(compiler, files, datetime.fromisoformat(request["timestamp"]))
    except typst.TypstError as error:
        return {"error": str(error)}, b""


def _settled_pdf(compiler: Any, files: dict[str, bytes], timestamp: datetime) -> bytes:
    """The main file as PDF whose page numbers are right.

    Typst sets a document at most five times, and then warns that a place may be wrong. Charts that
    take the next page can be the cause: all charts are then set at their place in the text.
    """
    compile_ = partial(
        compiler.compile_with_warnings,
        files,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=timestamp,
    )
    made, warnings = compile_()
    if any(_NOT_SETTLED in warning.message for warning in warnings):
        made, _ = compile_(sys_inputs={"charts": "in-text"})
    return cast(bytes, made)


def _compiler(request: dict[str, Any]) -> typst.Compiler:
    """Typst with the requested fonts, which may read nothing but our templates.

    With further fonts than the first folder's it is used once, and without the fonts in Typst
    itself: drawings would fall back on its serif.
    """
    first, *others = request["font_folders"]
    if not others:
        return _plain_compiler(request["root"], first)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[first, *others]
    )
    return typst.Compiler(root=request["root"], font_paths=fonts, ignore_system_fonts=True)


@lru_cache
def _plain_compiler(root: str, folder: str) -> typst.Compiler:
    return typst.Compiler(root=root, font_paths=[folder], ignore_system_fonts=True)


def _exit_with_parent(parent: int) -> None:
    """End the process when its parent has ended, also while Typst runs.

    The pipe does not end while another process of the parent has inherited its other end.
    """
    while os.getppid() == parent:
        time.sleep(_BETWEEN_LOOKS)
    os._exit(1)


if __name__ == "__main__":
    serve()
