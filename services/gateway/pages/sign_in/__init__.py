"""Signing in and out."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.sign_in import routes
from services.gateway.web.feature import Feature
from services.gateway.web.sign_in_pages import MEMBERS, SignInPage

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("sign-in", "sign-out"),
    sign_in=SignInPage(MEMBERS, "/sign-in", "sign_in/_dialog.html"),
)
