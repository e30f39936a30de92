"""Signing in and out for prospects."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.portal.door import routes
from services.gateway.web.feature import Feature
from services.gateway.web.sign_in_pages import PROSPECTS, SignInPage

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("me/sign-in", "me/sign-out", "me/farewell"),
    sign_in=SignInPage(PROSPECTS, "/me/sign-in", "portal/door/dialog.html", returns=False),
)
