"""The page of one contact: wishes, homes, timeline, consents, notes."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.contact import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("contacts",),
)
