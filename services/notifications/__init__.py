"""notifications: mails to people in their language, each once, if they agreed to them.

OWNS       Delivery, suppression, the contact's channel view (the only copy of addresses outside leads).
PUBLISHES  notifications.delivery.queued, .sent, .skipped, .failed, .unknown.
CONSUMES   matching.matches.*, properties.listing.status_changed, leads.contact.* and .consent, agencies and members,
           gateway.link.requested (a link to a person's own pages, by mail).
SERVES     agents: /v1/deliveries (letters are written there too), /v1/reachability, /v1/sendability,
           /v1/alert-audience; admins: /v1/invitations (the link that lets somebody work at the agency, by mail).
"""
