"""The beam of a match: how much each group of criteria weighs and how well it is met."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from services.gateway.components.beam import present
from services.gateway.components.beam.segments import segments
from services.gateway.web.feature import Component


def _register(app: Flask) -> None:
    present.register(app)
    app.jinja_env.globals.update(segments=segments)


COMPONENT = Component(Path(__file__).parent, register=_register)
