"""Agencies and members as they are stored."""

from __future__ import annotations

from typing import Any

from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.model.member import Member


def an_agency(**changes: Any) -> Agency:
    """Marea in Cádiz, stored."""
    facts: dict[str, Any] = {"id": "agency-1", "name": "Marea", "languages": ["es", "en"]}
    return Agency(**{**facts, "time_zone": "Europe/Madrid", "currency": "EUR", **changes})


def a_member(**changes: Any) -> Member:
    """Inés, an admin of Marea, stored."""
    facts: dict[str, Any] = {"id": "member-1", "agency_id": "agency-1", "email": "ines@example.com"}
    return Member(**{**facts, "display_name": "Inés", "role": "admin", "password_hash": "", **changes})
