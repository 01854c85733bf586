"""What client tests share: a browser, and where pictures are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import missing_client, require_program


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; it lives as long as a module's tests, for its event loop."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing_client("playwright is not installed: pip install 'aligner[dev]'")
    program = require_program("chromium", "chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
