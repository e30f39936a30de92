"""What the gateway listens to."""

from __future__ import annotations

from services.gateway.projections import activity
from shared.messaging.inbox import Handler

CONSUMES: dict[str, Handler] = {
    "properties.listing.activated": activity.keep_listing,
    "properties.listing.changed": activity.keep_listing,
    "properties.listing.price_changed": activity.keep_listing,
    "properties.listing.status_changed": activity.keep_listing,
    "matching.matches.found": activity.keep_matches,
    "matching.feedback.given": activity.keep_answer,
    "leads.contact.erased": activity.forget_contact,
    "notifications.delivery.queued": activity.keep_delivery,
    "notifications.delivery.sent": activity.keep_delivery,
    "notifications.delivery.skipped": activity.keep_delivery,
    "notifications.delivery.failed": activity.keep_delivery,
    "notifications.delivery.unknown": activity.keep_delivery,
}
