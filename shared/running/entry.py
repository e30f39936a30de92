"""The entry point of `python -m services.<x>`."""

from __future__ import annotations

import sys
from importlib import import_module

from shared.running.web_process import serve


def enter(package: str) -> None:
    """Run the command that the arguments name, for the service in this package.

    A web process becomes gunicorn before anything else is imported: gunicorn imports the service itself.
    """
    application = f"{package}.app"
    if sys.argv[1:] == ["web"]:
        serve(f"{application}:create_app()")
    from shared.running.cli import main

    main(import_module(application).SERVICE)
