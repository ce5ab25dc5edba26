"""The peer: papermill and nbconvert from the command line, three commands a document."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

BIN = Path(sys.executable).parent


def seconds(*words: str | Path, folder: Path, **environment: str) -> float:
    """How long a command takes."""
    begun = time.perf_counter()
    subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - begun


def three_commands(project: Path, notebook: str, **parameters: str) -> float:
    """Seconds from a notebook to its run copy, its page and its PDF, as nbconvert makes them."""
    given = [word for name, value in parameters.items() for word in ("-r", name, value)]
    run: list[str | Path] = [BIN / "papermill", f"notebooks/{notebook}", "out.ipynb", *given]
    convert: list[str | Path] = [BIN / "jupyter", "nbconvert", "out.ipynb", "--to"]
    browser = {"PLAYWRIGHT_BROWSERS_PATH": str(browsers(project))}
    return (
        seconds(*run, folder=project)
        + seconds(*convert, "html", folder=project)
        + seconds(*convert, "webpdf", "--disable-chromium-sandbox", folder=project, **browser)
    )


def browsers(project: Path) -> Path:
    """A folder in which playwright finds the system's Chromium."""
    package = files("playwright") / "driver" / "package" / "browsers.json"
    listed = json.loads(package.read_text(encoding="utf-8"))["browsers"]
    revision = next(b["revision"] for b in listed if b["name"] == "chromium-headless-shell")
    kind = {"aarch64": "linux"}.get(platform.machine(), "linux64")
    place = project / "browsers" / f"chromium_headless_shell-{revision}"
    program = place / f"chrome-headless-shell-{kind}" / "chrome-headless-shell"
    if not program.exists():
        found = shutil.which("chromium")
        if found is None:
            sys.exit("The benchmark needs chromium: apt-get install chromium")
        program.parent.mkdir(parents=True)
        program.symlink_to(found)
        (place / "INSTALLATION_COMPLETE").touch()
    return place.parent
