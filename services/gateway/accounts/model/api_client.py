"""An API client: a program that acts for an agency."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class ApiClient:
    """A program that acts for an agency (or for the operator) with a role; `id` is its client_id."""

    id: str
    agency_id: str
    name: str
    role: str
    secret_hash: str = field(repr=False)
    created_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
