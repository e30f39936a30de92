"""Sent: every mail about a listing and its state."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.sent import routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _
from shared.http.claims import STAFF

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    navigation=(NavigationEntry("sent", "/sent", "send", lambda: _("Sent"), STAFF, 5, key="s"),),
)
