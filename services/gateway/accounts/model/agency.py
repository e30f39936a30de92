"""An agency: a tenant and its public profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.gateway.accounts.model.rules import set_facts


@dataclass
class Agency:
    """A tenant and its public face; the first of its languages is its own."""

    id: str
    name: str
    languages: list[str]
    time_zone: str
    currency: str
    colour: str | None = None
    from_name: str | None = None
    from_address: str | None = None
    reply_to: str | None = None
    postal_address: str | None = None
    public_url: str | None = None
    version: int = 0
    created_at: datetime | None = None
    changed_at: datetime | None = None

    def change(self, facts: Mapping[str, Any]) -> bool:
        """Set facts; returns whether anything changed."""
        return set_facts(self, facts)
