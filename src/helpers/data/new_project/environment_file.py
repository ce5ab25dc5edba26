"""The environment.yml of a new project: the packages that funding-report needs, in their versions.

A release's bytes depend on these versions, so that colleagues should have the same.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from string import Template

_PACKAGE = "funding-report"
_PACKAGE_NAME = re.compile(r"[A-Za-z0-9._-]+")
_OF_JUPYTERLAB = 'extra == "lab"'


def environment_text(template: str) -> str:
    """The text of environment.yml with this environment's Python and direct dependencies."""
    pins = "\n".join(f"      - {name}=={number}" for name, number in _installed_dependencies())
    python = ".".join(platform.python_version_tuple()[:2])
    return Template(template).substitute(python=python, version=version(_PACKAGE), pins=pins)


def _installed_dependencies() -> Iterator[tuple[str, str]]:
    """Each package that funding-report and its JupyterLab ask for, if it is installed here."""
    for requirement in requires(_PACKAGE) or []:
        wanted, _, condition = requirement.partition(";")
        found = _PACKAGE_NAME.match(wanted)
        if found and condition.strip() in ("", _OF_JUPYTERLAB):
            try:
                yield found[0], version(found[0])
            except PackageNotFoundError:
                continue  # JupyterLab: the package itself could not start without the others
