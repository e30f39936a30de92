"""Contacts: the list, one person's page, the form, calls, notes and consents."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.contacts import calls, consents, editing, notes, routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _
from shared.http.claims import STAFF

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp, editing.blp, calls.blp, notes.blp, consents.blp),
    navigation=(NavigationEntry("contacts", "/contacts", "users", lambda: _("Contacts"), STAFF, 2, key="c"),),
)
