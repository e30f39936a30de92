"""The segments of a match's beam, named in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from services.gateway.web.answers import Row
from services.gateway.web.words import gettext as _


def beam(match: Mapping[str, Any]) -> list[Row]:
    """The segments of a match's beam with their names in the reader's language."""
    names = {
        "price": _("Price"),
        "location": _("Place"),
        "size": _("Size"),
        "features": _("Features"),
        "type": _("Kind"),
    }
    return [
        {
            "name": names[each["name"]],
            "weight": each["weight"],
            "share": each["share"],
            "known": each["known"],
            "state": each["state"],
        }
        for each in match.get("beam") or ()
    ]


def register(app: Flask) -> None:
    """Give the templates the beam of a match."""
    app.jinja_env.filters.update(beam=beam)
