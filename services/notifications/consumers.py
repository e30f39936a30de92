"""What notifications listens to."""

from __future__ import annotations

from services.notifications.alerts import handlers
from shared.messaging.inbox import Handler

CONSUMES: dict[str, Handler] = {
    "matching.matches.found": handlers.queue_alerts,
    "matching.matches.lost": handlers.cancel_lost,
    "properties.listing.status_changed": handlers.keep_status,
    "leads.contact.changed": handlers.keep_contact,
    "leads.contact.reachable": handlers.keep_reachable,
    "leads.contact.erased": handlers.forget_person,
    "leads.consent.changed": handlers.keep_consent,
    "gateway.agency.changed": handlers.keep_agency,
    "gateway.member.changed": handlers.keep_member,
    "gateway.link.requested": handlers.queue_links,
}
