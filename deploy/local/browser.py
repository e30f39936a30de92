"""Finds a working Chromium: the system's own, else Playwright's."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
KEPT = ("ms-playwright/chromium_headless_shell-*/*/*headless*shell", "ms-playwright/chromium-*/*/chrome")
CACHES = (".cache", "Library/Caches")
NOT_FOUND = (
    "The tests drive a browser, and there is none: install the package chromium, "
    "or let `.venv/bin/playwright install chromium` fetch one."
)


def find() -> Path | None:
    """The browser's path; None when none works."""
    return next((path for path in _candidates() if _answers(path)), None)


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    for cache in CACHES:
        for pattern in KEPT:
            yield from sorted((Path.home() / cache).glob(pattern), reverse=True)


def _answers(path: Path) -> bool:
    """Some systems install a script there that only says how to get the real one."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
