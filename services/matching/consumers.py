"""What matching listens to."""

from __future__ import annotations

from services.matching import handlers
from services.matching.crossing import settlement as settling
from shared.messaging.inbox import Handler, Staged

_LISTING = Staged(handlers.take_listing, handlers.cross)
_SEARCH = Staged(handlers.take_search, handlers.cross)

CONSUMES: dict[str, Handler] = {
    "properties.listing.activated": _LISTING,
    "properties.listing.changed": _LISTING,
    "properties.listing.price_changed": _LISTING,
    "properties.listing.status_changed": _LISTING,
    "matching.search.saved": _SEARCH,
    "matching.search.removed": _SEARCH,
    "matching.listing.resolved": Staged(handlers.take_resolved, handlers.cross),
    "matching.feedback.given": settling.settle,
    "leads.contact.changed": handlers.keep_contact,
    "leads.contact.erased": handlers.forget_person,
    "gateway.agency.changed": handlers.keep_agency,
}
