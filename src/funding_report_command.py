"""Start the command `funding-report`, unless another package called `helpers` hides this one."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Run helpers.cli.entry_point.main; exit with 1 if Python would import another `helpers`."""
    other = _other_helpers()
    if other is not None:
        sys.stderr.write(
            f"funding-report: {other} is another package called helpers, which Python finds first. "
            "Remove its folder from PYTHONPATH, for instance: env -u PYTHONPATH funding-report …\n"
        )
        sys.exit(1)
    if _has_limit_on_files():  # Python would leave a compiled module cut off, which stops every run
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # of the processes that it starts
    import_module("helpers.cli.entry_point").main()


def _has_limit_on_files() -> bool:
    try:
        import resource  # noqa: PLC0415 Windows has none
    except ImportError:
        return False
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY


def _other_helpers() -> Path | None:
    """The package or module that `import helpers` would load instead of this one."""
    spec = find_spec("helpers")
    own = Path(__file__).with_name("helpers") / "__init__.py"
    if spec is None or spec.origin is None or not own.exists():
        return None
    found = Path(spec.origin)
    return None if found.samefile(own) else found
