"""Explain: any person against any listing, criterion by criterion."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.explain import routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _
from shared.http.claims import STAFF

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    navigation=(NavigationEntry("explain", "/explain", "scale", lambda: _("Explain"), STAFF, 4, key="e"),),
)
