"""matching: which homes meet whose wishes, both ways, with reasons. The heart of Lintel.

OWNS       SavedSearch, Match (a pair that meets, stamped with both versions), feedback on a match.
PUBLISHES  matching.search.saved, .removed; matching.matches.found, .lost.
CONSUMES   properties.listing.*, leads.contact.changed and .erased, gateway.agency.changed, its own search events.
SERVES     agents and prospects: /v1/saved-searches, /v1/listings/<id>/matches, /v1/explain.
"""
