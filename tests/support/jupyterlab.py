"""A JupyterLab of a test's own, with notebooks that a real browser opens and runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PATIENCE = 120_000  # milliseconds: a loaded machine takes its time to start a kernel
START = 120  # seconds


@contextmanager
def jupyterlab(home: Path, project: Path) -> Iterator[dict[str, Any]]:
    """A server over `home`/work: what jupyter writes of it, by name."""
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # Cells out of sight stay in the page, where the test can read them.
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    places = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "run",
        "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "spaces",
        "IPYTHONDIR": "ipython",
    }  # fmt: skip
    environment = os.environ | {name: str(home / place) for name, place in places.items()}
    # As `make lab` does, but for this server alone.
    [news] = re.findall(r"^NEWS := (\S+)$", (project / "Makefile").read_text(), re.MULTILINE)
    disable = [sys.executable, "-m", "jupyter", "labextension", "disable", "--level=user", news]
    subprocess.run(disable, env=environment, cwd=home, check=True, capture_output=True)
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0",
        "--allow-root", f"--ServerApp.root_dir={home / 'work'}",
    ]  # fmt: skip
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, env=environment, cwd=home / "work", stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield wait_for(server, home)
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(30)


def wait_for(server: subprocess.Popen[bytes], home: Path) -> dict[str, Any]:
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        for path in (home / "run").glob("jpserver-*.json"):
            try:
                about: dict[str, Any] = json.loads(path.read_text())
            except ValueError:  # not yet written to its end
                continue
            if "JupyterLab application directory" in (home / "log").read_text() and about["port"]:
                return about
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{(home / 'log').read_text()[-3000:]}")


@contextmanager
def run_notebook(lab: dict[str, Any], browser: Browser, name: str) -> Iterator[Page]:
    """A notebook open and run to its end."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    # A workspace of its own: JupyterLab would open again what another test has open.
    workspace = Path(name).stem
    page.goto(f"{lab['url']}lab/workspaces/{workspace}/tree/{name}?token={lab['token']}")
    page.locator(".jp-Notebook").wait_for()
    # Asked to run before its kernel is there, JupyterLab would ask which one to take.
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=PATIENCE)
    dialog = page.locator(".jp-Dialog .jp-mod-accept")
    page.add_locator_handler(dialog, lambda found: found.click())
    menu(page, "Run", "Run All Cells")
    # The last cell's number in brackets: all before it have run.
    cells = page.locator(".jp-CodeCell")
    prompt = cells.last.locator(".jp-InputPrompt")
    expect(prompt).to_have_text(f"[{cells.count()}]:", timeout=PATIENCE)
    yield page
    context.close()


def menu(page: Page, *path: str) -> None:
    page.locator(".lm-MenuBar-item", has_text=path[0]).first.click()
    for name in path[1:]:
        item = page.locator(".lm-Menu-item:visible").filter(
            has=page.locator(f'.lm-Menu-itemLabel:text-is("{name}")')
        )
        item.hover()
        item.click()
