"""What the gateway listens to."""

from __future__ import annotations

from services.gateway import live
from shared.messaging.inbox import Handler

CONSUMES: dict[str, Handler] = {
    "properties.listing.activated": live.keep_listing,
    "properties.listing.changed": live.keep_listing,
    "properties.listing.price_changed": live.keep_listing,
    "properties.listing.status_changed": live.keep_listing,
    "matching.matches.found": live.keep_matches,
    "matching.feedback.given": live.keep_answer,
    "leads.contact.erased": live.forget_contact,
    "notifications.delivery.queued": live.keep_delivery,
    "notifications.delivery.sent": live.keep_delivery,
    "notifications.delivery.skipped": live.keep_delivery,
    "notifications.delivery.failed": live.keep_delivery,
    "notifications.delivery.unknown": live.keep_delivery,
}
