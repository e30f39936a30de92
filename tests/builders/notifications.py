"""Replies of notifications."""

from __future__ import annotations

from typing import Any

from services.gateway.upstream.notifications import Delivery, DeliveryPage, Reachability, Sendability
from tests.builders.made import AT, made


def a_delivery(**changes: Any) -> Delivery:
    """An alert that was sent."""
    return made(
        Delivery,
        changes,
        id="delivery-1",
        contact_id="contact-1",
        listing_id="listing-1",
        state="sent",
        list_price=295_000,
        currency="EUR",
        kind="alert",
        listing_ids=["listing-1"],
        by=None,
        note=None,
        saved_search_ids=["search-1"],
        channel="email",
        entered_by="new",
        frequency="instant",
        reason=None,
        detail=None,
        attempts=1,
        created_at=AT,
        sent_at=AT,
        leaves_at=None,
    )


def a_delivery_page(*deliveries: Delivery, next_cursor: str | None = None) -> DeliveryPage:
    """A page of these deliveries."""
    return {"items": list(deliveries), "next_cursor": next_cursor}


def reachability(**changes: Any) -> Reachability:
    """Ana gets alerts and letters, and may be called."""
    by_mail = {"state": "mail", "basis": "alerts", "reason": None}
    return made(Reachability, changes, contact_id="contact-1", phone=True, alerts=by_mail, letters=by_mail)


def sendability(**changes: Any) -> Sendability:
    """An alert may be sent."""
    return made(Sendability, changes, sendable=True, gates=[])


def no_mail(contact_id: str = "contact-1", *, phone: bool = True, reason: str = "no_consent") -> Reachability:
    """Somebody who gets no mail, and may be called where `phone` says so."""
    use = {"state": "phone" if phone else "none", "basis": None, "reason": reason}
    return reachability(contact_id=contact_id, phone=phone, alerts=use, letters=use)
