"""API clients: programs that act for an agency."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.administration.clients import routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("clients",),
    navigation=(
        NavigationEntry("clients", "/clients", "key", lambda: _("API clients"), ("admin",), 4, "administration"),
    ),
)
