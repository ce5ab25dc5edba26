"""The wheel of this project, built with the locked backend and installed in an empty environment.

The environment shares the locked packages of the one that runs the tests, so that no registry is
asked; of funding-report it has nothing but the wheel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What a wheel is built from; the rest of the repository is not there.
BUILT_FROM = ["pyproject.toml", "README.md", "LICENSE", "src", "docs", "notebooks", "data"]
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@dataclass(frozen=True)
class Installed:
    """A wheel, and the folder of the environment in which nothing else is installed."""

    wheel: Path
    environment: Path

    @property
    def programs(self) -> Path:
        return self.environment / "bin"

    @property
    def variables(self) -> dict[str, str]:
        """The variables of a shell in which the environment is active."""
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "PYTHONPATH": "", "VIRTUAL_ENV": str(self.environment)}

    def run(self, *arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """What a program of the environment does in a folder."""
        return subprocess.run(
            [self.programs / arguments[0], *arguments[1:]],
            cwd=cwd,
            env={**os.environ, **self.variables, "LC_ALL": "C.UTF-8", **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )


def build_and_install(folder: Path) -> Installed:
    """Build the wheel in a folder, from a copy of the sources, and install it in one below."""
    source, environment = folder / "source", folder / "environment"
    source.mkdir()
    leave = shutil.ignore_patterns("*.egg-info", "__pycache__", "rounds")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=leave)
        else:
            shutil.copy(ROOT / name, source / name)
    offline = ["--no-index", "--no-deps"]
    build = [*_PIP, "wheel", *offline, "--no-build-isolation", "-w", str(folder), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    venv.create(environment, symlinks=True)
    shared = [one for one in sys.path if Path(one).name in ("site-packages", "dist-packages")]
    site = (
        environment / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    )
    (site / "shared.pth").write_text("\n".join(shared) + "\n", encoding="utf-8")
    python = str(environment / "bin" / "python")
    install = [_PIP[0], "-m", "pip", "--python", python, "install", *offline, "-q", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    shutil.rmtree(source)
    return Installed(wheel, environment)
