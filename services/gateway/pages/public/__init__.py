"""Pages without sign-in: a listing, and the links in mails."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.public import exits, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp, exits.blp),
    bundles={"lintel.css": "public.css", "portal.css": "portal.css"},
    prefixes=("homes", "u"),
)
