"""How pages reach what the composition root built."""

from __future__ import annotations

from services.gateway.deps import GatewayDeps
from shared.http.web import dependencies_of

deps = dependencies_of(GatewayDeps)
