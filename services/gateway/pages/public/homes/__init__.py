"""The public page of a listing, and the picture of its link."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.public.homes import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    bundles={"lintel.css": "public.css"},
)
