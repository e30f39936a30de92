"""The wishes of a contact, edited by a member."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.wishes import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
)
