"""The commands that install, against an index that has moved on since the lock was made.

The index is a folder of small wheels made here: a package that another one asks for with an extra,
at its locked version and at a newer one. Before 24.0, pip looks for the newest release of such a
package even where the lock pins another (pypa/pip#9644), and then misses its hash.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.required_programs import missing

ROOT = Path(__file__).resolve().parents[1]
# What comes with Python 3.11.0, with 3.11.7 and 3.12.1, with 3.11.8 to 3.12.7, and with 3.13.
PIPS = ["22.3", "23.2.1", "24.0", "24.2", "25.0.1"]
RESOLVING = "all requirements must have their versions pinned"


def pins() -> dict[str, str]:
    text = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


def asked_with_extras() -> Iterator[tuple[str, str, Requirement]]:
    """Each package of the lock that asks for another one with an extra: name, version, wish."""
    pinned = pins()
    for name, version in pinned.items():
        try:
            wishes = metadata.requires(name) or []
        except metadata.PackageNotFoundError:  # for another system
            continue
        for wish in map(Requirement, wishes):
            applies = wish.marker is None or wish.marker.evaluate({"extra": ""})
            if wish.extras and applies and canonicalize_name(wish.name) in pinned:
                yield name, version, wish


def make_wheel(folder: Path, name: str, version: str, needs: str = "", extras: str = "") -> Path:
    """An empty package; `needs` and `extras` are lines of its metadata."""
    base = name.replace("-", "_")
    about = f"{base}-{version}.dist-info"
    wheel = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    path = folder / f"{base}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{base}/__init__.py", "")
        archive.writestr(
            f"{about}/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{extras}{needs}",
        )
        archive.writestr(f"{about}/WHEEL", wheel)
        archive.writestr(f"{about}/RECORD", "")
    return path


@pytest.fixture(scope="module")
def newer_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with wheels, and `lock.txt`, which pins them as requirements/dev.txt does."""
    folder, pinned, lock = tmp_path_factory.mktemp("index"), pins(), []
    wishes: dict[str, list[Requirement]] = {}
    for asking, _, wish in asked_with_extras():
        wishes.setdefault(asking, []).append(wish)
    offered: dict[str, set[str]] = {}
    for wish in (one for several in wishes.values() for one in several):
        offered.setdefault(canonicalize_name(wish.name), set()).update(wish.extras)
    for name in sorted({*wishes, *offered}):
        needs = "".join(f"Requires-Dist: {wish}\n" for wish in wishes.get(name, []))
        extras = "".join(f"Provides-Extra: {one}\n" for one in sorted(offered.get(name, ())))
        wheel = make_wheel(folder, name, pinned[name], needs, extras)
        lock.append(
            f"{name}=={pinned[name]} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"
        )
        if name in offered:
            make_wheel(folder, name, "9999.1", needs, extras)
    (folder / "lock.txt").write_text("\n".join(lock) + "\n", encoding="utf-8")
    return folder


def commands() -> list[list[str]]:
    """The options of every command of the project that installs from a lock."""
    making = ["make", "--dry-run", "--always-make", ".venv/lab-installed", ".venv/dev-installed"]
    made = subprocess.run(making, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    texts = [made, *(page.read_text(encoding="utf-8") for page in pages)]
    pattern = r"pip install ([^\n`]*?)-r \S*requirements\S*"
    return [shlex.split(one) for text in texts for one in re.findall(pattern, text)]


def install(python: Path, index: Path, options: list[str]) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "pip", "install", *options]
    command += ["--no-index", "--find-links", str(index), "-r", str(index / "lock.txt")]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    clean["PIP_CONFIG_FILE"] = os.devnull
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean)


def python_with_pip(folder: Path, version: str) -> Path:
    """A new environment with this pip, which comes from the package index."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / "bin" / "python"
    wanted = [str(python), "-m", "pip", "install", "-q", f"pip=={version}"]
    done = subprocess.run(wanted, capture_output=True, text=True, check=False)
    if done.returncode:
        missing(f"pip {version}", f"pip download pip=={version}")
    return python


def installed(python: Path) -> dict[str, str]:
    command = [str(python), "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(line.split("==") for line in done.stdout.split())


def test_every_command_that_installs_from_the_lock_resolves_nothing() -> None:
    found = commands()
    assert len(found) >= 4  # the Makefile's three, and those of the docs
    for options in found:
        assert {"--no-deps", "--require-hashes"} <= set(options)


def test_some_package_of_the_lock_is_asked_for_with_an_extra() -> None:
    """Else the tests below would try nothing; coverage is what broke the install once."""
    assert ("pytest-cov", "coverage") in {(who, wish.name) for who, _, wish in asked_with_extras()}


@pytest.mark.slow
@pytest.mark.parametrize("version", PIPS)
def test_a_newer_release_of_a_locked_package_changes_nothing(
    newer_index: Path, tmp_path: Path, version: str
) -> None:
    if sys.version_info >= (3, 12) and version == "22.3":
        pytest.skip("pip 22.3 does not run on Python 3.12 or later: try it with Python 3.11")
    python = python_with_pip(tmp_path / "venv", version)
    [options, *_] = commands()
    done = install(python, newer_index, options)
    assert done.returncode == 0, done.stderr
    subprocess.run([str(python), "-m", "pip", "check"], capture_output=True, check=True)
    names = {line.split("==")[0] for line in (newer_index / "lock.txt").read_text().splitlines()}
    found = installed(python)
    assert {name: found[name] for name in names} == {name: pins()[name] for name in names}


@pytest.mark.slow
@pytest.mark.parametrize("version", [one for one in PIPS if one < "24"])
def test_without_no_deps_a_newer_release_stops_the_install(
    newer_index: Path, tmp_path: Path, version: str
) -> None:
    """What `--no-deps` is there for: were this to pass, it could go."""
    if sys.version_info >= (3, 12) and version == "22.3":
        pytest.skip("pip 22.3 does not run on Python 3.12 or later: try it with Python 3.11")
    python = python_with_pip(tmp_path / "venv", version)
    [options, *_] = commands()
    done = install(python, newer_index, [one for one in options if one != "--no-deps"])
    assert done.returncode != 0
    assert RESOLVING in done.stderr
