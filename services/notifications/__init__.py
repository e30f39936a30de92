"""notifications: who is told what, once, in their language, if they want it.

OWNS       Delivery, suppression, the contact's channel view (the only copy of addresses outside leads).
PUBLISHES  notifications.delivery.queued, .sent, .skipped, .failed, .unknown.
CONSUMES   matching.matches.*, properties.listing.status_changed, leads.contact.* and .consent, agencies and members,
           gateway.link.requested (a link to a person's own pages, by mail).
SERVES     agents: /v1/deliveries (letters are written there too), /v1/sendability, /v1/reachability;
           admins: /v1/invitations (the link that lets somebody work at the agency, by mail).
"""
