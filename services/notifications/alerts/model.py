"""Which matches get an alert, and which alerts are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol, TypeVar

# Why no alert is sent although the person may be mailed: one about this home was sent before, at this price.
SENT_BEFORE = "sent_before"
ALERTS_OFF = "alerts_off"  # no search of the person asks for an alert about this home


class Match(Protocol):
    """The properties of a match that decide whether it gets an alert."""

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
    """The matches that get an alert: near ones never, possible ones only where the search asks for them."""
    return [
        match
        for match in matches
        if match.alerts != "off" and (match.kind == "match" or (match.kind == "possible" and match.alert_possible))
    ]


def delivery_key(agency_id: str, contact_id: str, listing_id: str, price: int | None, currency: str | None) -> str:
    """The key of an alert: equal for the same person, home and price (in minor units)."""
    parts = "\0".join((agency_id, contact_id, listing_id, str(price), str(currency)))
    return hashlib.sha256(parts.encode()).hexdigest()[:40]
