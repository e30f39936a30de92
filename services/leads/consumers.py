"""The events that leads consumes."""

from __future__ import annotations

from services.leads import handlers
from shared.messaging.inbox import Handler

CONSUMES: dict[str, Handler] = {
    "gateway.agency.changed": handlers.keep_agency,
    "gateway.member.changed": handlers.keep_member,
    "properties.listing.activated": handlers.keep_listing,
    "properties.listing.changed": handlers.keep_listing,
    "properties.listing.price_changed": handlers.keep_listing,
    "properties.listing.status_changed": handlers.keep_listing,
    "matching.search.saved": handlers.enter,
    "matching.search.removed": handlers.enter,
    "matching.matches.found": handlers.enter,
    "matching.matches.lost": handlers.enter,
    "notifications.delivery.queued": handlers.enter,
    "notifications.delivery.sent": handlers.enter,
    "notifications.delivery.skipped": handlers.enter,
    "notifications.delivery.failed": handlers.enter,
    "notifications.delivery.unknown": handlers.enter,
}
