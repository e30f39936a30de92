"""The events that notifications consumes."""

from __future__ import annotations

from services.notifications import handlers
from services.notifications.alerts import handlers as alerts
from shared.messaging.inbox import Handler

CONSUMES: dict[str, Handler] = {
    "matching.matches.found": alerts.queue_alerts,
    "matching.matches.lost": alerts.cancel_lost,
    "properties.listing.status_changed": alerts.keep_status,
    "leads.contact.changed": handlers.keep_contact,
    "leads.contact.reachable": handlers.keep_reachable,
    "leads.contact.erased": handlers.forget_person,
    "leads.consent.changed": handlers.keep_consent,
    "gateway.agency.changed": handlers.keep_agency,
    "gateway.member.changed": handlers.keep_member,
    "gateway.link.requested": handlers.queue_sign_in_links,
}
