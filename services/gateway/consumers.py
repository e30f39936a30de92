"""The events that the gateway handles."""

from __future__ import annotations

from services.gateway.accounts.handlers import sign_in_links
from services.gateway.deps import GatewayDeps
from services.gateway.projections import activity
from shared.contracts.leads import ContactErased
from shared.messaging.event import Event
from shared.messaging.inbox import Handler


def forget_contact(deps: GatewayDeps, event: Event[ContactErased]) -> None:
    """A person was erased: drop what is kept of them, end their sessions, let no link open another."""
    activity.forget_contact(deps, event)
    sign_in_links.forget_prospect(deps, event.agency_id, event.subject)


CONSUMES: dict[str, Handler] = {
    "properties.listing.activated": activity.keep_listing,
    "properties.listing.changed": activity.keep_listing,
    "properties.listing.price_changed": activity.keep_listing,
    "properties.listing.status_changed": activity.keep_listing,
    "matching.matches.found": activity.keep_matches,
    "matching.feedback.given": activity.keep_answer,
    "leads.contact.erased": forget_contact,
    "notifications.delivery.queued": activity.keep_delivery,
    "notifications.delivery.sent": activity.keep_delivery,
    "notifications.delivery.skipped": activity.keep_delivery,
    "notifications.delivery.failed": activity.keep_delivery,
    "notifications.delivery.unknown": activity.keep_delivery,
}
