"""How views reach what the composition root built."""

from __future__ import annotations

from services.matching.deps import Deps
from shared.http.web import dependencies_of

deps = dependencies_of(Deps)
