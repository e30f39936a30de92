"""Agencies, the people and programs that act for them, and their sessions: the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from shared.codes import NOT_YOURS_TO_SET, FieldError

AGENCY_ROLES = ("agent", "manager", "admin")
MEMBER_ROLES = (*AGENCY_ROLES, "operator")
IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
TOUCH_EVERY = timedelta(minutes=1)
CODE_WAITS = timedelta(minutes=10)
LINK_WORKS = timedelta(minutes=10)
INVITATION_WORKS = timedelta(hours=24)
# A prospect's browser holds what one person wishes and nothing of others; signing in costs them a mail each time.
PROSPECT_IDLE = timedelta(days=14)
PROSPECT_ABSOLUTE = timedelta(days=60)


class RuleBroken(Exception):
    """That cannot be; `field` names what is at fault."""

    def __init__(self, field_name: str, error: FieldError) -> None:
        super().__init__(error)
        self.field = field_name
        self.error = error


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
        """Set facts; says whether anything is different now."""
        return _set(self, facts)


@dataclass
class Member:
    """Somebody who signs in; `agency_id` is empty for an operator alone."""

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
        """Whether signing in asks for a code besides the password."""
        return bool(self.totp_secret)

    @property
    def has_come(self) -> bool:
        """Whether a password was chosen; an invited member has none before."""
        return bool(self.password_hash)

    @property
    def email_key(self) -> str:
        """What makes two addresses one person's."""
        return email_key(self.email)

    def change(self, facts: Mapping[str, Any]) -> bool:
        """Set facts; says whether anything is different now."""
        return _set(self, facts)

    def loses_rights(self, facts: Mapping[str, Any]) -> bool:
        """Whether these facts take the rights of an active admin away."""
        stays = facts.get("active", True) and facts.get("role", "admin") == "admin"
        return self.role == "admin" and self.active and not stays


@dataclass(frozen=True)
class Prospect:
    """A person who looks at what is theirs; who it is, leads knows and we do not."""

    agency_id: str
    contact_id: str
    language: str | None = None
    theme: str | None = None
    role: str = "prospect"


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


@dataclass(frozen=True)
class Session:
    """A signed-in browser, a member's or a prospect's; `id` is the hash of what its cookie holds."""

    id: str
    member_id: str
    created_at: datetime
    seen_at: datetime
    waits_for_code: bool = False
    prospect: Prospect | None = None

    @property
    def spans(self) -> tuple[timedelta, timedelta]:
        """How long it may lie unused, and how long it may be open."""
        return (PROSPECT_IDLE, PROSPECT_ABSOLUTE) if self.prospect else (IDLE, ABSOLUTE)

    def is_over(self, at: datetime) -> bool:
        """Whether it was unused or open for too long; one that waits for its code has little time."""
        if self.waits_for_code:
            return at - self.created_at >= CODE_WAITS
        idle, absolute = self.spans
        return at - self.seen_at >= idle or at - self.created_at >= absolute

    def is_stale(self, at: datetime) -> bool:
        """Whether it is time to write down that it is used."""
        return at - self.seen_at >= TOUCH_EVERY

    @property
    def ends_at(self) -> datetime:
        """When it ends at the latest if it is not used again."""
        idle, absolute = self.spans
        return min(self.seen_at + idle, self.created_at + absolute)


def email_key(email: str) -> str:
    """An address as it is looked up."""
    return email.strip().casefold()


def _set(thing: Any, facts: Mapping[str, Any]) -> bool:
    kept = {"id", "agency_id", "version", "created_at", "changed_at", "totp_secret", "totp_step"}
    allowed = {f.name for f in fields(thing)} - kept
    changed = False
    for name, value in facts.items():
        if name not in allowed:
            raise RuleBroken(name, NOT_YOURS_TO_SET())
        if getattr(thing, name) != value:
            setattr(thing, name, value)
            changed = True
    return changed
