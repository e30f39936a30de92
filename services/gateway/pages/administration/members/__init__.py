"""The people who work at an agency."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.administration.members import invitations, routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _

FEATURE = Feature(
    Path(__file__).parent,
    (invitations.blp, routes.blp),
    prefixes=("members",),
    navigation=(
        NavigationEntry("members", "/members", "user-shield", lambda: _("Members"), ("admin",), 3, "administration"),
    ),
)
