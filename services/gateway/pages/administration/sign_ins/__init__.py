"""Sign-ins: member, time, method and place."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.administration.sign_ins import routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("sign-ins",),
    navigation=(
        NavigationEntry("sign-ins", "/sign-ins", "history", lambda: _("Sign-ins"), ("admin",), 5, "administration"),
    ),
)
