"""Which matches are worth an alert, and which alerts are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol, TypeVar

# Why no alert goes out although the person could be written to: one about this home left before, at this price.
SENT_BEFORE = "sent_before"
ALERTS_OFF = "alerts_off"  # no search of the person asks for an alert about this home


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


def worth_an_alert(matches: Iterable[AnyMatch]) -> list[AnyMatch]:
    """The matches worth an alert: near ones never, possible ones only where the wishes ask for them."""
    return [
        match
        for match in matches
        if match.alerts != "off" and (match.kind == "match" or (match.kind == "possible" and match.alert_possible))
    ]


def delivery_key(agency_id: str, contact_id: str, listing_id: str, price: int | None, currency: str | None) -> str:
    """The same key for the same person, home and price (in minor units), whatever brought them together."""
    parts = "\0".join((agency_id, contact_id, listing_id, str(price), str(currency)))
    return hashlib.sha256(parts.encode()).hexdigest()[:40]
