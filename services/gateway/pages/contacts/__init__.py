"""Contacts: the list and the form."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.contacts import editing, routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _
from shared.http.claims import STAFF

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp, editing.blp),
    navigation=(NavigationEntry("contacts", "/contacts", "users", lambda: _("Contacts"), STAFF, 2, key="c"),),
)
