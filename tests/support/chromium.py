"""A real Chromium for the tests that need one, driven by playwright or by its own command."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from support.required_programs import missing

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


def chromium() -> str:
    """Where Chromium is; without one a test is skipped, and in CI it fails."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        missing("Chromium is not installed", "apt-get install chromium")
    return found


def print_page(page: str, folder: Path) -> Path:
    """The page as Chromium prints it, as PDF."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    subprocess.run(
        [
            chromium(),
            "--headless",
            *QUIET,
            "--no-pdf-header-footer",
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={folder / 'printed.pdf'}",
            (folder / "page.html").as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "printed.pdf"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens HTML in a tab of its own, offline, and fails if it asks for anything but itself."""
    contexts, asked = [], []

    def show(html: str, width: int = 1280, height: int = 900, **options: Any) -> Page:
        viewport = ViewportSize(width=width, height=height)
        context = browser.new_context(viewport=viewport, offline=True, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        tab.goto((tmp_path / "page.html").as_uri())
        return tab

    yield show
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
