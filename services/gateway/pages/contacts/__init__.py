"""Contacts: the list, one person's page, calls and consents."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.contacts import acting, consents, routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF

FEATURE = Feature(
    Path(__file__).parent,
    (acting.blp, consents.blp, routes.blp),
    navigation=(NavigationEntry("contacts", "/contacts", "users", lambda: _("Contacts"), STAFF, 2, key="c"),),
)
