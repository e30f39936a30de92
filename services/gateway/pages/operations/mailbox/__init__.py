"""The mail that a local installation keeps instead of sending it."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.operations.mailbox import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    prefixes=("mailbox",),
)
