"""Listings: the table and the map with their filters."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.listings import routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _
from shared.http.claims import STAFF

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    navigation=(NavigationEntry("listings", "/listings", "home", lambda: _("Listings"), STAFF, 3, key="l"),),
)
