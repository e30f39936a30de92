"""Letters: listings sent by hand to chosen people."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.letters import cancellations, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(Path(__file__).parent, (routes.blp, cancellations.blp))
