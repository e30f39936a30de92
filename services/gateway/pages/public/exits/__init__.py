"""The links in mails by which people get fewer mails or none."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.public.exits import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("u",),
)
