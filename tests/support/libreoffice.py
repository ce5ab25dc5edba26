"""Files as LibreOffice itself writes them, for the tests; without a window."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from support.required_programs import missing


def libreoffice() -> str:
    """Where LibreOffice is; without it a test is skipped, and in CI it fails."""
    found = shutil.which("soffice")
    if found is None:
        missing(
            "LibreOffice is not installed",
            "apt-get install --no-install-recommends libreoffice-calc",
        )
    return found


def convert(sources: list[Path], suffix: str, folder: Path, *options: str) -> None:
    """Have LibreOffice open the files and save them as another kind into `folder`."""
    subprocess.run(
        [
            libreoffice(),
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *options,
            "--convert-to",
            suffix,
            "--outdir",
            folder,
            *sources,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
