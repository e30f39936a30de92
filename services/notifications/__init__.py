"""Deliveries: who is told what, once, in their language, if they want it.

OWNS       Delivery, suppression, the contact's channel view
PUBLISHES  notifications.delivery.queued, .sent, .skipped, .failed, .unknown
CONSUMES   match, listing, contact, consent, agency and member events
SERVES     agents, unsubscribe links
"""
