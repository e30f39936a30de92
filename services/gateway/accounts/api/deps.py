"""How the JSON API reaches what the composition root built."""

from __future__ import annotations

from services.gateway.accounts.deps import Deps
from shared.http.web import dependencies_of

deps = dependencies_of(Deps)
