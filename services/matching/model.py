"""A saved search: what a person wishes, and when to tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ALERTS = ("instant", "daily", "weekly", "off")
STATUSES = ("active", "paused")
KINDS = ("match", "possible", "near")


@dataclass
class SavedSearch:
    """Wishes in the words of the API (money in major units); `resolved` holds what the door made of them."""

    id: str
    agency_id: str
    contact_id: str
    wishes: dict[str, Any]
    resolved: dict[str, Any]
    name: str | None = None
    alerts: str = "instant"
    alert_possible: bool = False
    status: str = "active"
    valid_until: str | None = None
    removed: bool = False
    version: int = 0
    created_at: datetime | None = None
    changed_at: datetime | None = None
    events: list[str] = field(default_factory=list, compare=False)

    def save(self, at: datetime) -> None:
        """Count a new version and tell of it."""
        self.version += 1
        self.created_at = self.created_at or at
        self.changed_at = at
        self.events.append("matching.search.removed" if self.removed else "matching.search.saved")

    def remove(self, at: datetime) -> None:
        """Leave a tombstone without any wish: those who follow must see that it went."""
        self.removed, self.name, self.wishes, self.resolved = True, None, {}, {}
        self.save(at)

    def to_wire(self) -> dict[str, Any]:
        """The whole search as events and answers carry it."""
        about = ("id", "contact_id", "name", "alerts", "alert_possible", "status", "valid_until")
        return {**self.wishes, **{name: getattr(self, name) for name in about}}


@dataclass(frozen=True)
class Stamps:
    """The versions of listing and search that a match was found at."""

    listing_sequence: int
    search_sequence: int


def better(kind: str, than: str) -> bool:
    """Whether a pair rose: from near to possible, from possible to match."""
    return KINDS.index(kind) < KINDS.index(than)


def re_offered(row: Mapping[str, Any], price: int | None, currency: str | None) -> bool:
    """Whether a pair that met before meets at a lower price now."""
    before = row.get("list_price")
    return before is not None and price is not None and row.get("currency") == currency and price < before
