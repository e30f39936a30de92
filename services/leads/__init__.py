"""leads: the people, and what they agreed to.

OWNS       Contact (name, addresses, language, stage), the ledger of consents, each person's timeline.
PUBLISHES  leads.contact.changed (nothing that tells who it is), .reachable (name and addresses), .erased,
           leads.consent.changed.
CONSUMES   gateway.agency.changed (defaults), gateway.member.changed (whose contact), and for the timeline
           properties.listing.*, matching.search.*, matching.matches.*, notifications.delivery.*.
SERVES     agents, and to each person what is their own (self, consents, erasure); /v1/contacts and below.
"""
