"""Today: people to call, answers, e-mails that did not arrive."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.today import routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _
from shared.http.claims import STAFF

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("", "today"),
    navigation=(NavigationEntry("today", "/", "sun-high", lambda: _("Today"), STAFF, 1, key="t"),),
)
