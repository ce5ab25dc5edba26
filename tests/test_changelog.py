"""The change log follows Keep a Changelog, and its newest version is the package's."""

import re
import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
VERSIONS = [line.removeprefix("## ") for line in LINES if line.startswith("## ")]
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def test_what_is_not_released_comes_first_then_versions_newest_first() -> None:
    assert VERSIONS[0] == "[Unreleased]"
    released = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\S+)", line) for line in VERSIONS[1:]]
    assert all(released), VERSIONS
    numbers = [tuple(map(int, one.groups()[:3])) for one in released if one]
    days = [date.fromisoformat(one[4]) for one in released if one]
    assert numbers == sorted(set(numbers), reverse=True)
    assert days == sorted(days, reverse=True)


def test_the_newest_version_is_the_package_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert VERSIONS[1].startswith(f"[{project['version']}] - ")


def test_a_version_groups_its_changes_by_kind_and_each_kind_stands_once() -> None:
    for version in "\n".join(LINES).split("\n## ")[1:]:
        kinds = re.findall(r"^### (.*)$", version, re.MULTILINE)
        assert kinds == [kind for kind in KINDS if kind in kinds], version.splitlines()[0]
        # Nothing stands outside a kind, and no kind is empty.
        _, *parts = re.split(r"^### .*$", version, flags=re.MULTILINE)
        assert re.match(r"\[.*\n*(### |$)", version), version.splitlines()[0]
        assert all(part.strip().startswith("- ") for part in parts), version.splitlines()[0]
