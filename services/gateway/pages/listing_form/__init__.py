"""The form that adds a listing or corrects one."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.listing_form import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("listings",),
)
