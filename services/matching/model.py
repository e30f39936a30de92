"""Saved searches, alerts and feedback: their states and their rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shared.vocabulary import criteria, listings, matches

ALERTS = criteria.ALERT_FREQUENCIES.codes
STATUSES = criteria.SEARCH_STATUSES.codes
TRANSACTIONS = listings.TRANSACTIONS.codes
KINDS = ("match", "possible", "near")
# The kind of the row that remains after a discard: it makes a crossing under way fail and start again.
DISCARDED = "discarded"
PREFERENCES = matches.PREFERENCES.codes
REASONS = matches.REFUSAL_REASONS.codes
# The word lists of a search -> the vocabulary that they are read with.
WORD_PARTS = {
    "property_sub_types": "property_sub_types",
    "must_have": "features",
    "wont_accept": "features",
    "preferences": "features",
}
WORD_LISTS = ("features", "property_sub_types", "places")
MOST_HISTORY = 50
_VOCABULARY_SHIFT = 32
_OPINION_SHIFT = 20


@dataclass
class SavedSearch:
    """Wishes in the words of the API (money in major units); `resolved` is how they were interpreted on entry,
    `wordings` the marks of their sentences.
    """

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
    vocabulary: int = 0
    wordings: list[str] = field(default_factory=list)
    version: int = 0
    created_at: datetime | None = None
    changed_at: datetime | None = None
    events: list[str] = field(default_factory=list, compare=False)

    def save(self, at: datetime) -> None:
        """Make a new version, with its event."""
        self.version += 1
        self.created_at = self.created_at or at
        self.changed_at = at
        self.events.append("matching.search.removed" if self.removed else "matching.search.saved")

    def remove(self, at: datetime) -> None:
        """Become a tombstone without wishes: indexes must learn that the search was removed."""
        self.removed, self.name, self.wishes, self.resolved, self.wordings = True, None, {}, {}, []
        self.save(at)

    def to_wire(self) -> dict[str, Any]:
        """The whole search as events and answers carry it."""
        about = ("id", "contact_id", "name", "alerts", "alert_possible", "status", "valid_until")
        return {**self.wishes, **{name: getattr(self, name) for name in about}}


@dataclass(frozen=True)
class Gate:
    """One condition for an alert: its code, whether it is met, and the setting of the search that decides it."""

    code: str
    open: bool
    value: str | None


def alert_gates(search: SavedSearch, kind: str, today: date) -> list[Gate]:
    """The alert conditions that the search itself sets, for a pair of this kind; all must be met."""
    is_wanted = kind == "match" or (kind == "possible" and search.alert_possible)
    return [
        Gate("search_active", search.status == "active", search.status),
        Gate("search_valid", search.valid_until is None or search.valid_until >= today.isoformat(), search.valid_until),
        Gate("alerts_on", search.alerts != "off", search.alerts),
        Gate("kind_wanted", is_wanted, kind),
    ]


@dataclass
class Feedback:
    """A person's opinion of a listing; `history` holds earlier states, oldest first, MOST_HISTORY at most."""

    contact_id: str
    listing_id: str
    preference: str | None = None
    reason: str | None = None
    reason_text: str | None = None
    viewed: bool = False
    by: str = ""
    version: int = 0
    changed_at: datetime | None = None
    history: list[dict[str, Any]] = field(default_factory=list)

    def give(self, opinion: Mapping[str, Any], by: str, at: datetime) -> bool:
        """Replace the opinion and keep the old one in the history; false when it is the same."""
        fields = ("preference", "reason", "reason_text", "viewed")
        before = {name: getattr(self, name) for name in fields}
        if self.version and before == {name: opinion.get(name) for name in fields}:
            return False
        if self.version:
            past = {**before, "by": self.by, "at": self.changed_at}
            self.history = [*self.history, past][-MOST_HISTORY:]
        for name in fields:
            setattr(self, name, opinion.get(name))
        self.by, self.changed_at = by, at
        self.version += 1
        return True


def stamp(published: int, vocabulary: int) -> int:
    """The version of a stored listing: its published sequence, and the version of the agency's words that
    it was interpreted with.

    It grows with either, and equals the published sequence where an agency has no words of its own.
    """
    return (vocabulary << _VOCABULARY_SHIFT) + published


def published_sequence(sequence: int) -> int:
    """The published sequence in a stamp: the one that other services use."""
    return sequence & ((1 << _VOCABULARY_SHIFT) - 1)


def pair_sequence(sequence: int, opinion: int) -> int:
    """The version of a pair besides those of its two sides, for its events: it grows with words and opinions."""
    return (vocabulary_of(sequence) << _OPINION_SHIFT) + opinion


def vocabulary_of(sequence: int) -> int:
    """The version of the agency's words in a stamp."""
    return sequence >> _VOCABULARY_SHIFT


def better(kind: str, than: str) -> bool:
    """Whether a pair improved: from near to possible, from possible to match, or from discarded to any."""
    return than == DISCARDED or KINDS.index(kind) < KINDS.index(than)


def is_cheaper(price: tuple[int | None, str | None], than: tuple[int | None, str | None]) -> bool:
    """Whether a price is lower than another in the same currency; each is (hundredths, currency)."""
    (now, currency), (before, currency_before) = price, than
    return now is not None and before is not None and currency == currency_before and now < before
