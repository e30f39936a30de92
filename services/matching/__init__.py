"""matching: which homes meet whose wishes, both ways, with reasons. The heart of Lintel.

OWNS       SavedSearch, Match (a pair that meets, stamped with both versions), feedback on a home, an agency's words.
PUBLISHES  matching.search.saved, .removed; matching.matches.found, .lost; .feedback.given; .listing.resolved.
CONSUMES   properties.listing.*, leads.contact.changed and .erased, gateway.agency.changed, its own events.
SERVES     agents and prospects: /v1/saved-searches, /v1/listings/<id>/matches, /demand and /similar, /v1/explain,
           /v1/contacts/<id>/listings, /v1/vocabulary.
"""
