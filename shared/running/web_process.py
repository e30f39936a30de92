"""Serving HTTP with gunicorn."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def serve(application: str, *options: str) -> NoReturn:
    """Replace this process by gunicorn with our configuration, which checks the settings; adds `options`."""
    words = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", *options, application]
    os.execv(sys.executable, [sys.executable, *words])
