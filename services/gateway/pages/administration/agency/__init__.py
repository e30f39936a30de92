"""An agency's name, colour, languages and sender."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.administration.agency import routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("agency",),
    navigation=(
        NavigationEntry("agency", "/agency", "building-store", lambda: _("Agency"), ("admin",), 2, "administration"),
    ),
)
