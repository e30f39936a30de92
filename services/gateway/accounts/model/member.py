"""A member: a person who signs in for an agency, or the operator of the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.gateway.accounts.model.rules import set_facts

AGENCY_ROLES = ("agent", "manager", "admin")
MEMBER_ROLES = (*AGENCY_ROLES, "operator")
INVITATION_WORKS = timedelta(hours=24)


@dataclass
class Member:
    """A person who signs in; `agency_id` is empty for an operator alone."""

    id: str
    agency_id: str
    email: str
    display_name: str
    role: str
    password_hash: str = field(repr=False)
    phone: str | None = None
    photo_url: str | None = None
    active: bool = True
    language: str | None = None
    theme: str | None = None
    totp_secret: str | None = field(default=None, repr=False)
    totp_step: int = 0
    version: int = 0
    created_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def has_second_step(self) -> bool:
        """Whether signing in needs a code besides the password."""
        return bool(self.totp_secret)

    @property
    def has_password(self) -> bool:
        """Whether a password was chosen; an invited member has none yet."""
        return bool(self.password_hash)

    @property
    def email_key(self) -> str:
        """The form of an address that is equal for one person."""
        return email_key(self.email)

    def change(self, facts: Mapping[str, Any]) -> bool:
        """Set facts; returns whether anything changed."""
        return set_facts(self, facts)

    def loses_rights(self, facts: Mapping[str, Any]) -> bool:
        """Whether these facts take the rights of an active admin away."""
        stays = facts.get("active", True) and facts.get("role", "admin") == "admin"
        return self.role == "admin" and self.active and not stays


def email_key(email: str) -> str:
    """The address in the form used for look-ups."""
    return email.strip().casefold()
