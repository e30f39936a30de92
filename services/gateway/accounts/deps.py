"""How views reach what the composition root built."""

from __future__ import annotations

from services.gateway.accounts.handlers import Deps
from shared.http.web import dependencies_of

deps = dependencies_of(Deps)
