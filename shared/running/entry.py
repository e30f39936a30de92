"""How `python -m services.<x>` begins."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn


def enter(package: str) -> None:
    """Run the command that the arguments name, for the service in this package.

    A web process becomes gunicorn before anything else is imported: gunicorn imports the service itself.
    """
    application = f"{package}.app"
    if sys.argv[1:] == ["web"]:
        serve(f"{application}:create_app()")
    from shared.running.cli import main

    main(import_module(application).SERVICE)


def serve(application: str, *options: str) -> NoReturn:
    """Become gunicorn with our configuration, which reads the settings and names what they lack; adds `options`."""
    words = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", *options, application]
    os.execv(sys.executable, [sys.executable, *words])
