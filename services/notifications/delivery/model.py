"""What may go out: the states of a delivery, the gates before it, how long it is tried."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeVar

OPEN = ("queued", "held", "waiting")
STATES = (*OPEN, "claimed", "handing_over", "sent", "skipped", "failed", "unknown", "canceled")
NEVER_LEFT = ("canceled", "skipped")
RESENDABLE = ("unknown", "failed")
PURPOSE: Final = "alerts"
CHANNEL: Final = "email"
# What a member writes by hand may rest on either of these.
LETTER_PURPOSES = (PURPOSE, "service")
LETTER = "letter"
UNDO = timedelta(seconds=20)
LEASE = timedelta(seconds=60)
DELAYS = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600))
PATIENCE = timedelta(hours=24)
WAIT = timedelta(seconds=30)
WELCOME_WORKS = timedelta(hours=24)
MOST_LAPSES = 10
Document = Mapping[str, Any]
# The versions of listing, search and of what else a pair rests on.
Stamps = tuple[int, int, int]


class Match(Protocol):
    """What decides whether a match is worth an alert."""

    @property
    def kind(self) -> str:
        """match, possible or near."""

    @property
    def alerts(self) -> str:
        """How often the person wants alerts: instant, daily, weekly or off."""

    @property
    def alert_possible(self) -> bool:
        """Whether the person also wants possible matches."""


AnyMatch = TypeVar("AnyMatch", bound=Match)


@dataclass(frozen=True)
class Gate:
    """One condition for writing to a person: its code, and whether it is met."""

    code: str
    open: bool


@dataclass(frozen=True)
class Person:
    """What is known of one person's channels; None where nothing has been heard."""

    contact: Document | None
    reachable: Document | None
    consent: Document | None
    suppressed: bool = False
    service: Document | None = None

    @property
    def erased(self) -> bool:
        """Whether the person wished to be forgotten."""
        return bool(self.contact and self.contact.get("erased"))

    @property
    def known(self) -> bool:
        """Whether both halves of the person have arrived."""
        return self.contact is not None and self.reachable is not None

    @property
    def address(self) -> str | None:
        """The e-mail address, if any."""
        found = (self.reachable or {}).get("addresses", {}).get(CHANNEL)
        return found["value"] if found else None

    def gates(self, letter: bool = False) -> list[Gate]:
        """Every gate before an alert, or before what a member writes by hand, in the order in which they are asked."""
        words = (self.consent, self.service) if letter else (self.consent,)
        granted = any(word is not None and word["state"] == "granted" for word in words)
        return [
            Gate("not_erased", not self.erased),
            Gate("known", self.known),
            Gate("consent", granted),
            Gate("address", self.address is not None),
            Gate("not_suppressed", not self.suppressed),
        ]


@dataclass(frozen=True)
class Decision:
    """What becomes of a delivery: its state and, unless it goes out, why."""

    state: str
    reason: str | None = None


def decide(person: Person, frequency: str) -> Decision:
    """Whether an alert may go out now, must wait for news of the person, is held for a digest, or is skipped."""
    closed = next((gate.code for gate in person.gates() if not gate.open), None)
    if closed == "known":
        return Decision("waiting", "contact_unknown")
    if closed is not None:
        return Decision("skipped", REASONS[closed])
    return Decision("queued") if frequency == "instant" else Decision("held", frequency)


def decide_letter(person: Person) -> Decision:
    """Whether what a member wrote may go out; there is nothing to wait for, since somebody waits for the answer."""
    closed = next((gate.code for gate in person.gates(letter=True) if not gate.open), None)
    return Decision("queued") if closed is None else Decision("skipped", REASONS[closed])


REASONS = {
    "known": "contact_unknown",
    "not_erased": "erased",
    "consent": "no_consent",
    "address": "no_address",
    "not_suppressed": "suppressed",
}


def wanted(matches: Sequence[AnyMatch]) -> list[AnyMatch]:
    """The matches of one person that are worth an alert: near never, possible only where it was asked for."""
    return [
        match
        for match in matches
        if match.alerts != "off" and (match.kind == "match" or (match.kind == "possible" and match.alert_possible))
    ]


def most_urgent(matches: Sequence[Document]) -> str:
    """The frequency that counts when one home meets several searches."""
    return min((str(match["alerts"]) for match in matches), key=("instant", "daily", "weekly").index)


def delivery_key(agency_id: str, contact_id: str, listing_id: str, price: int | None, currency: str | None) -> str:
    """The same key for the same person, home and price, whatever brought them together."""
    parts = "\0".join((agency_id, contact_id, listing_id, str(price), str(currency)))
    return hashlib.sha256(parts.encode()).hexdigest()[:40]


def retry_at(attempts: int, created_at: datetime, moment: datetime) -> datetime | None:
    """When to try again after a passing refusal; None once it was tried for a day."""
    if moment - created_at > PATIENCE:
        return None
    return moment + DELAYS[min(attempts, len(DELAYS)) - 1]


def outdates(known: Document | None, told: Stamps) -> bool:
    """Whether what is known of a pair is at least as new as what is told now, in every stamp."""
    return known is not None and all(had >= new for had, new in zip(stamps_of(known), told, strict=True))


def stamps_of(pair: Document) -> Stamps:
    """The versions at which a stored pair was last reported."""
    return pair["listing_sequence"], pair.get("search_sequence", 0), pair.get("pair_sequence", 0)


def is_off_market(home: Document | None, listing_sequence: int) -> bool:
    """Whether a home has left the market since the version that an alert tells of."""
    return home is not None and home["standard_status"] != "active" and home["sequence"] > listing_sequence
