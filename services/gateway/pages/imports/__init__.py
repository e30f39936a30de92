"""Importing listings from a file in four steps."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.imports import files, present, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (files.blp, routes.blp),
    register=present.register,
)
