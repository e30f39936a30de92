"""The browser that tests drive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy.local import browser

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]


@contextmanager
def a_chromium() -> Iterator[Browser]:
    """Chromium without a window; a machine without one fails here, and says what to install."""
    path = browser.find()
    if path is None:
        pytest.fail(browser.NOT_FOUND, pytrace=False)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()
