"""The events that matching consumes, and their handlers."""

from __future__ import annotations

from services.matching import handlers
from shared.messaging.inbox import Handler, Staged

_LISTING = Staged(handlers.evaluate_listing, handlers.write_pairs)
_SEARCH = Staged(handlers.evaluate_search, handlers.write_pairs)

CONSUMES: dict[str, Handler] = {
    "properties.listing.activated": _LISTING,
    "properties.listing.changed": _LISTING,
    "properties.listing.price_changed": _LISTING,
    "properties.listing.status_changed": _LISTING,
    "matching.search.saved": _SEARCH,
    "matching.search.removed": _SEARCH,
    "matching.listing.resolved": Staged(handlers.evaluate_resolved, handlers.write_pairs),
    "matching.feedback.given": handlers.settle_feedback,
    "leads.contact.changed": handlers.keep_contact,
    "leads.contact.erased": handlers.forget_person,
    "gateway.agency.changed": handlers.keep_agency,
}
