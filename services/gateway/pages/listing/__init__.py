"""The page of one listing: facts, people by fit, demand, prices so far, what to ask the owner, similar homes."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.listing import answers, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp, answers.blp),
    prefixes=("listings",),
)
