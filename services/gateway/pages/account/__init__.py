"""The account of whoever is signed in; language and theme."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.account import general
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (general.blp,),
    prefixes=("account", "look", "brand", "search"),
)
