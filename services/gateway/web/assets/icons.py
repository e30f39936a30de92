"""Icons by name, from the sprite that the build makes."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from services.gateway.web.assets import files


def register(app: Flask) -> None:
    """Give the templates icons."""
    app.jinja_env.globals.update(icon=icon)


def icon(name: str, classes: str = "", label: str = "") -> Markup:
    """An icon by name; read out only with a label."""
    role = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    href = f"{files.address('vendor/icons.svg')}#{name.replace('/', '-')}"
    return Markup('<svg class="i {}" {}><use href="{}"/></svg>').format(classes, role, href)
