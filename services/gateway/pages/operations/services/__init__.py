"""Services: instances, queues and scaling."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.operations.services import routes
from services.gateway.web.feature import Feature, NavigationEntry
from services.gateway.web.language import gettext as _

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("services",),
    navigation=(
        NavigationEntry(
            "services",
            "/services",
            "activity-heartbeat",
            lambda: _("Services"),
            ("admin", "operator"),
            1,
            "administration",
        ),
    ),
)
